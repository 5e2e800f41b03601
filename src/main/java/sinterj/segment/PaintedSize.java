package sinterj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import sinterj.base.Progress;

/**
 * Sizes of objects of which strokes were painted. Strokes end where the hand stopped, and often before the edge of an
 * object, so they alone say little. From them a linear discriminant of smoothed grey values is learnt (Fisher 1936,
 * doi:10.1111/j.1469-1809.1936.tb02137.x), every class as likely as the others; it labels windows around the strokes,
 * and chords are counted there. What it confuses makes chords shorter, and what is smoothed away makes them longer, so
 * the thinnest are taken from its labels as they are and the others after smoothing, within what the strokes allow.
 */
final class PaintedSize {
    private static final int SIDE = 512;
    private static final int MOST = 8;
    private static final int FEATURES = 6;
    /** Smoothing of the discriminant's probabilities, in pixels: takes specks away. */
    private static final double SMOOTH = 4;
    /** Variance below that of grey values, so that equal features can be solved for. */
    private static final double LEAST = 1e-3;

    private final Map<Integer, byte[]> labels;
    private final IntFunction<float[]> normalised;
    private final int width;
    private final int height;
    private final int classes;
    private final int side;

    /** A square of a slice, with the labelled pixels of each class in it. */
    private record Window(int z, int x, int y, long[] counts) {}

    /**
     * @param labels classes by slice, -1 where nobody labelled
     * @param normalised grey values of a slice, from about -1 to 1
     */
    PaintedSize(Map<Integer, byte[]> labels, IntFunction<float[]> normalised, int width, int height, int classes) {
        this.labels = labels;
        this.normalised = normalised;
        this.width = width;
        this.height = height;
        this.classes = classes;
        side = Math.min(SIDE, Math.min(width, height));
    }

    /** The sizes. Cost: some 400 operations a pixel of eight windows of 512 x 512 at most. */
    ObjectSize suggest(Progress progress) {
        List<Window> windows = chosen();
        Discriminant discriminant = new Discriminant(FEATURES, classes);
        for (Window window : windows) {
            progress.check();
            discriminant.add(features(window), cut(labels.get(window.z), window));
        }
        double[][] weights = discriminant.weights(LEAST);
        Chords painted = new Chords(classes);
        labels.values().forEach(plane -> painted.add(plane, width));
        Chords raw = new Chords(classes);
        Chords smooth = new Chords(classes);
        for (Window window : windows) {
            progress.check();
            float[][] p = Discriminant.probabilities(features(window), weights);
            raw.add(largest(p), side);
            for (int c = 0; c < classes; c++) p[c] = Blur.plane(p[c], side, side, SMOOTH, SMOOTH);
            smooth.add(largest(p), side);
        }
        double[] fine = combined(raw, painted);
        double[] coarse = combined(smooth, painted);
        return ObjectSize.suggest(fine[0], Math.max(fine[0], coarse[classes - 2]));
    }

    /**
     * Chords in the windows, longer if strokes that go through whole objects show that they are, and no longer than the
     * changes within the strokes say; of each class those of the direction in which they are shorter, sorted.
     */
    private double[] combined(Chords found, Chords painted) {
        double[][] seen = found.along(side);
        double[][] least = painted.atLeast();
        double[][] most = painted.along(side);
        double[] chords = new double[classes];
        for (int c = 0; c < classes; c++) {
            double longer = Math.max(1, Math.max(least[0][c] / seen[0][c], least[1][c] / seen[1][c]));
            chords[c] = Math.min(Math.min(longer * seen[0][c], most[0][c]), Math.min(longer * seen[1][c], most[1][c]));
        }
        Arrays.sort(chords);
        return chords;
    }

    /** Of windows side by side those with most of each class, then those with most labels. */
    private List<Window> chosen() {
        List<Window> all = new ArrayList<>();
        labels.forEach((z, plane) -> {
            for (int y : starts(height)) {
                for (int x : starts(width)) {
                    Window window = new Window(z, x, y, new long[classes]);
                    for (byte c : cut(plane, window)) if (c >= 0) window.counts[c]++;
                    all.add(window);
                }
            }
        });
        List<Window> chosen = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int wanted = c;
            chosen.add(Collections.max(all, Comparator.comparingLong(w -> w.counts[wanted])));
        }
        all.sort(Comparator.comparingLong(w -> -Arrays.stream(w.counts).sum()));
        chosen.addAll(all);
        return chosen.stream().distinct().limit(Math.max(MOST, classes)).toList();
    }

    private int[] starts(int n) {
        int count = (n + side - 1) / side;
        return IntStream.range(0, count).map(i -> Math.min(i * side, n - side)).toArray();
    }

    private byte[] cut(byte[] plane, Window window) {
        byte[] out = new byte[side * side];
        for (int v = 0; v < side; v++) System.arraycopy(plane, window.x + width * (window.y + v), out, v * side, side);
        return out;
    }

    /** Grey values at four scales, and how much they change within a few pixels. */
    private float[][] features(Window window) {
        float[] plane = normalised.apply(window.z);
        float[] grey = new float[side * side];
        for (int v = 0; v < side; v++) System.arraycopy(plane, window.x + width * (window.y + v), grey, v * side, side);
        float[][] at = new float[FEATURES][];
        for (int k = 0; k < 4; k++) at[k] = Blur.plane(grey, side, side, 1 << k, 1 << k);
        float[] detail = new float[grey.length];
        for (int i = 0; i < detail.length; i++) detail[i] = Math.abs(at[0][i] - at[2][i]);
        at[4] = Blur.plane(detail, side, side, 4, 4);
        at[5] = Blur.plane(detail, side, side, 8, 8);
        return at;
    }

    private byte[] largest(float[][] p) {
        byte[] out = new byte[p[0].length];
        for (int i = 0; i < out.length; i++) {
            for (int c = 1; c < classes; c++) if (p[c][i] > p[out[i]][i]) out[i] = (byte) c;
        }
        return out;
    }
}
