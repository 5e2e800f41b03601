package sinterj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.command.Operations;
import sinterj.trial.Child;

/** {@code scripts/sinterj} as a person at a shell uses it, with Ctrl-C; what it refuses is in MainTest. */
class ShellIT {
    private static final Path SCRIPT = Path.of("scripts", "sinterj").toAbsolutePath();
    private static final Duration SOON =
            Duration.ofMillis(2500); // a second to stop, the rest to end Java on a busy machine

    @TempDir
    private Path folder;

    private List<String> command(String... words) {
        // A session of its own, so that Ctrl-C reaches the script and its Java and nobody else, as at a terminal.
        // A build that runs in the background of a shell ignores Ctrl-C, and so would every program it starts.
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT", SCRIPT.toString()));
        command.addAll(Arrays.asList(words));
        return command;
    }

    private Child.Ended run(String... words) {
        return Child.run(folder, command(words));
    }

    private Child start(String... words) {
        return Child.start(folder, command(words));
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> !name.matches("(out|err).*\\.txt"))
                    .sorted()
                    .toList();
        }
    }

    // --- words ---------------------------------------------------------------------------------------------------

    @Test
    void itWorksFromAnyFolderAndThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("my link"), SCRIPT);
        Child.Ended ended = Child.run(folder, List.of(link.toString(), "list"));
        Files.delete(link);
        assertEquals(0, ended.exit(), ended::toString);
        assertEquals(Operations.all().size(), ended.out().lines().count(), ended::toString);
        assertEquals("", ended.err());
    }

    @Test
    void withoutABuildItSaysWhatToDo() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("fresh clone/scripts"));
        Path copy = Files.copy(SCRIPT, scripts.resolve("sinterj"));
        Child.Ended ended = Child.run(folder, List.of("bash", copy.toString(), "list"));
        assertEquals(2, ended.exit(), ended::toString);
        assertTrue(ended.err().contains("Run 'mvn package'"), ended::toString);
    }

    @Test
    void relativePathsAreThoseOfTheShellAndMayHoldBlanks() throws IOException {
        Files.createDirectory(folder.resolve("a folder"));
        Child.Ended ended = run("sample-data", "--size=16", "--frames=1", "--quiet", "--output", "a folder/t [1].tif");
        assertEquals(0, ended.exit(), ended::toString);
        assertEquals("", ended.err(), "quiet");
        assertEquals(List.of("a folder"), leftovers());
        assertEquals(
                41,
                new Opener()
                        .openImage(folder.resolve("a folder/t [1].tif").toString())
                        .getStackSize());
    }

    @Test
    void oneThreadAndFourGiveTheSameFile() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String threads : List.of("1", "4")) {
            String name = "threads" + threads + ".tif";
            Child.Ended ended = run("sample-data", "--size=40", "--frames=2", "--threads", threads, "--output", name);
            assertEquals(0, ended.exit(), ended::toString);
            files.add(Files.readAllBytes(folder.resolve(name)));
        }
        assertArrayEquals(files.get(0), files.get(1));
    }

    // --- Ctrl-C --------------------------------------------------------------------------------------------------

    @Test
    void ctrlCCancelsWithinASecondAndLeavesNothing() throws IOException {
        Child child = start("sample-data", "--size=128", "--frames=150", "--output", "big.tif");
        child.awaitErr(" %  Making time point ");
        child.interruptGroup();
        Child.Ended ended = child.await(SOON);
        assertEquals(130, ended.exit(), ended::toString);
        assertTrue(ended.err().contains("Cancelled; nothing was written."), ended::toString);
        assertTrue(
                ended.err().lines().findFirst().orElse("").matches(" *\\d+ %  Making time point \\d+( \\(.* left\\))?"),
                ended::toString);
        assertEquals(List.of(), leftovers());
    }

    private void makeSeries() {
        Child.Ended ended = run("sample-data", "--size=128", "--frames=1", "--quiet", "--output", "series.tif");
        assertEquals(0, ended.exit(), ended::toString);
    }

    private Child reconstructForLong() {
        return start(
                "reconstruct-tilt-series",
                "--input=series.tif",
                "--iterations=100000",
                "--background=1000",
                "--counts_per_pixel_path=100",
                "--algorithm=sirt",
                "--json",
                "--output=volume.tif");
    }

    @Test
    void theFirstCtrlCKeepsTheBestSoFarAndTheSecondCancels() throws IOException {
        makeSeries();
        Child kept = reconstructForLong();
        kept.awaitErr(" %  ");
        kept.interruptGroup();
        Child.Ended ended = kept.await(Duration.ofSeconds(20));
        assertEquals(0, ended.exit(), ended::toString);
        assertTrue(ended.err().contains("Stopping with the best result so far"), ended::toString);
        assertFalse(JsonParser.parseString(ended.out())
                .getAsJsonObject()
                .get("complete")
                .getAsBoolean());
        ImagePlus volume = new Opener().openImage(folder.resolve("volume.tif").toString());
        assertEquals(128, volume.getNSlices());
        assertTrue(volume.getProp("sinterj.provenance").contains("\"complete\":false"));

        Files.delete(folder.resolve("volume.tif"));
        Child cancelled = reconstructForLong();
        cancelled.awaitErr(" %  ");
        cancelled.interruptGroup();
        cancelled.awaitErr("Stopping with the best result");
        cancelled.interruptGroup();
        ended = cancelled.await(SOON);
        assertEquals(130, ended.exit(), ended::toString);
        assertEquals("", ended.out());
        assertEquals(List.of("series.tif"), leftovers());
    }

    // --- macros --------------------------------------------------------------------------------------------------

    private Path macro(String text) throws IOException {
        return Files.writeString(folder.resolve("m.ijm"), text);
    }

    @Test
    void aMacroGetsItsArgumentAndLeavesNoFolderBehind() throws IOException {
        macro("print(\"got \" + getArgument() + \".\");\n");
        Child.Ended ended =
                Child.run(folder, List.of("env", "TMPDIR=" + folder, SCRIPT.toString(), "macro", "m.ijm", "a b"));
        assertEquals(0, ended.exit(), ended::toString);
        assertTrue(ended.out().contains("got a b."), ended::toString);
        assertEquals(List.of("m.ijm"), leftovers());
    }

    /** ImageJ would say that it has no lookup table for them. */
    @Test
    void groupsOfRoisHaveTheColoursOfLabels() throws IOException {
        macro("newImage(\"a\", \"8-bit\", 20, 20, 1);\nmakeRectangle(2, 2, 9, 9);\nRoi.setGroup(1);\n"
                + "print(Roi.getStrokeColor);\nRoi.setGroup(2);\nprint(Roi.getStrokeColor);\n");
        Child.Ended ended = run("macro", "m.ijm");
        assertEquals(0, ended.exit(), ended::toString);
        assertFalse(ended.toString().contains("LUT"), ended::toString);
        List<String> colours = ended.out().lines().toList();
        assertEquals(2, colours.stream().distinct().count(), ended::toString);
        assertTrue(colours.stream().allMatch(c -> c.matches("#[0-9a-f]{6}")), ended::toString);
    }

    @Test
    void aMacroThatFailsIsTheUsersMistake() throws IOException {
        macro("x = newArray(3);\nprint(x[5]);\nprint(\"went on\");\n");
        Child.Ended ended = run("macro", "m.ijm");
        assertEquals(2, ended.exit(), ended::toString);
        assertTrue(ended.err().contains("'m.ijm' ended with an error"), ended::toString);
        assertFalse(ended.out().contains("went on"), ended::toString);
    }

    @Test
    void ctrlCEndsAMacroAndItsCommand() throws IOException {
        macro("run(\"SinterJ Sample Data...\", \"size=16 frames=1\");\nwait(1);\n"
                + "File.saveString(\"x\", getArgument() + \"/started\");\n"
                + "run(\"SinterJ Sample Data...\", \"size=128 frames=150\");\n"
                + "File.saveString(\"x\", getArgument() + \"/went-on\");\n");
        Child child = start("macro", "m.ijm", folder.toString());
        long end = System.currentTimeMillis() + 60_000;
        while (!Files.exists(folder.resolve("started")) && System.currentTimeMillis() < end) Thread.onSpinWait();
        child.interruptGroup();
        Child.Ended ended = child.await(Duration.ofSeconds(4));
        assertEquals(130, ended.exit(), ended::toString);
        assertFalse(Files.exists(folder.resolve("went-on")), ended::toString);
    }
}
