package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.Opener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;

/** Strokes say nearly as much about the size of objects as dense labels do. */
class PaintedSizeTest {
    /** Slices with their truth. */
    private record Slices(int width, int height, int classes, List<float[]> grey, List<byte[]> truth) {}

    private static Slices made(int side, double grainNm) {
        FibSemStack stack = FibSemStack.make(
                new FibSemStack.Sample(side, side, 3, true, grainNm, 0.15, 20),
                new Artefacts(0.1, 0.2, 0.2, 0, 0.05, 0.3, 0),
                3,
                Progress.SILENT);
        List<float[]> grey = new ArrayList<>();
        List<byte[]> truth = new ArrayList<>();
        for (int z = 0; z < 3; z++) {
            grey.add(stack.image().plane(z));
            float[] labels = stack.labels().asVolume().plane(z);
            byte[] classes = new byte[labels.length];
            for (int i = 0; i < classes.length; i++) classes[i] = (byte) labels[i];
            truth.add(classes);
        }
        return new Slices(side, side, 3, grey, truth);
    }

    private static Slices real(String name, int classes, int count) {
        String data = System.getProperty("sinterj.data", "");
        Assumptions.assumeTrue(!data.isEmpty(), "skipped: -Dsinterj.data does not name the folder with " + name);
        String path = Path.of(data, "segmentation", name).toString();
        ImagePlus image = new Opener().openImage(path + "_train_image.tif");
        ImagePlus labels = new Opener().openImage(path + "_train_label.tif");
        List<float[]> grey = new ArrayList<>();
        List<byte[]> truth = new ArrayList<>();
        for (int z = 1; z <= count; z++) {
            grey.add((float[])
                    image.getStack().getProcessor(z).convertToFloatProcessor().getPixels());
            truth.add((byte[]) labels.getStack().getProcessor(z).getPixels());
        }
        return new Slices(image.getWidth(), image.getHeight(), classes, grey, truth);
    }

    private static Map<Integer, byte[]> dense(Slices slices) {
        Map<Integer, byte[]> all = new LinkedHashMap<>();
        for (int z = 0; z < slices.truth.size(); z++) all.put(z, slices.truth.get(z));
        return all;
    }

    /**
     * Two rows in 24.
     *
     * @param margin where another class is so near in a row, nothing is painted; 0 to paint across edges
     */
    private static Map<Integer, byte[]> strokes(Slices slices, int margin) {
        Map<Integer, byte[]> painted = new LinkedHashMap<>();
        dense(slices).forEach((z, truth) -> {
            byte[] some = new byte[truth.length];
            Arrays.fill(some, (byte) -1);
            for (int i = 0; i < some.length; i++) {
                int y = i / slices.width;
                if (y / 2 % 12 != 5) continue;
                boolean inside = true;
                for (int d = -margin; d <= margin; d++) {
                    int x = i % slices.width + d;
                    inside &= x >= 0 && x < slices.width && truth[y * slices.width + x] == truth[i];
                    int other = i + (y % 2 == 0 ? slices.width : -slices.width);
                    if (margin > 0) inside &= truth[other] == truth[i];
                }
                if (inside) some[i] = truth[i];
            }
            painted.put(z, some);
        });
        return painted;
    }

    private static ObjectSize size(Slices slices, Map<Integer, byte[]> labels) {
        Normalisation each = new Normalisation(Normalisation.Rule.SLICE, -1, 1);
        return ObjectSize.of(
                labels,
                z -> each.apply(slices.grey.get(z)),
                slices.width,
                slices.height,
                slices.classes,
                Progress.SILENT);
    }

    /** Pixels of the image that the coarsest pixel of the network stands for. */
    private static double sight(ObjectSize size) {
        return (1 << size.depth()) / size.scale();
    }

    private static double[] chords(Slices slices, Map<Integer, byte[]> labels) {
        Chords chords = new Chords(slices.classes);
        labels.values().forEach(plane -> chords.add(plane, slices.width));
        double[][] along = chords.along(slices.width);
        double[] shorter = new double[slices.classes];
        for (int c = 0; c < shorter.length; c++) shorter[c] = Math.min(along[0][c], along[1][c]);
        return shorter;
    }

    /** Runs of 2 and 3 pixels in rows of 5, and of 2 rows along y, where there is no change. */
    @Test
    void onlyChangesAreEndsAndCutsAreAtMost() {
        Chords whole = new Chords(2);
        whole.add(new byte[] {0, 0, 1, 1, 1, 0, 0, 1, 1, 1}, 5);
        assertArrayEquals(new double[] {3, 5}, whole.along(99)[0]);
        assertArrayEquals(new double[] {99, 99}, whole.along(99)[1]);
        assertArrayEquals(new double[] {3, 5}, whole.atLeast()[0]);
        Chords apart = new Chords(2);
        apart.add(new byte[] {0, 0, -1, 1, 1, 0, 0, -1, 1, 0}, 5);
        // Class 0: four pixels in two pairs within and one across; one change, two cuts.
        assertArrayEquals(new double[] {5, 3}, apart.along(99)[0]);
        assertArrayEquals(new double[] {5 / 3.0, 1}, apart.atLeast()[0]);
    }

    @Test
    void chordsOfStrokesAcrossEdgesAreThoseOfDenseLabels() {
        Slices slices = made(320, 900);
        double[] all = chords(slices, dense(slices));
        double[] some = chords(slices, strokes(slices, 0));
        for (int c = 0; c < 3; c++) assertEquals(1, some[c] / all[c], 0.3, "class " + c);
    }

    @Test
    void strokesThatKeepAwayFromEdgesMakeTheNetworkSeeAsFarAsTheGrainsWant() {
        for (double grain : new double[] {400, 900, 4000}) {
            Slices slices = made(384, grain);
            Map<Integer, byte[]> strokes = strokes(slices, 2);
            for (double chord : chords(slices, strokes)) assertEquals(384, chord, 0, "no edge is painted");
            ObjectSize all = size(slices, dense(slices));
            ObjectSize some = size(slices, strokes);
            // Of dense labels the edge of the image counts as the end of an object, so large ones seem smaller there.
            double expected = grain == 4000 ? 16 : 8;
            assertEquals(expected, sight(some), 0, "grains of " + grain + " nm: " + some);
            assertTrue(sight(all) == expected || sight(all) == expected / 2, "dense labels: " + all);
        }
    }

    @Test
    void onRealImagesToo() {
        Slices alloy = real("super", 3, 4);
        Slices layer = real("ebc", 3, 4);
        ObjectSize fixed = new ObjectSize(1, 3);
        assertEquals(fixed, size(alloy, dense(alloy)));
        assertEquals(new ObjectSize(0.5, 4), size(layer, dense(layer)));
        for (int margin : new int[] {0, 2}) {
            assertEquals(fixed, size(alloy, strokes(alloy, margin)), "margin " + margin);
            assertEquals(0.5, size(layer, strokes(layer, margin)).scale(), 0, "margin " + margin);
        }
    }
}
