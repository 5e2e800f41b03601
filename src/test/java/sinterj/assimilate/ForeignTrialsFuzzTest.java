package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import sinterj.base.Progress;
import sinterj.optimize.Study;
import sinterj.trial.Nonsense;

/** Whatever results stand in a study that can be opened, trials go on after them. */
@Tag(Nonsense.TAG)
class ForeignTrialsFuzzTest {
    private static final BallGrowth MODEL = new BallGrowth(8, new double[] {0, 2, 4}, 3);
    private static final Cost COST = cost();

    private static final String BEGINNING = beginning();

    /** What an empty study holds. */
    private static String beginning() {
        try {
            Path folder = Files.createTempDirectory("study");
            Path path = folder.resolve("study.jsonl");
            Study.open(path, BallGrowth.SPACE, Map.of()).close();
            String text = Files.readString(path);
            Files.delete(path);
            Files.delete(folder.resolve("study.jsonl.lock"));
            Files.delete(folder);
            return text;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Cost cost() {
        Observation seen = MODEL.seen(0.2, 0.1, 1, null);
        ErrorModel errors = ErrorModel.of(seen, MODEL.frame(0, 0, 0), SharpView.USUAL);
        return new Cost(seen, errors, SharpView.USUAL, BallGrowth.SPACE);
    }

    @Provide
    Arbitrary<List<String>> ends() {
        Arbitrary<String> parts = Arbitraries.of("1", "2.5", "0", "-3", "1e300", "-1e300", "1e-300", "40")
                .list()
                .ofMaxSize(5)
                .map(numbers -> "[" + String.join(",", numbers) + "]");
        Arbitrary<String> costs = Arbitraries.of("1", "0", "-7", "1e300", "-1e300", "55");
        Arbitrary<String> finished = Arbitraries.of("complete", "pruned")
                .flatMap(word -> costs.map(cost -> "\"outcome\":\"" + word + "\",\"cost\":" + cost));
        return Arbitraries.oneOf(finished, Arbitraries.of("\"outcome\":\"failed\""))
                .flatMap(end -> parts.map(list -> end + ",\"parts\":" + list + ",\"seconds\":1}\n"))
                .list()
                .ofSize(TrialRuns.BATCH);
    }

    @Property
    void trialsGoOnAfterAnyResults(@ForAll("ends") List<String> ends) throws IOException {
        Path path = Files.createTempFile("study", ".jsonl");
        try {
            StringBuilder text = new StringBuilder(BEGINNING);
            for (int i = 0; i < ends.size(); i++) {
                String trial = "{\"trial\":" + i;
                text.append(trial)
                        .append(",\"session\":0,\"at\":[0.5,0.")
                        .append(i + 1)
                        .append("]}\n");
                text.append(trial).append(',').append(ends.get(i));
            }
            Files.writeString(path, text);
            Nonsense.doneOrSentence("study", () -> {
                try (Study study = Study.open(path, BallGrowth.SPACE, Map.of())) {
                    goOn(study);
                }
            });
        } finally {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".lock"));
            Files.deleteIfExists(path);
        }
    }

    private static void goOn(Study study) {
        TwoGrids sampler = TwoGrids.of((history, dimensions, seed) -> new double[] {0.3, 0.4}, 5, false);
        new TrialRuns(study, sampler, MODEL, null, COST, 3, true)
                .run(TrialRuns.BATCH + 1, 1, Progress.SILENT.withThreads(1));
        assertEquals(TrialRuns.BATCH + 1, study.results().size());
    }
}
