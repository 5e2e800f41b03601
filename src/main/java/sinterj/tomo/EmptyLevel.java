package sinterj.tomo;

import java.util.Arrays;

/**
 * What an image shows where nothing is: the mean there, found by leaving out whatever stands out from it after
 * smoothing, and where something is.
 *
 * @param mean level of the empty part
 * @param object for each pixel whether it belongs to the part that stands out
 */
record EmptyLevel(double mean, boolean[] object) {
    private static final int ROUNDS = 12;
    private static final double STANDS_OUT = 3;

    static EmptyLevel of(float[] image, int width, int height) {
        float[] smooth = smoothed(image, width, height);
        double limit = median(smooth);
        double mean = limit;
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (float v : smooth) {
                if (v > limit) continue;
                sum += v;
                squares += (double) v * v;
                count++;
            }
            mean = sum / count;
            limit = mean + STANDS_OUT * Math.sqrt(Math.max(0, squares / count - mean * mean));
        }
        boolean[] object = new boolean[image.length];
        for (int i = 0; i < object.length; i++) object[i] = smooth[i] > limit;
        return new EmptyLevel(mean, object);
    }

    /** The object and everything within so many pixels of it along rows and columns. */
    boolean[] grown(int by, int width, int height) {
        return grown(grown(object, by, width, height, 1, width), by, height, width, width, 1);
    }

    private static boolean[] grown(boolean[] in, int by, int length, int lines, int stride, int step) {
        boolean[] out = new boolean[in.length];
        for (int j = 0; j < lines; j++) {
            int last = -by - 1;
            for (int i = 0; i < length + by; i++) {
                if (i < length && in[j * step + i * stride]) last = i;
                if (i >= by) out[j * step + (i - by) * stride] = last >= i - 2 * by;
            }
        }
        return out;
    }

    private static double median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Means over 5 x 5 pixels, twice, as far as the image reaches. */
    private static float[] smoothed(float[] image, int width, int height) {
        float[] smooth = image;
        for (int round = 0; round < 2; round++) {
            smooth = means(means(smooth, width, height, 1, width), height, width, width, 1);
        }
        return smooth;
    }

    private static float[] means(float[] in, int length, int lines, int stride, int step) {
        float[] out = new float[in.length];
        for (int j = 0; j < lines; j++) {
            for (int i = 0; i < length; i++) {
                int from = Math.max(0, i - 2);
                int to = Math.min(length - 1, i + 2);
                double sum = 0;
                for (int k = from; k <= to; k++) sum += in[j * step + k * stride];
                out[j * step + i * stride] = (float) (sum / (to - from + 1));
            }
        }
        return out;
    }
}
