package sinterj.denoise;

import java.util.Arrays;

/**
 * Makes the noise of a detector the same everywhere and back (generalized Anscombe transform). A pixel is {@code z =
 * gain * Poisson(mean) + Normal(offset, readNoise)}; its transform has standard deviation 1 at all but the smallest
 * means.
 *
 * <p>The inverse is the exact unbiased one: it maps the expected value of the transform, which is what a denoiser
 * estimates, to the expected value of the pixel. The algebraic inverse is wrong by up to a quarter of a count below
 * four counts, which is where low-dose images live. It is a table over the mean, made once by summing over the Poisson
 * distribution with 25 points of the normal one.
 *
 * <p>Source: Makitalo and Foi 2013, doi:10.1109/TIP.2012.2202675. Cost: a square root a pixel, a search in a table of
 * 700 entries back. Immutable.
 */
public final class Anscombe {
    /** Above this mean the asymptotic inverse is exact to 1e-4 counts. */
    private static final double TABLE_END = 200;

    private static final int ENTRIES = 700;
    private static final int POINTS = 25;

    private final double gain;
    private final double offset;
    private final double sigma;
    private final double[] means = new double[ENTRIES];
    private final double[] expected = new double[ENTRIES];

    /** @param noise of the detector, with a gain greater than 0 */
    public Anscombe(DetectorNoise noise) {
        if (!(noise.gain() > 0)) throw new IllegalArgumentException("gain " + noise.gain());
        gain = noise.gain();
        offset = noise.offset();
        sigma = noise.readNoise() / gain;
        NormalNodes nodes = new NormalNodes(POINTS);
        for (int i = 0; i < ENTRIES; i++) {
            // Dense near 0, where the curve bends.
            double t = i / (ENTRIES - 1.0);
            means[i] = TABLE_END * t * t * t;
            expected[i] = expectedAt(means[i], nodes);
        }
    }

    /** Expected transform of a pixel with a given mean in counts. */
    private double expectedAt(double mean, NormalNodes nodes) {
        int last = (int) Math.ceil(mean + 12 * Math.sqrt(mean) + 25);
        double sum = 0;
        double logFactorial = 0;
        for (int k = 0; k <= last; k++) {
            if (k > 0) logFactorial += StrictMath.log(k);
            double logP = (mean > 0 ? k * StrictMath.log(mean) : k == 0 ? 0 : -1e9) - mean - logFactorial;
            double p = StrictMath.exp(logP);
            if (p < 1e-15) continue;
            double inner = 0;
            for (int j = 0; j < POINTS; j++) inner += nodes.weight(j) * stabilised(k + sigma * nodes.point(j));
            sum += p * inner;
        }
        return sum;
    }

    /** Transform of a value in counts. */
    private double stabilised(double counts) {
        return 2 * Math.sqrt(Math.max(0, counts + 0.375 + sigma * sigma));
    }

    /**
     * Grey values to values with noise of standard deviation 1.
     *
     * @param z grey values; not changed
     * @return new values, as many
     */
    public float[] forward(float[] z) {
        float[] f = new float[z.length];
        for (int i = 0; i < z.length; i++) f[i] = (float) stabilised((z[i] - offset) / gain);
        return f;
    }

    /**
     * Estimates of expected transforms to grey values.
     *
     * @param f estimates; overwritten by grey values, none below that of a mean of 0
     */
    public void inverse(float[] f) {
        for (int i = 0; i < f.length; i++) f[i] = (float) (offset + gain * mean(f[i]));
    }

    /** Mean in counts whose expected transform is d. */
    double mean(double d) {
        if (d <= expected[0]) return 0;
        if (d >= expected[ENTRIES - 1]) {
            // Bias of the algebraic inverse at large means, continued so that the two pieces meet.
            double at = expected[ENTRIES - 1];
            return asymptotic(d) + (means[ENTRIES - 1] - asymptotic(at)) * at / d;
        }
        int i = Arrays.binarySearch(expected, d);
        if (i >= 0) return means[i];
        int high = -i - 1;
        double part = (d - expected[high - 1]) / (expected[high] - expected[high - 1]);
        return means[high - 1] + part * (means[high] - means[high - 1]);
    }

    private double asymptotic(double d) {
        return d * d / 4 - 0.125 - sigma * sigma;
    }
}
