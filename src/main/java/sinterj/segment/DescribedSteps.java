package sinterj.segment;

import java.util.Arrays;

/**
 * Normalisation in the words of bioimage.io (model description 0.5), and what a program makes of them. It differs from
 * ours in that percentiles, mean and deviation are those of the array at hand: a stack that is given in parts is not
 * known as a whole.
 */
final class DescribedSteps {
    private static final double LOWER = 0.01;
    private static final double UPPER = 0.99;
    /** Added to what is divided by, in the words of bioimage.io. */
    private static final double EPS = 1e-6;

    private static final String CLIP =
            "{id: clip, kwargs: {min: " + -Normalisation.LIMIT + ", max: " + Normalisation.LIMIT + "}}";

    private DescribedSteps() {}

    /** The steps as YAML in one line, to be put behind {@code preprocessing:}. */
    static String yaml(Normalisation.Rule rule) {
        return switch (rule) {
            case STACK -> "[" + range("channel, y, x") + ", " + CLIP + "]";
            case SLICE -> "[" + range("y, x") + ", " + CLIP + "]";
            case MEAN_SD ->
                "[{id: zero_mean_unit_variance, kwargs: {axes: [channel, y, x], eps: 1.0e-6}}, " + CLIP + "]";
            case NONE -> "[]";
        };
    }

    private static String range(String axes) {
        return "{id: scale_range, kwargs: {axes: [" + axes + "], min_percentile: 1, max_percentile: 99, eps: 1.0e-6}},"
                + " {id: scale_linear, kwargs: {gain: 2.0, offset: -1.0}}";
    }

    /**
     * What the steps make of an array.
     *
     * @param in slices one after the other; not changed
     * @param slices how many there are
     */
    static float[] applied(Normalisation.Rule rule, float[] in, int slices) {
        if (rule == Normalisation.Rule.NONE) return in.clone();
        float[] out = new float[in.length];
        int together = rule == Normalisation.Rule.SLICE ? in.length / slices : in.length;
        for (int from = 0; from < in.length; from += together) {
            float[] part = Arrays.copyOfRange(in, from, from + together);
            double[] line = rule == Normalisation.Rule.MEAN_SD ? byDeviation(part) : byPercentiles(part);
            for (int i = 0; i < together; i++) {
                double v = (part[i] - line[0]) * line[1] + line[2];
                out[from + i] = (float) Math.max(-Normalisation.LIMIT, Math.min(Normalisation.LIMIT, v));
            }
        }
        return out;
    }

    private static double[] byPercentiles(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double low = percentile(sorted, LOWER);
        return new double[] {low, 2 / (percentile(sorted, UPPER) - low + EPS), -1};
    }

    /** Between the two nearest values, as NumPy does. */
    private static double percentile(float[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int i = (int) at;
        return sorted[i] + (at - i) * (sorted[Math.min(i + 1, sorted.length - 1)] - sorted[i]);
    }

    private static double[] byDeviation(float[] values) {
        double mean = 0;
        for (float v : values) mean += v;
        mean /= values.length;
        double squares = 0;
        for (float v : values) squares += (v - mean) * (v - mean);
        return new double[] {mean, 1 / (Math.sqrt(squares / values.length) + EPS), 0};
    }
}
