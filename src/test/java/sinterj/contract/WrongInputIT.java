package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.ij.Delivery;
import sinterj.image.Frames;

/** What a user gets wrong ends in one sentence that says what to do, exit code 2, and nothing written. */
class WrongInputIT {
    @TempDir
    private Path folder;

    private String refused(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        Path out = folder.resolve("out.tif");
        if (!all.contains("--output")) all.addAll(List.of("--output", out.toString()));
        Shell.Result result = Shell.run(all.toArray(String[]::new));
        assertEquals(2, result.exit(), result.err());
        assertFalse(Files.exists(out), "something was written");
        assertEquals("", result.out());
        String sentence = result.err().strip();
        assertFalse(sentence.contains("\n") || sentence.contains("Exception"), sentence);
        assertTrue(sentence.endsWith("."), sentence);
        return sentence;
    }

    private Path tiff(String name, ImageStack stack) {
        Path file = folder.resolve(name);
        ImagePlus image = new ImagePlus(name, stack);
        if (stack.size() > 1) new FileSaver(image).saveAsTiffStack(file.toString());
        else new FileSaver(image).saveAsTiff(file.toString());
        return file;
    }

    private static ImageStack stack(int count) {
        ImageStack stack = new ImageStack(16, 16);
        for (int i = 0; i < count; i++) stack.addSlice(new ByteProcessor(16, 16));
        return stack;
    }

    private void contains(String sentence, String... parts) {
        for (String part : parts) assertTrue(sentence.contains(part), sentence);
    }

    @Test
    void aMisspeltKeyIsNamedAndTheNearestOneTold() {
        contains(refused("denoise-tilt-series", "--methd", "bm3d"), "'methd'", "'method'");
    }

    @Test
    void sixtyAnglesForSixtyOneSlices() {
        Path series = tiff("series.tif", stack(61));
        contains(
                refused("reconstruct-tilt-series", "--input", series.toString(), "--angles", "-59:2:59"),
                "61 projections",
                "60 angles");
    }

    @Test
    void noAnglesAtAll() {
        contains(
                refused(
                        "reconstruct-tilt-series",
                        "--input",
                        tiff("bare.tif", stack(5)).toString()),
                "angles");
    }

    @Test
    void aColourImage() {
        ImageStack stack = new ImageStack(4, 4);
        stack.addSlice(new ColorProcessor(4, 4));
        contains(
                refused("denoise-tilt-series", "--input", tiff("rgb.tif", stack).toString()), "RGB", "8-bit");
    }

    @Test
    void anImageOfOnePixel() {
        ImageStack stack = new ImageStack(1, 1);
        stack.addSlice(new FloatProcessor(1, 1));
        refused("denoise-tilt-series", "--input", tiff("pixel.tif", stack).toString());
    }

    @Test
    void aPixelThatIsNoNumber() {
        ImageStack stack = new ImageStack(4, 4);
        FloatProcessor plane = new FloatProcessor(4, 4);
        plane.setf(2, 1, Float.NaN);
        stack.addSlice(plane);
        contains(
                refused("denoise-tilt-series", "--input", tiff("nan.tif", stack).toString()),
                "NaN",
                "x=2, y=1, slice 1");
    }

    @Test
    void aTruncatedMrcFile() throws IOException {
        byte[] whole = Files.readAllBytes(SampleFiles.tiltSeries());
        Path cut = Files.write(folder.resolve("cut.mrc"), Arrays.copyOf(whole, whole.length - 100));
        contains(refused("import-tilt-series", "--path", cut.toString(), "--angles", "0:1"), "truncated");
        Path empty = Files.createFile(folder.resolve("empty.mrc"));
        refused("import-tilt-series", "--path", empty.toString());
    }

    @Test
    void aFileThatIsMissing() {
        contains(
                refused(
                        "denoise-tilt-series",
                        "--input",
                        folder.resolve("no.tif").toString()),
                "no.tif");
    }

    @Test
    void anOutputBelowAFileAndAnEndingThatIsNone() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        contains(refused("sample-data", "--output", file.resolve("a.tif").toString()), "is a file");
        contains(refused("sample-data", "--output", folder.resolve("a.jpg").toString()), ".tif");
        contains(
                refused(
                        "sample-data",
                        "--output",
                        folder.resolve("no").resolve("a.tif").toString()),
                "does not exist");
    }

    @Test
    void anUnknownCommandAndAValueThatIsMissing() {
        contains(refused("denoise"), "'denoise'", "list");
        contains(refused("sample-data", "--size"), "size");
        contains(refused("sample-data", "--threads", "0"), "threads");
    }

    /** In a macro the same sentence stops the macro. */
    @Test
    void aMacroStopsWithTheSentence() throws IOException {
        Path macro = Files.writeString(
                folder.resolve("wrong.ijm"),
                "newImage(\"a\", \"8-bit ramp\", 32, 32, 5);\nrun(\"Denoise Tilt Series...\", \"methd=bm3d\");\n"
                        + "print(\"went on\");\n");
        Shell.Result result = Shell.run("macro", macro.toString());
        assertEquals(2, result.exit(), result.err());
        assertTrue(result.err().contains("'methd' is not a setting"), result.err());
        assertFalse(result.out().contains("went on"), result.out());
    }

    /** Calibration, times, angles and provenance are there again after Save As TIFF. */
    @Test
    void aSavedImageKeepsWhatIsKnownOfIt() {
        Path file = folder.resolve("sample.tif");
        Shell.Result result =
                Shell.run("sample-data", "--size", "16", "--frames", "3", "--quiet", "--output", file.toString());
        assertEquals(0, result.exit(), result.err());
        ImagePlus image = new ij.io.Opener().openImage(file.toString());
        assertEquals(3, image.getNFrames());
        assertEquals(41, image.getNSlices());
        assertEquals(2, image.getCalibration().pixelWidth);
        assertEquals("nm", image.getCalibration().getUnit());
        assertEquals(25, image.getCalibration().frameInterval, 1e-9);
        assertTrue(image.getProp(Frames.ANGLES).startsWith("-40.0 -38.0"));
        assertTrue(image.getProp(Frames.PROVENANCE).contains("\"command\":\"sample-data\""));
        Path again = folder.resolve("again.tif");
        Delivery.write(sinterj.op.Outputs.none().with("a", frames(image)).image("a"), again);
        ImagePlus second = new ij.io.Opener().openImage(again.toString());
        assertEquals(image.getProp(Frames.PROVENANCE), second.getProp(Frames.PROVENANCE));
    }

    private static Frames frames(ImagePlus image) {
        java.util.Map<String, Object> inputs = java.util.Map.of("input", image);
        sinterj.op.Call<?> call = sinterj.op.Call.of(new sinterj.command.DenoiseTiltSeries(), inputs);
        return new sinterj.ij.InputFinder(sinterj.base.Progress.SILENT)
                .find(call)
                .frames("input");
    }
}
