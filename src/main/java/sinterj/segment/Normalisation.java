package sinterj.segment;

import java.util.Arrays;
import java.util.Locale;
import sinterj.image.Volume;

/**
 * How grey values become numbers around 0 before a network sees them, in training and in use alike.
 *
 * @param rule what is measured, and on what
 * @param low becomes -1 under the rule {@code STACK}
 * @param high becomes 1 under the rule {@code STACK}
 */
public record Normalisation(Rule rule, float low, float high) {
    /** What is measured. */
    public enum Rule {
        /** 1st and 99th percentile of the whole stack become -1 and 1. */
        STACK,
        /** The same of each slice by itself, for images that do not belong together. */
        SLICE,
        /** Mean of the stack becomes 0, its standard deviation 1. */
        MEAN_SD,
        /** Grey values are taken as they are. */
        NONE;

        /** The word in files and macros. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MOST_VALUES = 1 << 20;
    /** Beyond this and its negative, values are cut off. */
    static final int LIMIT = 4;

    /**
     * Measures a stack.
     *
     * @param rule what is measured; one value in a few is looked at where there are more than a million
     */
    public static Normalisation of(Rule rule, Volume stack) {
        if (rule == Rule.SLICE) return new Normalisation(rule, -1, 1);
        if (rule == Rule.NONE) return new Normalisation(rule, -1, 1);
        int planes = Math.min(stack.depth(), 64);
        float[][] samples = new float[planes][];
        int n = 0;
        for (int i = 0; i < planes; i++) {
            int z = (int) ((2L * i + 1) * stack.depth() / (2L * planes));
            samples[i] = every(stack.plane(z), MOST_VALUES / planes);
            n += samples[i].length;
        }
        float[] all = new float[n];
        int at = 0;
        for (float[] s : samples) {
            System.arraycopy(s, 0, all, at, s.length);
            at += s.length;
        }
        return rule == Rule.MEAN_SD ? meanAndDeviation(all) : percentiles(rule, all);
    }

    private static Normalisation meanAndDeviation(float[] values) {
        double sum = 0;
        for (float v : values) sum += v;
        double mean = sum / values.length;
        double squares = 0;
        for (float v : values) squares += (v - mean) * (v - mean);
        double sd = Math.sqrt(squares / values.length);
        return new Normalisation(Rule.MEAN_SD, (float) (mean - sd), (float) (mean + sd));
    }

    private static Normalisation percentiles(Rule rule, float[] values) {
        Arrays.sort(values);
        float low = values[(int) (0.01 * (values.length - 1))];
        float high = values[(int) Math.ceil(0.99 * (values.length - 1))];
        return new Normalisation(rule, low, high);
    }

    /** Evenly spaced values. The step is odd, so that the columns of an image are all met. */
    private static float[] every(float[] plane, int most) {
        int step = Math.max(1, plane.length / Math.max(1, most)) | 1;
        float[] some = new float[(plane.length + step - 1) / step];
        for (int i = 0; i < some.length; i++) some[i] = plane[i * step];
        return some;
    }

    /** The grey value that a number stands for; the number itself if every slice has a rule of its own. */
    float grey(float number) {
        if (rule == Rule.SLICE || rule == Rule.NONE) return number;
        return (float) ((low + (double) high) / 2 + number * ((double) high - low) / 2);
    }

    /**
     * A plane as a network sees it.
     *
     * @param plane grey values; not changed
     * @return new plane; beyond -4 and 4 cut off, 0 where all values are equal
     */
    public float[] apply(float[] plane) {
        if (rule == Rule.SLICE)
            return percentiles(Rule.STACK, every(plane, MOST_VALUES)).apply(plane);
        float[] out = new float[plane.length];
        if (rule == Rule.NONE) return plane.clone();
        double middle = (low + (double) high) / 2;
        double half = ((double) high - low) / 2;
        if (!(half > 0)) return out;
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) Math.max(-LIMIT, Math.min(LIMIT, (plane[i] - middle) / half));
        }
        return out;
    }
}
