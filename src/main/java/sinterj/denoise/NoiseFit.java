package sinterj.denoise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sinterj.base.Progress;

/** Straight line of noise variance against brightness, with errors by bootstrap over the groups of the samples. */
final class NoiseFit {
    private static final int BINS = 64;
    private static final int RESAMPLES = 100;
    private static final double CALM = 0.5; // the share of each bin with the least structure is used

    /**
     * Differences of more standard deviations are left out: edges, hot pixels. Cutting a normal distribution there
     * takes away a known share of its variance. Sparse counts have longer tails, so they are cut later and not mended.
     */
    private static final double FAR = 3;

    private static final double KEPT_VARIANCE = 0.97334;
    private static final double FAR_IF_SPARSE = 6;
    private static final double SPARSE = 10; // electrons; the noise of the dark counts too

    private static final long RESAMPLING_SEED = 20240601; // any; fixed, so that the errors are repeatable

    private final NoiseSamples samples;
    private final int[] bin;
    private final int bins;

    NoiseFit(NoiseSamples samples) {
        this.samples = samples;
        bin = new int[samples.count()];
        bins = Math.max(1, Math.min(BINS, samples.count() / 50));
        sortIntoBins();
    }

    /** Equally filled bins of brightness; -1 for places that are too busy for their bin. */
    private void sortIntoBins() {
        int n = samples.count();
        long[] order = order(samples.brightness(), 0, n, null);
        long[] calm = new long[n];
        for (int b = 0; b < bins; b++) {
            int from = (int) ((long) b * n / bins);
            int to = (int) ((long) (b + 1) * n / bins);
            long[] byStructure = order(samples.structure(), from, to, order);
            System.arraycopy(byStructure, 0, calm, from, to - from);
            for (int i = from; i < to; i++) {
                bin[(int) calm[i]] = i - from < CALM * (to - from) ? b : -1;
            }
        }
    }

    /** Sample numbers in the order of their values, equal values in their own order. */
    private static long[] order(float[] values, int from, int to, long[] among) {
        long[] keys = new long[to - from];
        for (int i = from; i < to; i++) {
            int sample = among == null ? i : (int) among[i];
            int bits = Float.floatToIntBits(values[sample] + 0f);
            int sortable = bits ^ (bits >> 31 & 0x7fffffff);
            keys[i - from] = (long) sortable << 32 | sample;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) keys[i] = keys[i] & 0xffffffffL;
        return keys;
    }

    /** Fits the line, leaving outliers out until it settles, and finds its errors. */
    NoiseLine fit(NoiseLine.Fixed fixed, Progress progress) {
        NoiseLine line = null;
        Sums sums = null;
        for (int pass = 0; pass < 20; pass++) {
            progress.check();
            sums = new Sums(line);
            NoiseLine next = NoiseLine.through(sums.total(), fixed, line);
            boolean settled = line != null
                    && Math.abs(next.slope() - line.slope()) <= 1e-4 * Math.abs(next.slope())
                    && Math.abs(next.intercept() - line.intercept()) <= 1e-4 * Math.abs(next.intercept());
            line = next;
            if (settled) break;
        }
        return withErrors(line, sums, fixed, progress);
    }

    private NoiseLine withErrors(NoiseLine line, Sums sums, NoiseLine.Fixed fixed, Progress progress) {
        SplittableRandom random = new SplittableRandom(RESAMPLING_SEED);
        List<NoiseLine> resampled = new ArrayList<>();
        for (int r = 0; r < RESAMPLES; r++) {
            progress.check();
            resampled.add(NoiseLine.through(sums.resampled(random), fixed, line));
        }
        return new NoiseLine(line.slope(), line.intercept(), resampled);
    }

    /** Number of samples and sums of brightness and squared difference, per group and bin. */
    private final class Sums {
        private final double[][][] byGroup = new double[samples.groups()][][];

        Sums(NoiseLine line) {
            for (int i = 0; i < bin.length; i++) {
                if (bin[i] < 0) continue;
                double m = samples.mean()[i];
                double d = samples.detail()[i];
                double square = line == null ? d * d : cut(line, samples.brightness()[i], d);
                if (Double.isNaN(square)) continue;
                int g = samples.group()[i];
                if (byGroup[g] == null) byGroup[g] = new double[bins][3];
                double[] s = byGroup[g][bin[i]];
                s[0]++;
                s[1] += m;
                s[2] += square;
            }
        }

        /** The squared difference, mended for what is cut off; NaN for an outlier. */
        private double cut(NoiseLine line, double brightness, double d) {
            double variance = Math.max(0, line.at(brightness));
            if (variance > SPARSE * line.slope() * line.slope()) {
                return d * d > FAR * FAR * variance ? Double.NaN : d * d / KEPT_VARIANCE;
            }
            // A few electrons in one dark pixel are no outlier.
            boolean far = Math.abs(d) > FAR_IF_SPARSE * Math.sqrt(variance) + 4 * line.slope();
            return far ? Double.NaN : d * d;
        }

        double[][] total() {
            double[][] total = new double[bins][3];
            for (double[][] group : byGroup) add(total, group);
            return total;
        }

        double[][] resampled(SplittableRandom random) {
            double[][] total = new double[bins][3];
            for (int g = 0; g < byGroup.length; g++) add(total, byGroup[random.nextInt(byGroup.length)]);
            return total;
        }

        private void add(double[][] total, double[][] group) {
            if (group == null) return;
            for (int b = 0; b < bins; b++) {
                for (int k = 0; k < 3; k++) total[b][k] += group[b][k];
            }
        }
    }
}
