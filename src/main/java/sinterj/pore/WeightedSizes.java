package sinterj.pore;

import java.util.Arrays;

/** Sizes with a weight each, such as diameters with the area they stand for; sorted. */
public final class WeightedSizes {
    private final long[] pairs;

    private WeightedSizes(long[] pairs) {
        this.pairs = pairs;
    }

    /** A positive size and its weight in one number that sorts by size. */
    static long pair(float size, float weight) {
        return (long) Float.floatToRawIntBits(size) << 32 | Float.floatToRawIntBits(weight);
    }

    static WeightedSizes of(long[][] parts) {
        int n = 0;
        for (long[] part : parts) n = Math.addExact(n, part.length);
        long[] all = new long[n];
        int at = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        Arrays.parallelSort(all);
        return new WeightedSizes(all);
    }

    private double size(int i) {
        return Float.intBitsToFloat((int) (pairs[i] >>> 32));
    }

    private double weight(int i) {
        return Float.intBitsToFloat((int) pairs[i]);
    }

    /** Number of sizes. */
    public int n() {
        return pairs.length;
    }

    /** Sum of the weights. */
    public double totalWeight() {
        double sum = 0;
        for (int i = 0; i < pairs.length; i++) sum += weight(i);
        return sum;
    }

    /** The largest size; NaN if there is none. */
    public double max() {
        return pairs.length == 0 ? Double.NaN : size(pairs.length - 1);
    }

    /**
     * The weighted distribution in a few numbers; the mode is the centre of the fullest bin.
     *
     * @param bins number of bins of the histogram
     */
    public ThicknessSummary summary(int bins) {
        if (pairs.length == 0) {
            double none = Double.NaN;
            return new ThicknessSummary(0, none, none, none, none, none, none, none, none);
        }
        double total = totalWeight();
        double mean = 0;
        for (int i = 0; i < pairs.length; i++) mean += weight(i) * size(i) / total;
        double variance = 0;
        for (int i = 0; i < pairs.length; i++) variance += weight(i) * (size(i) - mean) * (size(i) - mean) / total;
        double[] q = quantiles(total, 0.1, 0.5, 0.9);
        return new ThicknessSummary(
                pairs.length, mean, Math.sqrt(variance), size(0), q[0], q[1], q[2], max(), mode(bins));
    }

    /** Interpolated linearly between sizes, each standing at the middle of its weight. */
    private double[] quantiles(double total, double... fractions) {
        double[] found = new double[fractions.length];
        Arrays.fill(found, max());
        double before = 0;
        double lastMiddle = 0;
        int next = 0;
        for (int i = 0; i < pairs.length && next < fractions.length; i++) {
            double middle = before + weight(i) / 2;
            while (next < fractions.length && fractions[next] * total <= middle) {
                double share = i == 0 ? 0 : (fractions[next] * total - lastMiddle) / (middle - lastMiddle);
                double low = size(Math.max(0, i - 1));
                found[next++] = i == 0 ? size(0) : low + share * (size(i) - low);
            }
            before += weight(i);
            lastMiddle = middle;
        }
        return found;
    }

    private double mode(int bins) {
        double[] fractions = histogram(bins, max());
        int most = 0;
        for (int b = 1; b < bins; b++) if (fractions[b] > fractions[most]) most = b;
        return (most + 0.5) * max() / bins;
    }

    /** Fraction of the weight in equal bins from 0 to a largest size; see {@link Distribution#histogram}. */
    public double[] histogram(int bins, double largest) {
        double[] fractions = new double[bins];
        double total = totalWeight();
        for (int i = 0; i < pairs.length; i++) {
            fractions[Math.min(bins - 1, (int) (size(i) / largest * bins))] += weight(i) / total;
        }
        return fractions;
    }
}
