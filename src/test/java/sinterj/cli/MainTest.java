package sinterj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.op.Call;
import sinterj.op.OperationInfo;
import sinterj.op.Parameter;
import sinterj.trial.Blend;
import sinterj.trial.Patience;

/** The shell door without a shell: what it answers, writes and refuses. */
class MainTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Main main;
    private Path a;
    private Path b;

    @BeforeEach
    void writeImages() {
        main = new Main(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        a = folder.resolve("a b.tif");
        b = folder.resolve("b.tif");
        Delivery.write(Blend.image("a", 7, 11, 5, 0), a);
        Delivery.write(Blend.image("b", 7, 11, 5, 100), b);
    }

    private int run(String... words) {
        return main.run(List.of(words));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Runs the operation of the tests on two images. */
    private void blend(String... more) {
        List<String> words = new ArrayList<>(List.of("--input", a.toString(), "--other_image=" + b, "--quiet"));
        words.addAll(Arrays.asList(more));
        main.operation(new Blend(), words);
    }

    private String refusal(String... more) {
        return assertThrows(InvalidInput.class, () -> blend(more)).getMessage();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new HashSet<>(files.map(f -> f.getFileName().toString()).toList());
        }
    }

    // --- what it says of itself ----------------------------------------------------------------------------------

    @Test
    void withoutWordsItSaysHowToAsk() {
        assertEquals(0, run());
        assertTrue(out().contains("sinterj list") && out().contains("--help"), out());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theListHasALinePerOperation() {
        assertEquals(0, run("list"));
        List<String> lines = out().lines().toList();
        assertEquals(Operations.all().size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            OperationInfo<?> info = Operations.all().get(i).info();
            assertTrue(lines.get(i).startsWith(info.id() + " "), lines.get(i));
            assertTrue(lines.get(i).endsWith(info.summary()), lines.get(i));
        }
    }

    @TestFactory
    Stream<DynamicTest> helpNamesEveryOptionOfEveryOperation() {
        return Stream.concat(Operations.all().stream(), Stream.of(new Blend(), new Patience()))
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    String help = HelpText.of(op.info());
                    for (String key : Call.keys(op.info())) {
                        boolean isFile = Call.fileKeys(op.info()).containsKey(key);
                        assertTrue(isFile || help.contains("--" + key + "\n") || help.contains("--" + key + " ("), key);
                    }
                    op.info().outputs().forEach(slot -> assertTrue(help.contains(slot.doc()), slot.name()));
                }));
    }

    /** No option of an operation may be hidden by one that every operation has. */
    @TestFactory
    Stream<DynamicTest> optionsOfEveryOperationAreToldApart() {
        return Operations.all().stream()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> {
                    Set<String> seen =
                            new HashSet<>(Set.of("quiet", "json", "threads", "help", "output", "table", "plot"));
                    op.info().inputs().forEach(slot -> assertTrue(seen.add(slot.key()), slot.key()));
                    for (Parameter p : op.info().schema().parameters()) {
                        assertTrue(seen.add(p.key()) || p.key().equals(Call.TIMES), p.key());
                    }
                }));
    }

    // --- what it refuses -----------------------------------------------------------------------------------------

    @Test
    void anUnknownCommandIsTheUsersMistake() {
        assertEquals(2, run("denois"));
        assertEquals(
                "There is no command 'denois'. 'list' shows them all.",
                err.toString(StandardCharsets.UTF_8).strip());
        assertEquals("", out());
    }

    @Test
    void aMacroNeedsAFileThatIsThere() {
        assertEquals(2, run("macro"));
        assertEquals(2, run("macro", path("none.ijm")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("none.ijm' cannot be read. Check the path."));
    }

    @Test
    void aFileThatTheSettingsDoNotMakeIsRefusedBeforeTheWork() {
        // There is no such input: the settings are looked at before anything is opened.
        String[] words = {
            "transport-connectivity", "--input", path("none.tif"), "--current_x-output", path("c.tif"), "--axis", "x"
        };
        assertEquals(2, run(words));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("There is no 'current_x' with these settings"), said);
    }

    @Test
    void anUnknownOptionIsToldWithTheNearestOfTheShell() {
        String sentence = refusal("--ouput", path("o.tif"));
        assertTrue(sentence.startsWith("Blend Two Images: 'ouput' is not"), sentence);
        assertTrue(sentence.contains("Did you mean 'output'?"), sentence);
        assertTrue(refusal("--wieght").contains("Did you mean 'weight'?"));
        assertTrue(refusal("--n", "3", "weight=1").contains("'weight=1' is no option"));
    }

    @Test
    void anOptionWithoutItsValueSaysWhatItNeeds() {
        assertEquals("--weight needs a value: a number from 0 to 1.", refusal("--weight", "--n", "3"));
        assertEquals("--weight needs a value: a number from 0 to 1.", refusal("--n", "3", "--weight"));
        assertEquals("--mask needs a value: a path.", refusal("--mask"));
        assertEquals("--threads needs a value: a whole number.", refusal("--threads"));
        assertTrue(refusal("--output").startsWith("--output needs a value"));
        assertTrue(refusal("--output", "").contains("--output needs the path of a file"));
    }

    @Test
    void anOptionTwiceOrAFlagWithAValueIsRefused() {
        assertEquals("--n is given twice.", refusal("--n", "3", "--n=4"));
        assertTrue(refusal("--json", "yes").contains("--json takes no value"));
        assertTrue(refusal("--threads", "0").contains("from 1 to 999"));
    }

    @Test
    void twoOutputsInOneFileAreRefusedBeforeTheWork() throws IOException {
        Set<String> before = files();
        String both = refusal("--output", path("o.tif"), "--twice-output", path("x/../o.tif"));
        assertTrue(both.contains("is named for"), both);
        String again = refusal("--output", path("o.tif"), "--blended-output", path("p.tif"));
        assertTrue(again.contains("second file for blended"), again);
        assertEquals(before, files());
    }

    @Test
    void aMissingInputIsNamed() {
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> main.operation(
                        new Blend(), List.of("--input", path("no.tif"), "--other_image", b.toString(), "--quiet")));
        assertTrue(e.getMessage().contains("'input'") && e.getMessage().contains("no.tif"), e.getMessage());
    }

    @Test
    void aFileThatIsNoImageIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.tif"), "not an image");
        InvalidInput e = assertThrows(
                InvalidInput.class,
                () -> main.operation(
                        new Blend(), List.of("--input", text.toString(), "--other_image", b.toString(), "--quiet")));
        assertTrue(e.getMessage().contains("notes.tif"), e.getMessage());
    }

    @Test
    void anOperationThatWouldKeepNothingIsRefused() {
        assertEquals(2, run("sample-data", "--size", "16"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--output FILE.tif"));
    }

    // --- what it makes -------------------------------------------------------------------------------------------

    @Test
    void everyOutputGoesToItsFileWithCalibrationAndProvenance() throws IOException {
        blend("--output", path("o.tif"), "--twice-output", path("t.mrc"), "--table", path("s.csv"));
        blend("--extremes-table", path("e.csv"), "--plot", path("p.png"));
        blend("--table2", path("e2.csv"), "--profile-plot", path("p.csv"));
        ImagePlus image = new Opener().openImage(path("o.tif"));
        assertEquals(50f, image.getProcessor().getf(0));
        assertEquals(5, image.getNSlices());
        assertEquals(3, image.getCalibration().pixelDepth);
        assertEquals("nm", image.getCalibration().getUnit());
        assertTrue(image.getProp("sinterj.provenance").contains("\"title\":\"a b.tif\""));
        assertTrue(Files.size(folder.resolve("t.mrc")) > 1024);
        assertEquals(6, Files.readAllLines(folder.resolve("s.csv")).size());
        assertEquals("what,value", Files.readAllLines(folder.resolve("e.csv")).get(0));
        assertArrayEquals(Files.readAllBytes(folder.resolve("e.csv")), Files.readAllBytes(folder.resolve("e2.csv")));
        assertEquals("curve,x,y", Files.readAllLines(folder.resolve("p.csv")).get(0));
        assertNotNull(new Opener().openImage(path("p.png")));
        assertTrue(files().stream().noneMatch(name -> name.contains(".part")), files().toString());
    }

    @Test
    void aTableWithoutAFileIsPrinted() {
        blend("--output", path("o.tif"));
        assertEquals("z,mean (counts)", out().lines().findFirst().orElse(""));
        assertEquals(6, out().lines().count());
    }

    @Test
    void jsonNamesSettingsAndEveryOutput() {
        blend("--json", "--output", path("o.tif"), "--plot", path("p.png"), "--limit", "1e3", "--weight=0.25");
        JsonObject json = JsonParser.parseString(out()).getAsJsonObject();
        assertEquals("blend", json.get("command").getAsString());
        assertTrue(json.get("complete").getAsBoolean());
        JsonObject settings = json.getAsJsonObject("settings");
        assertEquals("0.25", settings.get("weight").getAsString());
        assertEquals("1000", settings.get("limit").getAsString());
        assertEquals(a.toString(), settings.get("input").getAsString());
        JsonObject outputs = json.getAsJsonObject("outputs");
        assertEquals(path("o.tif"), outputs.get("blended").getAsString());
        assertTrue(outputs.get("twice").isJsonNull());
        assertEquals(path("p.png"), outputs.get("profile").getAsString());
        JsonObject summary = outputs.getAsJsonObject("summary");
        assertEquals(5, summary.getAsJsonArray("mean (counts)").size());
    }

    @Test
    void aMaskAndATableFromFilesAreUsed() throws IOException {
        Path factors = Files.writeString(folder.resolve("f.csv"), "factor\n3\n");
        blend("--factors", factors.toString(), "--mask", a.toString(), "--output", path("o.tif"), "--invert");
        ImagePlus image = new Opener().openImage(path("o.tif"));
        assertEquals(0f, image.getProcessor().getf(0), "the mask is 0 there");
        assertEquals(-3 * (1 + 101) / 2f, image.getProcessor().getf(1));
    }

    // --- Ctrl-C --------------------------------------------------------------------------------------------------

    @Test
    void theFirstInterruptKeepsTheBestAndTheSecondCancels() {
        ShellProgress progress = new ShellProgress(new PrintStream(err, true, StandardCharsets.UTF_8), true, 1);
        progress.check();
        progress.interrupt();
        assertTrue(progress.finishEarly());
        progress.check();
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("best result so far"));
        progress.interrupt();
        assertThrows(CancellationException.class, progress::check);
    }

    @Test
    void whereNothingCanBeKeptTheFirstInterruptCancels() {
        ShellProgress progress = new ShellProgress(null, false, 1);
        progress.interrupt();
        assertFalse(progress.finishEarly());
        assertThrows(CancellationException.class, progress::check);
    }

    @Test
    void aRemarkStandsOnStandardErrorWheneverItComes() {
        ShellProgress progress = new ShellProgress(new PrintStream(err, true, StandardCharsets.UTF_8), false, 1);
        progress.report(0.1, "Segmenting"); // passes: too soon after the start
        progress.part(0, 0.5).remark("Memory is short.");
        assertEquals("Memory is short." + System.lineSeparator(), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whileTheResultIsWrittenItIsTooLate() {
        ShellProgress progress = new ShellProgress(new PrintStream(err, true, StandardCharsets.UTF_8), false, 1);
        progress.writing();
        progress.interrupt();
        progress.check();
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot be cancelled"));
    }

    @Test
    void aFaultOfOursHasATraceAndItsOwnExitCode() {
        assertEquals(1, main.run(null));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("at sinterj.cli.Main"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("This is a fault of SinterJ"));
    }
}
