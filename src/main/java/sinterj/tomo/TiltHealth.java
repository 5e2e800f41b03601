package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.TiltSeries;

/**
 * What each projection of a series looks like beside the others: how bright it is, and whether the detector was blind or
 * full.
 *
 * @param mean of its counts
 * @param sd standard deviation of its counts
 * @param negative part of its pixels below 0
 * @param saturated part of its pixels at the largest value of the series
 * @param state what is wrong with it, if anything
 */
public record TiltHealth(double mean, double sd, double negative, double saturated, State state) {
    /** From this part of pixels at the largest value of the series on, that value is the detector's limit. */
    private static final double FULL = 0.02;

    /** Below this part of the usual contrast an image shows nothing. */
    private static final double FLAT = 0.1;

    /** Contrast is seen in squares of so many pixels a side, in which the noise of an empty image evens out. */
    private static final int SQUARE = 8;

    /** What is wrong with a projection. */
    public enum State {
        /** Nothing. */
        GOOD,
        /** It shows nothing: all pixels alike, or nearly. */
        DEAD,
        /** Many pixels are at the largest value of the series, which so is the detector's limit. */
        SATURATED
    }

    /** Looks at every projection. */
    public static TiltHealth[] of(TiltSeries series, Progress progress) {
        int count = series.count();
        float[] largest = new float[count];
        Parallel.forEach(progress, count, k -> {
            largest[k] = Float.NEGATIVE_INFINITY;
            for (float v : series.projection(k)) largest[k] = Math.max(largest[k], v);
        });
        float limit = Float.NEGATIVE_INFINITY;
        for (float v : largest) limit = Math.max(limit, v);
        float most = limit;
        double[][] numbers = new double[count][];
        double[] contrast = new double[count];
        Parallel.forEach(progress, count, k -> {
            numbers[k] = numbers(series.projection(k), most);
            contrast[k] = contrast(series.projection(k), series.width());
        });
        double[] sorted = contrast.clone();
        Arrays.sort(sorted);
        double usual = sorted[count / 2];
        TiltHealth[] health = new TiltHealth[count];
        for (int k = 0; k < count; k++) {
            double[] n = numbers[k];
            boolean dead = n[1] == 0 || contrast[k] < FLAT * usual;
            State state = dead ? State.DEAD : n[3] >= FULL ? State.SATURATED : State.GOOD;
            health[k] = new TiltHealth(n[0], n[1], n[2], n[3], state);
        }
        return health;
    }

    /** Standard deviation of the means over squares; of smaller ones where an image has not four of them a side. */
    private static double contrast(float[] plane, int width) {
        int height = plane.length / width;
        int side = Math.max(1, Math.min(SQUARE, Math.min(width, height) / 4));
        double first = plane[0];
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y0 = 0; y0 + side <= height; y0 += side) {
            for (int x0 = 0; x0 + side <= width; x0 += side) {
                double mean = 0;
                for (int i = 0; i < side * side; i++) mean += plane[(y0 + i / side) * width + x0 + i % side] - first;
                mean /= side * side;
                sum += mean;
                squares += mean * mean;
                count++;
            }
        }
        return Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count)));
    }

    private static double[] numbers(float[] plane, float most) {
        double sum = 0;
        double squares = 0;
        long negative = 0;
        long full = 0;
        float first = plane[0]; // differences to it keep the digits of a small contrast
        for (float v : plane) {
            double d = (double) v - first;
            sum += d;
            squares += d * d;
            if (v < 0) negative++;
            if (v == most) full++;
        }
        double n = plane.length;
        double variance = Math.max(0, squares / n - sum / n * (sum / n));
        return new double[] {first + sum / n, Math.sqrt(variance), negative / n, full / n};
    }
}
