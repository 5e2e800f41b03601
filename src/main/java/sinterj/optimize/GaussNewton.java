package sinterj.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import sinterj.base.Progress;

/**
 * Finishes a search for the least sum of squares: near the best point residuals are almost linear in the parameters, so
 * that as many runs as there are parameters, each with one of them changed a little, tell where the minimum is.
 * Steps are damped as far as they must be to lower the cost (Marquardt 1963, doi:10.1137/0111030), and stay in the cube.
 * The prior counts as one residual more for each parameter.
 *
 * <p>Cost: {@code dimensions + 2} runs for each step, of which as many may run side by side; memory for as many sets of
 * residuals.
 */
public final class GaussNewton {
    private static final double FIRST_DAMPING = 1e-3;
    private static final double FACTOR = 10;

    private final LeastSquares problem;
    private final double[] priorMean;
    private final double[] priorSd;
    private final Options options;
    private int runs;

    /**
     * When to stop, and how to look around.
     *
     * @param difference change of a parameter by which its influence is measured, as share of the range
     * @param least the search ends when a step lowers the cost by less
     * @param runs most runs, at least {@code dimensions + 1}
     * @param tries steps of different damping that are tried side by side
     */
    public record Options(double difference, double least, int runs, int tries) {}

    private GaussNewton(LeastSquares problem, double[] priorMean, double[] priorSd, Options options) {
        this.problem = problem;
        this.priorMean = priorMean;
        this.priorSd = priorSd;
        this.options = options;
    }

    /**
     * Where the search ended.
     *
     * @param at the best point
     * @param residuals there
     * @param slopes [parameter][residual] change of the residuals with a parameter, per range
     * @param priorMean means of the prior, in the cube
     * @param priorSd its deviations; infinite for a parameter without one
     * @param cost half the sum of squares, with the prior's
     * @param runs how many sets of residuals were worked out
     * @param settled whether the last step lowered the cost by no more than was to matter
     */
    public record Finish(
            double[] at,
            float[] residuals,
            float[][] slopes,
            double[] priorMean,
            double[] priorSd,
            double cost,
            int runs,
            boolean settled) {}

    /**
     * Searches from a point.
     *
     * @param start in the cube
     * @param priorMean means of the prior, in units of the cube; they may lie outside
     * @param priorSd its deviations; infinite for none
     * @throws ArithmeticException if there are no residuals at the start
     */
    public static Finish finish(
            LeastSquares problem,
            double[] start,
            double[] priorMean,
            double[] priorSd,
            Options options,
            Progress progress) {
        return new GaussNewton(problem, priorMean, priorSd, options).search(start, progress);
    }

    private List<float[]> run(List<double[]> points) {
        runs += points.size();
        return problem.residuals(points);
    }

    private Finish search(double[] start, Progress progress) {
        double[] x = start.clone();
        List<double[]> first = around(x);
        first.add(0, x);
        List<float[]> found = run(first);
        float[] r = found.get(0);
        if (r == null) throw new ArithmeticException("no residuals at the start");
        float[][] slopes = slopes(x, r, first.subList(1, first.size()), found.subList(1, found.size()));
        double cost = cost(x, r);
        double damping = FIRST_DAMPING;
        boolean settled = false;
        while (!settled && runs + options.tries() + x.length <= options.runs() && !progress.finishEarly()) {
            progress.check();
            progress.report((double) runs / options.runs(), "Finishing");
            List<double[]> steps = steps(x, normal(slopes), downhill(x, r, slopes), damping);
            List<float[]> tried = run(steps);
            int best = -1;
            double least = cost;
            for (int k = 0; k < steps.size(); k++) {
                double c = tried.get(k) == null ? Double.POSITIVE_INFINITY : cost(steps.get(k), tried.get(k));
                if (c < least) {
                    least = c;
                    best = k;
                }
            }
            if (best < 0) {
                // Even a strongly damped step does not help: the point is as low as the differences can tell.
                settled = expected(x, steps.get(0), normal(slopes), downhill(x, r, slopes)) < options.least();
                damping *= StrictMath.pow(FACTOR, options.tries());
                if (damping > 1e8) break;
                continue;
            }
            settled = cost - least < options.least();
            x = steps.get(best);
            r = tried.get(best);
            cost = least;
            damping = Math.max(1e-9, damping * StrictMath.pow(FACTOR, best - 1));
            List<double[]> around = around(x);
            slopes = slopes(x, r, around, run(around));
        }
        return new Finish(x, r, slopes, priorMean.clone(), priorSd.clone(), cost, runs, settled);
    }

    private List<double[]> around(double[] x) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            double[] moved = x.clone();
            // Towards the middle, so that the point stays in the range.
            moved[i] += x[i] > 0.5 ? -options.difference() : options.difference();
            points.add(moved);
        }
        return points;
    }

    private static float[][] slopes(double[] x, float[] r, List<double[]> around, List<float[]> found) {
        float[][] slopes = new float[x.length][r.length];
        for (int i = 0; i < x.length; i++) {
            float[] other = found.get(i);
            if (other == null) continue; // nothing is known of this parameter here: it stays where it is
            double per = 1 / (around.get(i)[i] - x[i]);
            for (int k = 0; k < r.length; k++) slopes[i][k] = (float) ((other[k] - (double) r[k]) * per);
        }
        return slopes;
    }

    private double cost(double[] x, float[] r) {
        double sum = 0;
        for (float v : r) sum += (double) v * v;
        for (int i = 0; i < x.length; i++) {
            double z = (x[i] - priorMean[i]) / priorSd[i];
            sum += z * z;
        }
        return sum / 2;
    }

    /** The matrix of the normal equations, prior included. */
    private double[][] normal(float[][] slopes) {
        double[][] a = products(slopes);
        for (int i = 0; i < a.length; i++) a[i][i] += 1 / (priorSd[i] * priorSd[i]);
        return a;
    }

    /** Sums of products of the slopes. */
    static double[][] products(float[][] slopes) {
        int n = slopes.length;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < slopes[i].length; k++) sum += (double) slopes[i][k] * slopes[j][k];
                a[i][j] = sum;
                a[j][i] = sum;
            }
        }
        return a;
    }

    private double[] downhill(double[] x, float[] r, float[][] slopes) {
        double[] g = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double sum = (x[i] - priorMean[i]) / (priorSd[i] * priorSd[i]);
            for (int k = 0; k < r.length; k++) sum += (double) slopes[i][k] * r[k];
            g[i] = -sum;
        }
        return g;
    }

    private List<double[]> steps(double[] x, double[][] a, double[] downhill, double damping) {
        List<double[]> steps = new ArrayList<>();
        for (int k = 0; k < options.tries(); k++) {
            steps.add(step(x, a, downhill, damping * StrictMath.pow(FACTOR, k)));
        }
        return steps;
    }

    /** The damped step; parameters that would leave the cube are held at its wall, and the rest is solved again. */
    private static double[] step(double[] x, double[][] a, double[] downhill, double damping) {
        int n = x.length;
        double[] to = x.clone();
        boolean[] held = new boolean[n];
        for (int round = 0; round <= n; round++) {
            double[] moved = solved(x, a, downhill, damping, held, to);
            boolean inside = true;
            for (int i = 0; i < n; i++) {
                if (held[i]) continue;
                double wanted = moved[i];
                to[i] = Math.min(1, Math.max(0, wanted));
                if (to[i] != wanted) {
                    held[i] = true;
                    inside = false;
                }
            }
            if (inside) break;
        }
        return to;
    }

    private static double[] solved(
            double[] x, double[][] a, double[] downhill, double damping, boolean[] held, double[] to) {
        int n = x.length;
        double[][] m = new double[n][n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            if (held[i]) {
                m[i][i] = 1;
                b[i] = to[i] - x[i];
                continue;
            }
            System.arraycopy(a[i], 0, m[i], 0, n);
            m[i][i] += damping * Math.max(a[i][i], 1e-12);
            b[i] = downhill[i];
        }
        double[] moved = x.clone();
        double[] step = new LUDecomposition(new Array2DRowRealMatrix(m, false), 0)
                .getSolver()
                .solve(new ArrayRealVector(b, false))
                .toArray();
        for (int i = 0; i < n; i++) moved[i] += step[i];
        return moved;
    }

    /** By how much a step should lower the cost if residuals were linear. */
    private static double expected(double[] x, double[] to, double[][] a, double[] downhill) {
        double gain = 0;
        for (int i = 0; i < x.length; i++) {
            double si = to[i] - x[i];
            gain += si * downhill[i];
            for (int j = 0; j < x.length; j++) gain -= si * a[i][j] * (to[j] - x[j]) / 2;
        }
        return gain;
    }

    /** Deviations without any prior. */
    public static double[] noPrior(int dimensions) {
        double[] sd = new double[dimensions];
        Arrays.fill(sd, Double.POSITIVE_INFINITY);
        return sd;
    }
}
