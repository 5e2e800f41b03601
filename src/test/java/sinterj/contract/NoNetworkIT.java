package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.trial.Child;

/** Nothing talks to the network, and nothing is written but where it was said: asked of the kernel. */
class NoNetworkIT {
    private static final Path SCRIPT = Path.of("scripts", "sinterj").toAbsolutePath();
    private static final Pattern OUTSIDE =
            Pattern.compile("connect\\(.*sa_family=AF_INET|sendto\\(.*sa_family=AF_INET");

    /** Files that are opened to be written, made, or renamed to. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:open|openat)\\(.*\"(/[^\"]*)\", [^)]*O_(?:WRONLY|RDWR|CREAT)|(?:creat|mkdir|mkdirat|rename)\\(.*\"(/[^\"]*)\"");

    /** Of the system and of Java itself; Java also does its own locking and counting in a file for each process. */
    private static final Pattern OF_JAVA = Pattern.compile("/(dev|proc|sys)/.*|"
            + Pattern.quote(Path.of(System.getProperty("java.io.tmpdir")).toString())
            + "/(hsperfdata_.*|\\.java_pid.*)");

    /** With one of these in the environment, a library that reports home may hold still while it is watched. */
    private static final List<String> SHY = List.of("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_RUNNING_UNIT_TESTS");

    @TempDir
    Path folder;

    /** The calls of a program and all that it starts that went well or not, of the kinds named. */
    private List<String> calls(String kinds, String... command) throws IOException {
        Path log = folder.resolve("calls.txt");
        List<String> words = new ArrayList<>(List.of("env"));
        for (String shy : SHY) words.addAll(List.of("-u", shy));
        words.addAll(List.of("SINTERJ_CACHE=" + folder.resolve("engines")));
        words.addAll(List.of("strace", "-f", "-qq", "-s", "500", "-e", "trace=" + kinds, "-o", log.toString()));
        words.addAll(Arrays.asList(command));
        Child.Ended ended = Child.run(folder, words);
        assertEquals(0, ended.exit(), ended::toString);
        return Files.readAllLines(log);
    }

    /** What a program asked of the network, outside this machine's own sockets. */
    private List<String> asked(String... command) throws IOException {
        return calls("connect,sendto", command).stream()
                .filter(call -> OUTSIDE.matcher(call).find())
                .toList();
    }

    /**
     * What a program asked of the network, and what it wrote outside the folder of this test. A folder that was made and
     * taken away again without a file in it is left out: ONNX Runtime makes one.
     */
    private List<String> askedOrWrote(String... command) throws IOException {
        List<String> found = new ArrayList<>();
        for (String call : calls("connect,sendto,open,openat,creat,mkdir,mkdirat,rename", command)) {
            if (OUTSIDE.matcher(call).find()) found.add(call);
            Matcher written = WRITTEN.matcher(call);
            if (!written.find()) continue;
            String file = written.group(1) == null ? written.group(2) : written.group(1);
            boolean refused = call.contains("= -1 ");
            boolean ours = file.startsWith(folder.toString());
            boolean gone = call.contains("mkdir") && !Files.exists(Path.of(file));
            if (!refused && !ours && !gone && !OF_JAVA.matcher(file).matches()) found.add(call);
        }
        return found;
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
    void theEnginesOfNetworksAskNothingAndWriteIntoTheirFolderOnly() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        String sections = folder.resolve("sections.tif").toString();
        String phases = folder.resolve("phases.tif").toString();
        String model = folder.resolve("model").toString();
        String made = folder.resolve("made.tif").toString();
        Child.Ended ended = Child.run(
                folder,
                List.of(
                        SCRIPT.toString(),
                        "simulate-fibsem",
                        "--width=64",
                        "--height=64",
                        "--depth=8",
                        "--output=" + sections,
                        "--labels-output=" + phases));
        assertEquals(0, ended.exit(), ended::toString);
        assertEquals(
                List.of(),
                askedOrWrote(
                        SCRIPT.toString(),
                        "train-unet",
                        "--input=" + sections,
                        "--labels=" + phases,
                        "--unlabelled=none",
                        "--width=4",
                        "--depth=1",
                        "--patch=32",
                        "--steps=4",
                        "--model=" + model));
        for (String engine : List.of("onnxruntime", "pytorch")) {
            assertEquals(
                    List.of(),
                    askedOrWrote(
                            SCRIPT.toString(),
                            "segment-unet",
                            "--input=" + sections,
                            "--model=" + model,
                            "--engine=" + engine,
                            "--output=" + made));
        }
        assertTrue(Files.isDirectory(folder.resolve("engines")), "the engines were unpacked here");
    }

    @Test
    void theWatchSeesAFile() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        Path elsewhere = Files.createTempDirectory("elsewhere");
        List<String> seen =
                askedOrWrote("bash", "-c", "echo > " + elsewhere.resolve("a") + "; mkdir " + elsewhere + "/b");
        assertEquals(2, seen.size(), seen::toString);
        Files.delete(elsewhere.resolve("a"));
        Files.delete(elsewhere.resolve("b"));
        Files.delete(elsewhere);
    }

    @Test
    void theWatchSeesAConnection() throws IOException {
        Assumptions.assumeTrue(installed(), "skipped: there is no strace to watch the network with");
        List<String> seen = asked("bash", "-c", "exec 3<>/dev/udp/127.0.0.1/9");
        assertTrue(!seen.isEmpty(), "a connection was not seen");
    }
}
