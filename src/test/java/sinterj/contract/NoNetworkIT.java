package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/** Nothing talks to the network: asked of the kernel. */
class NoNetworkIT {
    private static final Path SCRIPT = Path.of("scripts", "sinterj").toAbsolutePath();
    private static final Pattern OUTSIDE =
            Pattern.compile("connect\\(.*sa_family=AF_INET|sendto\\(.*sa_family=AF_INET");

    @TempDir
    Path folder;

    /** What a program and all that it starts asked of the network, outside this machine's own sockets. */
    private List<String> asked(String... command) throws IOException {
        Path log = folder.resolve("calls.txt");
        List<String> words =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", log.toString()));
        words.addAll(Arrays.asList(command));
        Child.Ended ended = Child.run(folder, words);
        assertEquals(0, ended.exit(), ended::toString);
        try (Stream<String> calls = Files.lines(log)) {
            return calls.filter(call -> OUTSIDE.matcher(call).find()).toList();
        }
    }

    private static boolean installed() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "strace")));
    }

    @Test
    void aCommandOnTheShellAsksNothing() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        String series = folder.resolve("series.tif").toString();
        assertEquals(List.of(), asked(SCRIPT.toString(), "sample-data", "--size=24", "--frames=1", "--output", series));
        assertEquals(
                List.of(),
                asked(SCRIPT.toString(), "denoise-tilt-series", "--input", series, "--output", series + "-2.tif"));
    }

    @Test
    void aMacroAsksNothing() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        Path macro = Files.writeString(
                folder.resolve("m.ijm"), "run(\"SinterJ Sample Data...\", \"size=24 frames=1\");\nprint(nImages);\n");
        assertEquals(List.of(), asked(SCRIPT.toString(), "macro", macro.toString()));
    }

    @Test
    void theWatchSeesAConnection() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        List<String> seen = asked("bash", "-c", "exec 3<>/dev/udp/127.0.0.1/9");
        assertTrue(!seen.isEmpty(), "a connection was not seen");
    }
}
