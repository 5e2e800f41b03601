package sinterj.segment;

import java.util.Arrays;
import sinterj.image.Mirror;

/**
 * Stripes along y that milling leaves in a slice. What a column has that the columns around it have not, at most rows, is
 * a stripe: each row less its running median along x, which leaves edges where they are, and of that the median down each
 * column. Odd and even rows are looked at apart; as far as the two disagree it is chance, and is not taken away.
 */
final class Curtains {
    /**
     * Columns of the running median, an odd number; stripes wider than half of it are taken for structure. Where one phase
     * fills more than half of each column it is the level of that phase, whatever else there is.
     */
    private static final int WINDOW = 51;

    private static final int MOST_ROWS = 1024;

    private Curtains() {}

    /**
     * The stripes of a slice.
     *
     * @param plane row by row; not changed
     * @return height of the stripe in each column, 0 all over where there are none. Cost: a sorted window of 51 a pixel,
     *     of at most 1024 rows.
     */
    static float[] of(float[] plane, int width, int height) {
        if (width < WINDOW || height < WINDOW) return new float[width];
        int step = (height + MOST_ROWS - 1) / MOST_ROWS;
        int rows = height / step;
        float[][] columns = new float[width][rows];
        float[] line = new float[width];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(plane, r * step * width, line, 0, width);
            float[] middle = runningMedian(line);
            for (int x = 0; x < width; x++) columns[x][r] = line[x] - middle[x];
        }
        double[] even = new double[width];
        double[] odd = new double[width];
        float[] stripes = new float[width];
        for (int x = 0; x < width; x++) {
            even[x] = median(columns[x], 0, 2);
            odd[x] = median(columns[x], 1, 2);
            stripes[x] = (float) median(columns[x], 0, 1);
        }
        double real = reliable(even, odd);
        double mean = 0;
        for (float s : stripes) mean += s / width;
        for (int x = 0; x < width; x++) stripes[x] = (float) (real * (stripes[x] - mean));
        return stripes;
    }

    /** The part of the variance of the mean of two measurements that they share, from 0 to 1. */
    private static double reliable(double[] a, double[] b) {
        int n = a.length;
        double meanA = Arrays.stream(a).sum() / n;
        double meanB = Arrays.stream(b).sum() / n;
        double shared = 0;
        double all = 0;
        for (int i = 0; i < n; i++) {
            shared += (a[i] - meanA) * (b[i] - meanB) / n;
            all += Math.pow((a[i] - meanA + b[i] - meanB) / 2, 2) / n;
        }
        // Chance alone makes the covariance vary by the variance over the root of n; twice that is no stripe yet.
        double doubt = 2 * Math.max(0, 2 * all - shared) / Math.sqrt(n);
        return all > 0 && shared > doubt ? Math.min(1, shared / all) : 0;
    }

    private static double median(float[] values, int first, int step) {
        float[] some = new float[(values.length - first + step - 1) / step];
        for (int i = 0; i < some.length; i++) some[i] = values[first + i * step];
        Arrays.sort(some);
        int n = some.length;
        return n % 2 == 1 ? some[n / 2] : 0.5 * (some[n / 2 - 1] + (double) some[n / 2]);
    }

    /** Median of the window around each place, mirrored at the ends. */
    private static float[] runningMedian(float[] line) {
        int n = line.length;
        int half = WINDOW / 2;
        float[] window = new float[WINDOW];
        for (int k = 0; k < WINDOW; k++) window[k] = line[Mirror.at(k - half, n)];
        Arrays.sort(window);
        float[] out = new float[n];
        for (int x = 0; x < n; x++) {
            out[x] = window[half];
            replace(window, line[Mirror.at(x - half, n)], line[Mirror.at(x + half + 1, n)]);
        }
        return out;
    }

    /** In a sorted window one value for another. */
    private static void replace(float[] window, float old, float fresh) {
        int i = Arrays.binarySearch(window, old);
        while (i > 0 && window[i - 1] > fresh) {
            window[i] = window[i - 1];
            i--;
        }
        while (i < window.length - 1 && window[i + 1] < fresh) {
            window[i] = window[i + 1];
            i++;
        }
        window[i] = fresh;
    }
}
