package sinterj.optimize;

import java.util.Arrays;

/**
 * The kernel under which given points are most likely: maximises the logarithm of the marginal likelihood over the
 * logarithms of lengths, height and noise, from several starts, by its exact gradient.
 */
final class KernelFit {
    /** Natural logarithms: lengths 0.02 to 50 ranges, height 0.01 to 10^4, noise 10^-9 to 1, for costs of variance 1. */
    private static final double[] LENGTH = {StrictMath.log(0.02), StrictMath.log(50)};

    private static final double[] HEIGHT = {StrictMath.log(1e-2), StrictMath.log(1e4)};
    private static final double[] NOISE = {StrictMath.log(1e-9), 0};
    private static final double[][] STARTS = {{0.3, 1, 1e-4}, {1.5, 10, 1e-6}, {0.5, 1, 0.2}};
    private static final int STEPS = 30;

    private final double[][] places;
    private final double[] y;

    private KernelFit(double[][] places, double[] y) {
        this.places = places;
        this.y = y;
    }

    static MaternKernel best(double[][] places, double[] y) {
        KernelFit fit = new KernelFit(places, y);
        int d = places[0].length;
        double[] low = new double[d + 2];
        double[] high = new double[d + 2];
        for (int i = 0; i < d + 2; i++) {
            double[] ends = i < d ? LENGTH : i == d ? HEIGHT : NOISE;
            low[i] = ends[0];
            high[i] = ends[1];
        }
        BoxMinimum.Result best = null;
        for (double[] from : STARTS) {
            double[] start = new double[d + 2];
            Arrays.fill(start, StrictMath.log(from[0]));
            start[d] = StrictMath.log(from[1]);
            start[d + 1] = StrictMath.log(from[2]);
            BoxMinimum.Result found = BoxMinimum.of(fit::negative, start, low, high, STEPS);
            if (best == null || found.value() < best.value()) best = found;
        }
        return MaternKernel.ofLogs(best.at());
    }

    /** Minus the logarithm of the marginal likelihood, but for a constant; its gradient goes into {@code gradient}. */
    double negative(double[] logs, double[] gradient) {
        MaternKernel kernel = MaternKernel.ofLogs(logs);
        Cholesky factor;
        try {
            factor = Cholesky.of(kernel.matrix(places));
        } catch (ArithmeticException e) {
            return Double.POSITIVE_INFINITY; // the search steps back from there
        }
        double[] weights = factor.solve(y);
        double value = factor.halfLogDeterminant();
        for (int i = 0; i < y.length; i++) value += y[i] * weights[i] / 2;
        gradient(kernel, weights, factor.inverse(), gradient);
        return value;
    }

    private void gradient(MaternKernel kernel, double[] weights, double[][] inverse, double[] gradient) {
        Arrays.fill(gradient, 0);
        int d = kernel.lengths().length;
        double[] perLength = new double[d];
        for (int a = 0; a < d; a++) perLength[a] = 1 / (kernel.lengths()[a] * kernel.lengths()[a]);
        double height = 0;
        double noise = 0;
        for (int i = 0; i < y.length; i++) {
            double own = inverse[i][i] - weights[i] * weights[i];
            height += own / 2;
            noise += own / 2;
            for (int j = 0; j < i; j++) {
                double w = inverse[i][j] - weights[i] * weights[j];
                double s = kernel.distance(places[i], places[j]);
                double decay = StrictMath.exp(-s);
                height += w * (1 + s + s * s / 3) * decay;
                double slope = w * kernel.height() * 5.0 / 3 * (1 + s) * decay;
                for (int a = 0; a < d; a++) {
                    double apart = places[i][a] - places[j][a];
                    gradient[a] += slope * apart * apart * perLength[a];
                }
            }
        }
        gradient[d] = height * kernel.height();
        gradient[d + 1] = noise * kernel.noise();
    }
}
