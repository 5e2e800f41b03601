package sinterj.denoise;

import java.util.Arrays;

/**
 * Makes the noise of a detector uniform, and back without a bias.
 *
 * <p>Forward, the generalized Anscombe transform: with {@code y} electrons and read noise {@code s} electrons,
 * {@code f = 2 sqrt(max(0, y + 3/8 + s^2))} has noise of standard deviation close to 1 from about two electrons up.
 *
 * <p>Back, the exact unbiased inverse: a denoised value is an estimate of the mean of {@code f}, not of {@code f} at
 * the mean, so it is looked up in a table of the mean {@code E[f | lambda]} over the expected electrons {@code lambda};
 * the algebraic inverse would be wrong by up to a quarter of an electron at low counts. The means are Poisson sums over
 * Gaussian integrals. The integrals are taken in the variable in which the root is smooth (the distance from its zero
 * is the square of it), where equal steps converge fast, whereas Gauss-Hermite nodes stumble over the root's kink. From
 * a hundred electrons on, a series in the moments of the distribution is used instead of the table. Where the noise is
 * Gaussian, values are only divided by its standard deviation.
 *
 * <p>Murtagh, Starck and Bijaoui 1995; Makitalo and Foi 2013, doi:10.1109/TIP.2012.2202675.
 */
public final class Anscombe {
    private static final double LARGE = 100; // electrons, read noise variance included
    private static final double ROOT_STEP = 0.01; // of the square root of lambda, in the table
    private static final double STEP = 0.005; // of the transformed value, in the inverted table

    private final NoiseModel model;
    private final double readNoise;
    private final double shift;
    private final double lowest;
    private final double tableEnd;
    private final float[] inverted;

    /**
     * The transform of a detector. Cost: about 10 ms.
     *
     * @param model its noise; not free of noise
     */
    public Anscombe(NoiseModel model) {
        if (model.isNoiseFree()) throw new IllegalArgumentException("nothing to make uniform: " + model);
        this.model = model;
        readNoise = model.isGaussian() ? 0 : model.readNoise() / model.gain();
        shift = 0.375 + readNoise * readNoise;
        int nodes = model.isGaussian() ? 0 : nodes();
        double[] means = nodes == 0 ? new double[] {0} : means(nodes);
        lowest = nodes == 0 ? meanOfLarge(0) : means[0];
        tableEnd = nodes == 0 ? lowest : means[nodes - 1];
        inverted = invert(means);
    }

    /** Number of entries of the table; 0 if the read noise alone counts as large. */
    private int nodes() {
        double end = LARGE - readNoise * readNoise;
        return end <= 0 ? 0 : 2 + (int) Math.ceil(Math.sqrt(end) / ROOT_STEP);
    }

    /** The value that a grey value is turned into. */
    public double forward(double value) {
        if (model.isGaussian()) return value / model.readNoise();
        return 2 * Math.sqrt(Math.max(0, (value - model.offset()) / model.gain() + shift));
    }

    /** The mean grey value whose transformed values have a mean; at least the offset, where the noise is not Gaussian. */
    public double inverse(double transformed) {
        if (model.isGaussian()) return transformed * model.readNoise();
        return model.offset() + model.gain() * electrons(transformed);
    }

    /**
     * Transforms an image.
     *
     * @param grey values; not changed unless it is also {@code out}
     * @param out overwritten, as many values
     * @return {@code out}
     */
    public float[] forward(float[] grey, float[] out) {
        for (int i = 0; i < out.length; i++) out[i] = (float) forward(grey[i]);
        return out;
    }

    /**
     * Transforms an image back.
     *
     * @param transformed denoised values; not changed unless it is also {@code out}
     * @param out overwritten, as many values
     * @return {@code out}
     */
    public float[] inverse(float[] transformed, float[] out) {
        for (int i = 0; i < out.length; i++) out[i] = (float) inverse(transformed[i]);
        return out;
    }

    private double electrons(double mean) {
        if (mean <= lowest) return 0;
        if (mean >= tableEnd) return electronsOfLarge(mean);
        double at = (mean - lowest) / STEP;
        int i = (int) at;
        return inverted[i] + (at - i) * (inverted[i + 1] - inverted[i]);
    }

    /** Mean of f at lambda electrons, by a series in the central moments of the counts. */
    private double meanOfLarge(double lambda) {
        double m = lambda + shift;
        double v = lambda + readNoise * readNoise;
        double fourth = 3 * v * v + lambda;
        return 2
                * Math.sqrt(m)
                * (1 - v / (8 * m * m) + lambda / (16 * m * m * m) - 5 * fourth / (128 * m * m * m * m));
    }

    private double electronsOfLarge(double mean) {
        double lambda = Math.max(0, mean * mean / 4 - shift + 0.25);
        for (int i = 0; i < 3; i++) lambda += (mean - meanOfLarge(lambda)) * Math.sqrt(lambda + shift);
        return Math.max(0, lambda);
    }

    /** Mean of f for lambda = 0, step^2, (2 step)^2 ... */
    private double[] means(int nodes) {
        double end = Math.pow((nodes - 1) * ROOT_STEP, 2);
        double[] ofCount = new double[(int) (end + 12 * Math.sqrt(end) + 40)];
        for (int k = 0; k < ofCount.length; k++) ofCount[k] = meanOfCount(k);
        double[] means = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            double lambda = Math.pow(i * ROOT_STEP, 2);
            double probability = Math.exp(-lambda); // of 0 electrons; 1e-44 at most that small here
            for (int k = 0; k < ofCount.length; k++) {
                means[i] += probability * ofCount[k];
                probability *= lambda / (k + 1);
            }
        }
        return means;
    }

    /** Mean of f over the read noise when k electrons came: the integral of 4 sqrt(s) v^2 phi(t0 + v^2), t0 = -(k + c) / s. */
    private double meanOfCount(int k) {
        double value = k + shift;
        if (readNoise < 1e-6) return 2 * Math.sqrt(value);
        double zero = -value / readNoise;
        double from = Math.sqrt(Math.max(0, -9 - zero));
        double to = Math.sqrt(9 - zero);
        int steps = 400;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double v = from + i * (to - from) / steps;
            double t = zero + v * v;
            sum += v * v * Math.exp(-t * t / 2) * (i == 0 || i == steps ? 0.5 : 1);
        }
        return sum * (to - from) / steps * 4 * Math.sqrt(readNoise) / Math.sqrt(2 * Math.PI);
    }

    /** Lambda at equal steps of the mean, from the means at equal steps of the root of lambda. */
    private static float[] invert(double[] means) {
        double first = means[0];
        if (means.length < 2) return new float[1]; // no table: all counts are large
        float[] lambdas = new float[2 + (int) Math.ceil((means[means.length - 1] - first) / STEP)];
        for (int i = 0; i < lambdas.length; i++) {
            double mean = first + i * STEP;
            int found = Arrays.binarySearch(means, mean);
            int below = Math.min(means.length - 2, found >= 0 ? found : -found - 2);
            double part = (mean - means[below]) / (means[below + 1] - means[below]);
            double low = Math.pow(below * ROOT_STEP, 2);
            lambdas[i] = (float) (low + part * (Math.pow((below + 1) * ROOT_STEP, 2) - low));
        }
        return lambdas;
    }
}
