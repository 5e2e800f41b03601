package sinterj.ij;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.trial.Blend;

/** ImageJ's images and tables as ours and back: nothing is lost, nothing is copied that need not be. */
class ImageConversionTest {
    @TempDir
    private Path folder;

    private static Frames movie() {
        List<Volume> volumes = List.of(
                Blend.image("", 7, 5, 3, 0).first(),
                Blend.image("", 7, 5, 3, 500).first());
        return new Frames(
                "movie",
                volumes,
                FrameTimes.regular(2, 2.5),
                Map.of(Frames.PROVENANCE, "{\"a\":1}", Frames.ANGLES, "-1 0 1"));
    }

    private static void requireEqual(Frames a, Frames b) {
        assertEquals(a.count(), b.count());
        assertEquals(a.first().size(), b.first().size());
        assertEquals(a.times(), b.times());
        for (int t = 0; t < a.count(); t++) {
            for (int z = 0; z < a.first().depth(); z++) {
                assertArrayEquals(
                        a.volumes().get(t).plane(z), b.volumes().get(t).plane(z));
            }
        }
    }

    @Test
    void aMovieSurvivesTheWayThroughImagejAndATiffFile() {
        ImagePlus image = ToImagePlus.image(movie());
        assertEquals(3, image.getNSlices());
        assertEquals(2, image.getNFrames());
        assertEquals("sec", image.getCalibration().getTimeUnit());
        requireEqual(movie(), FromImagePlus.frames(image));
        Path file = folder.resolve("movie.tif");
        Delivery.write(movie(), file);
        Frames again = FromImagePlus.frames(new ij.io.Opener().openImage(file.toString()));
        requireEqual(movie(), again);
        assertEquals("{\"a\":1}", again.notes().get(Frames.PROVENANCE));
        assertArrayEquals(new double[] {-1, 0, 1}, again.anglesDeg());
        assertEquals("-1.0 deg", ToImagePlus.image(again).getStack().getSliceLabel(1));
    }

    @Test
    void unequalTimesAreANoteAndEqualOnesAnInterval() {
        Frames irregular = movie().withTimes(new FrameTimes(new double[] {0.5, 7}));
        ImagePlus image = ToImagePlus.image(irregular);
        assertEquals("0.5 7.0", image.getProp(Frames.TIMES));
        assertEquals(irregular.times(), FromImagePlus.frames(image).times());
        assertNull(ToImagePlus.image(movie()).getProp(Frames.TIMES));
        // A note of unequal times does not outlive times that are equal.
        Frames mended = FromImagePlus.frames(image).withTimes(FrameTimes.regular(2, 3));
        assertNull(ToImagePlus.image(mended).getProp(Frames.TIMES));
    }

    @Test
    void pixelArraysAreSharedNotCopied() {
        float[] pixels = {1, 2, 3, 4, 5, 6};
        ImagePlus image = new ImagePlus("x", new FloatProcessor(3, 2, pixels));
        assertSame(pixels, FromImagePlus.frames(image).first().plane(0));
        byte[] bytes = {1, 2, (byte) 255, 4, 5, 6};
        Frames grey = FromImagePlus.frames(new ImagePlus("b", new ByteProcessor(3, 2, bytes)));
        assertEquals(255, grey.first().plane(0)[2]);
        assertSame(bytes, ToImagePlus.image(grey).getProcessor().getPixels());
    }

    @Test
    void signedSixteenBitNumbersKeepTheirSign() {
        ShortProcessor plane = new ShortProcessor(2, 1, new short[] {0, (short) 32769}, null);
        ImagePlus image = new ImagePlus("signed", plane);
        image.getCalibration().setSigned16BitCalibration();
        assertArrayEquals(
                new float[] {-32768, 1}, FromImagePlus.frames(image).first().plane(0));
    }

    @Test
    void aVirtualStackIsReadPlaneByPlane() {
        VirtualStack stack = new VirtualStack(4, 3, 1000) {
            @Override
            public ImageProcessor getProcessor(int n) {
                ByteProcessor plane = new ByteProcessor(4, 3);
                plane.set(0, n % 256);
                return plane;
            }
        };
        Frames frames = FromImagePlus.frames(new ImagePlus("virtual", stack));
        assertEquals(1000, frames.first().depth());
        assertEquals(999 % 256 + 1, frames.first().plane(999)[0]);
    }

    @Test
    void timesAreSecondsWhateverTheirUnit() {
        Map<String, Double> units =
                Map.of("sec", 1.0, "s", 1.0, "ms", 1e-3, "min", 60.0, "Hours", 3600.0, "\u00b5s", 1e-6, "day", 86400.0);
        units.forEach((unit, seconds) -> {
            ImagePlus image = ToImagePlus.image(movie());
            image.getCalibration().frameInterval = 2;
            image.getCalibration().setTimeUnit(unit);
            assertEquals(2 * seconds, FromImagePlus.frames(image).times().interval(), 1e-12, unit);
        });
    }

    @Test
    void whatCannotBeReadIsSaidWithAWayOut() {
        assertTrue(refusal(new ImagePlus("c", new ColorProcessor(2, 2))).contains("Image > Type > 8-bit"));
        assertTrue(refusal(new ImagePlus()).contains("no pixels"));
        ImageStack stack = new ImageStack(2, 2);
        for (int i = 0; i < 6; i++) stack.addSlice(new ByteProcessor(2, 2));
        ImagePlus channels = new ImagePlus("rgb", stack);
        channels.setDimensions(2, 3, 1);
        assertTrue(refusal(channels).contains("2 channels"));
        ImagePlus flat = new ImagePlus("flat", new ByteProcessor(2, 2));
        Calibration zero = new Calibration();
        zero.pixelDepth = 0;
        flat.setCalibration(zero);
        assertTrue(refusal(flat).contains("Image > Properties"));
    }

    private static String refusal(ImagePlus image) {
        return assertThrows(InvalidInput.class, () -> FromImagePlus.frames(image))
                .getMessage();
    }

    @Test
    void anUncalibratedImageIsCountedInPixels() {
        Frames frames = FromImagePlus.frames(new ImagePlus("x", new ByteProcessor(2, 2)));
        assertEquals(VoxelSize.pixels(), frames.first().size());
        assertEquals(FrameTimes.unknown(), frames.times());
    }

    @Test
    void tablesGoThroughResultsWindowsAndBack() {
        Table table = new Table("frame", "mean (nm)", "word", "tiny")
                .add(1, 2.5, "left", 1e-21)
                .add(2, Double.NaN, "right", 0.125);
        ResultsTable results = ResultsWindows.write(table);
        Table again = ResultsWindows.read(results);
        assertEquals(table.heads(), again.heads());
        assertEquals(2.5, again.number(0, "mean"));
        assertTrue(Double.isNaN(again.number(1, "mean")));
        assertEquals("right", again.cell(1, 2));
        assertEquals(1e-21, again.number(0, "tiny"));
        assertEquals("1.0000E-21", results.getStringValue("tiny", 0).replace(',', '.'));
        assertEquals("1", results.getStringValue("frame", 0), "one small number changes its own column only");
        assertEquals("2.500", results.getStringValue("mean (nm)", 0).replace(',', '.'));
    }

    @Test
    void longSentencesAreBrokenBetweenWords() {
        String sentence = "word ".repeat(60).strip() + " " + "x".repeat(100) + ".";
        String wrapped = Failures.wrapped(sentence);
        assertEquals(sentence, wrapped.replace('\n', ' '));
        assertTrue(wrapped.lines().allMatch(line -> line.length() <= 101 && !line.startsWith(" ")), wrapped);
        assertTrue(wrapped.lines().filter(line -> line.length() > 70).count() == 1, wrapped);
        assertEquals("short.", Failures.wrapped("short."));
    }

    @Test
    void theVersionOfJavaIsReadInBothSpellings() {
        assertEquals(8, Launch.javaVersion("1.8"));
        assertEquals(17, Launch.javaVersion("17"));
        assertEquals(25, Launch.javaVersion("25.0.1"));
    }
}
