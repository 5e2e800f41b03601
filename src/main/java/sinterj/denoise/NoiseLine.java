package sinterj.denoise;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The line {@code variance = slope * brightness + intercept}.
 *
 * @param slope variance per brightness, at least 0
 * @param intercept variance at brightness 0
 * @param resampled the lines that parts of the samples give instead; empty if nobody asked
 */
record NoiseLine(double slope, double intercept, List<NoiseLine> resampled) {
    /** Variance at a brightness. */
    double at(double brightness) {
        return slope * brightness + intercept;
    }

    /** Standard error of a quantity that is read off the line. */
    double errorOf(ToDoubleFunction<NoiseLine> quantity) {
        double mean = 0;
        double squares = 0;
        int n = 0;
        for (NoiseLine line : resampled) {
            double difference = quantity.applyAsDouble(line) - mean;
            mean += difference / ++n;
            squares += difference * (quantity.applyAsDouble(line) - mean);
        }
        return n < 2 ? 0 : Math.sqrt(squares / (n - 1));
    }

    /**
     * What of the line is known: its slope, or a point on it; NaN for what is not.
     *
     * @param slope the slope
     * @param brightness where a point is known
     * @param variance of that point
     */
    record Fixed(double slope, double brightness, double variance) {
        static Fixed nothing() {
            return new Fixed(Double.NaN, Double.NaN, Double.NaN);
        }

        static Fixed gain(double slope) {
            return new Fixed(slope, Double.NaN, Double.NaN);
        }

        static Fixed point(double brightness, double variance) {
            return new Fixed(Double.NaN, brightness, variance);
        }
    }

    /**
     * The line by weighted least squares, the weights refined from the line itself.
     *
     * @param sums number of samples, sum of brightness and sum of squared differences of each bin
     * @param fixed what is known of the line
     * @param start a line for the first weights; null if there is none yet
     */
    static NoiseLine through(double[][] sums, Fixed fixed, NoiseLine start) {
        NoiseLine line = start;
        for (int pass = 0; pass < 4; pass++) line = once(sums, fixed, line);
        return line;
    }

    private static NoiseLine once(double[][] sums, Fixed fixed, NoiseLine weights) {
        double m0 = Double.isNaN(fixed.brightness) ? 0 : fixed.brightness;
        double v0 = Double.isNaN(fixed.variance) ? 0 : fixed.variance;
        double[] s = moments(sums, m0, v0, weights);
        if (!Double.isNaN(fixed.brightness)) {
            double slope = s[3] > 0 ? Math.max(0, s[4] / s[3]) : 0;
            return new NoiseLine(slope, v0 - slope * m0, List.of());
        }
        double spread = s[0] * s[3] - s[1] * s[1];
        double free = spread > 1e-12 * s[0] * s[3] ? Math.max(0, (s[0] * s[4] - s[1] * s[2]) / spread) : 0;
        double slope = Double.isNaN(fixed.slope) ? free : fixed.slope;
        double intercept = s[0] > 0 ? (s[2] - slope * s[1]) / s[0] : 0;
        if (Double.isNaN(fixed.slope)) intercept = Math.max(intercept, -slope * s[5]); // no variance below 0
        return new NoiseLine(slope, intercept, List.of());
    }

    /** Weighted sums of 1, m, v, m^2 and m v over the bins, measured from a point, and the darkest brightness. */
    private static double[] moments(double[][] sums, double m0, double v0, NoiseLine weights) {
        double[] total = {0, 0, 0, 0, 0, Double.POSITIVE_INFINITY};
        for (double[] bin : sums) {
            if (bin[0] == 0) continue;
            double m = bin[1] / bin[0];
            double v = bin[2] / bin[0];
            double weight = weight(weights, m, v, bin[0]);
            total[0] += weight;
            total[1] += weight * (m - m0);
            total[2] += weight * (v - v0);
            total[3] += weight * (m - m0) * (m - m0);
            total[4] += weight * (m - m0) * (v - v0);
            total[5] = Math.min(total[5], m);
        }
        return total;
    }

    /**
     * One over the variance of a bin's mean square: 2 v^2 for Gaussian noise and a fourth moment for sparse counts, for
     * each sample. Structure only ever adds variance, so bins well above the line count less the further they are.
     */
    private static double weight(NoiseLine line, double mean, double variance, double count) {
        double v = line == null ? variance : Math.max(line.at(mean), 1e-3 * Math.abs(variance));
        double slope = line == null ? 0 : line.slope;
        double weight = count / Math.max(1e-300, 2 * v * v + slope * slope * v / 4);
        if (line == null) return weight;
        double excess = (variance - v) / Math.sqrt(1 / weight + 1e-4 * v * v);
        return excess > 2 ? weight * 4 / (excess * excess) : weight;
    }
}
