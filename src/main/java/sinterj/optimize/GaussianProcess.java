package sinterj.optimize;

import java.util.Arrays;

/**
 * A smooth surface through noisy points: a Gaussian process with a Matern 5/2 kernel and a length for each axis, whose
 * lengths, height and noise maximise the marginal likelihood of the points.
 *
 * <p>Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, sections 2.2, 4.2 and 5.4. Costs are shifted
 * and scaled to mean 0 and deviation 1 within. Cost: O(n^3) to make, O(n^2) for each {@link #predict}.
 */
public final class GaussianProcess {
    private final double[][] places;
    private final MaternKernel kernel;
    private final Cholesky factor;
    private final double[] weights;
    private final double shift;
    private final double scale;

    private GaussianProcess(double[][] places, double[] costs, MaternKernel kernel) {
        this.places = places;
        this.kernel = kernel;
        double[] standing = Standing.of(costs);
        shift = standing[0];
        scale = standing[1];
        double[] y = Arrays.stream(costs).map(c -> (c - shift) / scale).toArray();
        factor = Cholesky.of(kernel.matrix(places));
        weights = factor.solve(y);
    }

    /** Mean and deviation of numbers; the deviation is 1 if they are all equal. */
    private static final class Standing {
        static double[] of(double[] values) {
            double mean = Arrays.stream(values).average().orElse(0);
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            double sd = Math.sqrt(squares / Math.max(1, values.length));
            return new double[] {mean, sd > 0 && Double.isFinite(sd) ? sd : 1};
        }
    }

    /**
     * With the kernel that suits the points best.
     *
     * @param places points of the cube with sides of 1
     * @param costs one for each, finite
     */
    public static GaussianProcess fitted(double[][] places, double[] costs) {
        return with(places, costs, fittedKernel(places, costs));
    }

    static MaternKernel fittedKernel(double[][] places, double[] costs) {
        double[] standing = Standing.of(costs);
        double[] y =
                Arrays.stream(costs).map(c -> (c - standing[0]) / standing[1]).toArray();
        return KernelFit.best(places, y);
    }

    static GaussianProcess with(double[][] places, double[] costs, MaternKernel kernel) {
        return new GaussianProcess(places, costs, kernel);
    }

    /**
     * What is expected at a point.
     *
     * @param mean of the cost without its noise
     * @param sd how far the surface may be off
     */
    public record Prediction(double mean, double sd) {}

    /** What is expected at a point of the cube. */
    public Prediction predict(double[] at) {
        double[] k = kernel.row(places, at);
        double mean = 0;
        for (int i = 0; i < k.length; i++) mean += k[i] * weights[i];
        double[] half = factor.forward(k);
        double variance = kernel.height();
        for (double h : half) variance -= h * h;
        return new Prediction(shift + scale * mean, scale * Math.sqrt(Math.max(variance, 1e-18 * kernel.height())));
    }

    /** Only the mean of {@link #predict}, in O(n). */
    public double mean(double[] at) {
        double[] k = kernel.row(places, at);
        double mean = 0;
        for (int i = 0; i < k.length; i++) mean += k[i] * weights[i];
        return shift + scale * mean;
    }

    /** Standard deviation of the noise of a cost. */
    public double noise() {
        return scale * Math.sqrt(kernel.noise());
    }

    /** How far along each axis costs remain alike, as share of the range. */
    public double[] lengths() {
        return kernel.lengths();
    }
}
