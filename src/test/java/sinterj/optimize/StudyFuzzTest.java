package sinterj.optimize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sinterj.trial.Nonsense;

/** Whatever stands in a study file, it is opened or refused in a sentence. */
@Tag(Nonsense.TAG)
class StudyFuzzTest {
    private static final String HEAD = new StudyLine.Head(java.util.Map.of("data", "abc")).text() + "\n";

    private static void open(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("study", ".jsonl");
        try {
            Files.write(path, bytes);
            Nonsense.doneOrSentence("study", () -> {
                try (Study study = Study.open(path, StudyTest.SPACE, StudyTest.FACTS)) {
                    study.history();
                }
            });
        } finally {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".lock"));
            Files.delete(path);
        }
    }

    @Property
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        open(bytes);
    }

    @Provide
    Arbitrary<String> almostLines() {
        Arbitrary<String> line = Arbitraries.of(
                "{\"session\":0}",
                "{\"session\":-1}",
                "{\"session\":1e300}",
                "{\"trial\":0,\"session\":0,\"at\":[0.5,0.5]}",
                "{\"trial\":0,\"session\":0,\"at\":[0.5]}",
                "{\"trial\":3,\"session\":0,\"at\":[0.5,0.5]}",
                "{\"trial\":0,\"session\":0,\"at\":[2,NaN]}",
                "{\"trial\":0,\"session\":0,\"at\":\"x\"}",
                "{\"trial\":0,\"outcome\":\"complete\",\"cost\":1,\"parts\":[],\"seconds\":1}",
                "{\"trial\":0,\"outcome\":\"failed\",\"parts\":[],\"seconds\":1}",
                "{\"trial\":0,\"outcome\":\"failed\",\"cost\":1,\"parts\":[],\"seconds\":1}",
                "{\"trial\":0,\"outcome\":\"complete\",\"cost\":1e999,\"parts\":[],\"seconds\":1}",
                "{\"trial\":0,\"outcome\":{},\"cost\":\"1\",\"parts\":{},\"seconds\":null}",
                "{\"study\":\"sinterj\",\"version\":1,\"facts\":{}}",
                "[".repeat(50_000),
                "null",
                "",
                "{}",
                "1e5");
        return Nonsense.joined(line, 0, 8, "\n").map(lines -> HEAD + lines);
    }

    @Property
    void linesThatAlmostFit(@ForAll("almostLines") String text) throws IOException {
        open(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void aGoodFileWithOneByteChanged(@ForAll @IntRange(min = 0, max = 260) int where, @ForAll byte value)
            throws IOException {
        byte[] bytes = (HEAD + "{\"session\":0}\n{\"trial\":0,\"session\":0,\"at\":[0.25,0.5]}\n"
                        + "{\"trial\":0,\"outcome\":\"complete\",\"cost\":1.5,\"parts\":[1,0.5],\"seconds\":2}\n")
                .getBytes(StandardCharsets.UTF_8);
        open(Nonsense.damaged(bytes, where, value, bytes.length));
    }
}
