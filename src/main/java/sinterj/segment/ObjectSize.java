package sinterj.segment;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import sinterj.base.Progress;

/**
 * Scale and depth for objects of a given size. Measured are mean chords along x and y of each class: the mean length of
 * its runs of pixels, of which the shorter of the two directions counts.
 *
 * @param scale factor by which images are made smaller before the network sees them
 * @param depth how often the network halves the sides
 */
public record ObjectSize(double scale, int depth) {
    /** What a network of depth 4 sees in one look, and what the thinnest class must keep, in pixels. */
    private static final double LARGEST = 80;

    private static final double THINNEST = 2;

    /** Chords beyond this want a network that sees further. */
    private static final double DEEP = 60;

    /** Of fewer labels chords are not counted straight away, since they are cut short. */
    private static final double DENSE = 0.5;

    /**
     * Suggests a scale: halved while the second-longest chord is beyond 80 pixels and the shortest stays at 2 at least.
     * The longest chord is that of the background, however far it goes.
     *
     * @param labels classes by slice, -1 for unlabelled
     * @param normalised grey values of a slice, which are looked at where less than half of the labelled slices is labelled
     */
    static ObjectSize of(
            Map<Integer, byte[]> labels,
            IntFunction<float[]> normalised,
            int width,
            int height,
            int classes,
            Progress progress) {
        long[] pixels = new long[classes];
        long[][] runs = new long[2][classes];
        long unlabelled = 0;
        for (byte[] plane : labels.values()) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int c = plane[x + width * y];
                    if (c < 0) {
                        unlabelled++;
                        continue;
                    }
                    pixels[c]++;
                    if (x == 0 || plane[x - 1 + width * y] != c) runs[0][c]++;
                    if (y == 0 || plane[x + width * (y - 1)] != c) runs[1][c]++;
                }
            }
        }
        long labelled = Arrays.stream(pixels).sum();
        if (labelled < DENSE * (labelled + unlabelled)) {
            return new PaintedSize(labels, normalised, width, height, classes).suggest(progress);
        }
        double[] chords = new double[classes];
        for (int c = 0; c < classes; c++) {
            chords[c] = pixels[c] / (double) Math.max(1, Math.max(runs[0][c], runs[1][c]));
        }
        Arrays.sort(chords);
        return suggest(chords[0], chords[classes - 2]);
    }

    static ObjectSize suggest(double shortest, double secondLongest) {
        double scale = 1;
        while (scale * secondLongest > LARGEST && scale / 2 * shortest >= THINNEST) scale /= 2;
        return new ObjectSize(scale, scale * secondLongest > DEEP ? 4 : 3);
    }
}
