package sinterj.optimize;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** The normal distribution of CMA-ES and what it remembers. */
final class CovarianceState {
    /** Variances below this share of the largest are rounding. */
    private static final double LEAST_SHARE = 1e-14;

    private static final double WIDEST_STEP = 1;

    private final int n;
    private final double[] weights;
    private final double effective;
    private final double stepRate;
    private final double stepDamping;
    private final double pathRate;
    private final double rankOne;
    private final double rankMany;
    private final double usualLength;

    private final double[] mean;
    private double step;
    private final double[] stepPath;
    private final double[] path;
    private final double[][] covariance;
    private double[][] axes;
    private double[] lengths;
    private int generation;

    CovarianceState(int dimensions, double firstStep) {
        n = dimensions;
        int parents = population() / 2;
        weights = new double[parents];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < parents; i++) {
            weights[i] = StrictMath.log((population() + 1) / 2.0) - StrictMath.log(i + 1);
            sum += weights[i];
        }
        for (int i = 0; i < parents; i++) {
            weights[i] /= sum;
            squares += weights[i] * weights[i];
        }
        effective = 1 / squares;
        stepRate = (effective + 2) / (n + effective + 5);
        stepDamping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + stepRate;
        pathRate = (4 + effective / n) / (n + 4 + 2 * effective / n);
        rankOne = 2 / ((n + 1.3) * (n + 1.3) + effective);
        rankMany = Math.min(1 - rankOne, 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective));
        usualLength = Math.sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
        mean = new double[n];
        Arrays.fill(mean, 0.5);
        step = firstStep;
        stepPath = new double[n];
        path = new double[n];
        covariance = new double[n][n];
        for (int i = 0; i < n; i++) covariance[i][i] = 1;
        decompose();
    }

    /** Points of one generation. */
    int population() {
        return 4 + (int) (3 * StrictMath.log(n));
    }

    private void decompose() {
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, true));
        axes = eigen.getV().getData();
        double[] values = eigen.getRealEigenvalues();
        double most = Arrays.stream(values).max().orElse(1);
        lengths = Arrays.stream(values)
                .map(v -> Math.sqrt(Math.max(v, LEAST_SHARE * most)))
                .toArray();
    }

    /** The point that belongs to a vector of standard normal numbers. */
    double[] point(double[] normal) {
        double[] point = mean.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) point[i] += step * axes[i][k] * lengths[k] * normal[k];
        }
        return point;
    }

    /** C^(-1/2) times a vector. */
    private double[] whitened(double[] vector) {
        double[] white = new double[n];
        for (int k = 0; k < n; k++) {
            double along = 0;
            for (int i = 0; i < n; i++) along += axes[i][k] * vector[i];
            for (int i = 0; i < n; i++) white[i] += axes[i][k] * along / lengths[k];
        }
        return white;
    }

    private static double length(double[] vector) {
        double sum = 0;
        for (double v : vector) sum += v * v;
        return Math.sqrt(sum);
    }

    /** Learns from one generation. */
    void learn(double[][] points, double[] costs) {
        generation++;
        int[] order = History.byCost(costs);
        double[][] steps = new double[weights.length][];
        double[] move = new double[n];
        for (int p = 0; p < weights.length; p++) {
            steps[p] = limitedStep(points[order[p]]);
            for (int i = 0; i < n; i++) move[i] += weights[p] * steps[p][i];
        }
        for (int i = 0; i < n; i++) mean[i] = Math.min(1, Math.max(0, mean[i] + step * move[i]));
        double[] white = whitened(move);
        double f = Math.sqrt(stepRate * (2 - stepRate) * effective);
        for (int i = 0; i < n; i++) stepPath[i] = (1 - stepRate) * stepPath[i] + f * white[i];
        double known = 1 - StrictMath.pow(1 - stepRate, 2.0 * generation);
        boolean steady = length(stepPath) / Math.sqrt(known) < (1.4 + 2.0 / (n + 1)) * usualLength;
        double g = steady ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
        for (int i = 0; i < n; i++) path[i] = (1 - pathRate) * path[i] + g * move[i];
        adapt(steps, steady ? 0 : rankOne * pathRate * (2 - pathRate));
        double change = stepRate / stepDamping * (length(stepPath) / usualLength - 1);
        step = Math.min(WIDEST_STEP, step * StrictMath.exp(Math.min(1, change)));
        decompose();
    }

    private void adapt(double[][] steps, double kept) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double many = 0;
                for (int p = 0; p < steps.length; p++) many += weights[p] * steps[p][i] * steps[p][j];
                double c = (1 - rankOne - rankMany + kept) * covariance[i][j]
                        + rankOne * path[i] * path[j]
                        + rankMany * many;
                covariance[i][j] = c;
                covariance[j][i] = c;
            }
        }
    }

    /** The step to a point in units of the step length, not longer than a good one of this distribution would be. */
    private double[] limitedStep(double[] point) {
        double[] move = new double[n];
        for (int i = 0; i < n; i++) move[i] = (point[i] - mean[i]) / step;
        double limit = Math.sqrt(n) + 2.0 * n / (n + 2);
        double far = length(whitened(move));
        if (far > limit) for (int i = 0; i < n; i++) move[i] *= limit / far;
        return move;
    }
}
