package sinterj.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import sinterj.base.Progress;

/**
 * Finishes a search for the least sum of squares: near the best point residuals are almost linear in the parameters, so
 * that two runs for each parameter, with it changed a little either way, tell where the minimum is. Steps are damped as
 * far as they must be to lower the cost (Marquardt 1963, doi:10.1137/0111030), and stay in the cube. The prior counts as
 * one residual more for each parameter.
 *
 * <p>Simulations with thresholds tremble: residuals change by themselves from run to run of slightly different
 * parameters. In the squares of the slopes that looks like influence, so that a parameter would seem better known than it
 * is. How far three neighbouring runs are off a straight line tells how much of a slope is trembling (or curvature, which
 * is no knowledge of a slope either), and its squares are taken off again. Some also jump: two grains touch on one side of
 * a value and not on the other. A change several times the one beside it is taken for a jump, and the other side counts.
 *
 * <p>Cost: {@code 2 dimensions + 2} runs for each step, of which as many may run side by side; memory for as many sets of
 * residuals.
 */
public final class GaussNewton {
    private static final double FIRST_DAMPING = 1e-3;
    private static final double FACTOR = 10;

    /** Share of a slope's square that is left at least, whatever the trembling. */
    static final double LEAST_LEFT = 0.1;

    /** A step that gains less than this many times what is to matter ends near the minimum. */
    private static final double NEAR = 50;

    /** Ratio of the squares of two neighbouring changes from which on the larger is a jump, and no slope. */
    private static final double JUMP = 9;

    /** Least eigenvalue that is left between parameters, in units of their own squares. */
    private static final double LEAST_APART = 0.02;

    private final LeastSquares problem;
    private final double[] priorMean;
    private final double[] priorSd;
    private final Options options;
    private int runs;

    /**
     * When to stop, and how to look around.
     *
     * @param difference change of a parameter by which its influence is measured near the end, as share of the range
     * @param wide the same before, which sees over what is small
     * @param least the search ends when a step lowers the cost by less
     * @param runs most runs, at least {@code 2 dimensions + 1}
     * @param tries steps of different damping that are tried side by side
     */
    public record Options(double difference, double wide, double least, int runs, int tries) {
        /** With one difference throughout. */
        public Options(double difference, double least, int runs, int tries) {
            this(difference, difference, least, runs, tries);
        }
    }

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
     * @param trembling [parameter][residual] what is as large as the error of the slopes, per range
     * @param priorMean means of the prior, in the cube
     * @param priorSd its deviations; infinite for a parameter without one
     * @param cost half the sum of squares, with the prior's
     * @param runs how many sets of residuals were worked out
     * @param settled whether the last step lowered the cost by no more than was to matter
     * @param endedEarly whether the user wanted the best so far before it had settled or used up its runs
     */
    public record Finish(
            double[] at,
            float[] residuals,
            float[][] slopes,
            float[][] trembling,
            double[] priorMean,
            double[] priorSd,
            double cost,
            int runs,
            boolean settled,
            boolean endedEarly) {}

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
        double difference = options.wide();
        List<double[]> first = around(x, difference);
        first.add(0, x);
        List<float[]> found = run(first);
        float[] r = found.get(0);
        if (r == null) throw new ArithmeticException("no residuals at the start");
        Slopes slopes = slopes(x, r, first.subList(1, first.size()), found.subList(1, found.size()));
        double cost = cost(x, r);
        double damping = FIRST_DAMPING;
        boolean settled = false;
        boolean endedEarly = false;
        while (!settled && runs + options.tries() + 2 * x.length + 1 <= options.runs()) {
            progress.check();
            endedEarly = progress.finishEarly();
            if (endedEarly) break;
            progress.report((double) runs / options.runs(), "Finishing");
            double[][] normal = normal(slopes);
            double[] downhill = downhill(x, r, slopes.along());
            List<double[]> steps = steps(x, normal, downhill, damping);
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
            double gain = best < 0 ? 0 : cost - least;
            boolean far = difference > options.difference();
            boolean nears = far && gain < NEAR * options.least();
            if (best < 0 && !far) {
                // Even a strongly damped step does not help: the point is as low as the differences can tell.
                settled = expected(x, steps.get(0), normal, downhill) < options.least();
                damping *= StrictMath.pow(FACTOR, options.tries());
                if (damping > 1e8) break;
                continue;
            }
            if (best >= 0) {
                settled = !far && gain < options.least();
                x = steps.get(best);
                r = tried.get(best);
                cost = least;
                damping = Math.max(1e-9, damping * StrictMath.pow(FACTOR, best - 1));
            }
            if (nears) {
                difference = options.difference();
                problem.near(x);
                r = run(List.of(x)).get(0);
                cost = cost(x, r);
            }
            List<double[]> around = around(x, difference);
            slopes = slopes(x, r, around, run(around));
        }
        return new Finish(
                x,
                r,
                slopes.along(),
                slopes.trembling(),
                priorMean.clone(),
                priorSd.clone(),
                cost,
                runs,
                settled,
                endedEarly);
    }

    /** Slopes and their errors, [parameter][residual]. */
    private record Slopes(float[][] along, float[][] trembling) {}

    /** For each parameter two more points on a line with x, equally far apart: on either side, or both inwards. */
    private List<double[]> around(double[] x, double h) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            boolean low = x[i] < h;
            boolean high = x[i] > 1 - h;
            points.add(moved(x, i, low ? 2 * h : -h));
            points.add(moved(x, i, high ? -2 * h : h));
        }
        return points;
    }

    private static double[] moved(double[] x, int parameter, double by) {
        double[] moved = x.clone();
        moved[parameter] += by;
        return moved;
    }

    private Slopes slopes(double[] x, float[] r, List<double[]> around, List<float[]> found) {
        Slopes slopes = new Slopes(new float[x.length][r.length], new float[x.length][r.length]);
        for (int i = 0; i < x.length; i++) {
            double[] at = {x[i], around.get(2 * i)[i], around.get(2 * i + 1)[i]};
            float[][] values = {r, found.get(2 * i), found.get(2 * i + 1)};
            slope(at, values, slopes.along()[i], slopes.trembling()[i]);
        }
        return slopes;
    }

    private static void slope(double[] at, float[][] values, float[] along, float[] trembling) {
        if (values[1] == null && values[2] == null) return; // nothing is known of it here: it stays where it is
        if (values[1] == null || values[2] == null) {
            int other = values[1] == null ? 2 : 1;
            double per = 1 / (at[other] - at[0]);
            for (int k = 0; k < along.length; k++)
                along[k] = (float) ((values[other][k] - (double) values[0][k]) * per);
            return;
        }
        Integer[] order = {0, 1, 2};
        Arrays.sort(order, Comparator.comparingDouble(k -> at[k]));
        float[] a = values[order[0]];
        float[] b = values[order[1]];
        float[] c = values[order[2]];
        double width = at[order[2]] - at[order[0]];
        double below = squaredDistance(a, b);
        double above = squaredDistance(b, c);
        if (Math.max(below, above) > JUMP * Math.min(below, above)) {
            boolean low = below < above;
            float[] from = low ? a : b;
            float[] to = low ? b : c;
            for (int k = 0; k < along.length; k++) along[k] = (float) (((double) to[k] - from[k]) / (width / 2));
            return;
        }
        // Errors of equal variance s2 in the three make one of 2 s2 / width2 in the slope, and 6 s2 in the bend.
        double scale = 1 / (Math.sqrt(3) * width);
        for (int k = 0; k < along.length; k++) {
            along[k] = (float) (((double) c[k] - a[k]) / width);
            trembling[k] = (float) (((double) a[k] - 2.0 * b[k] + c[k]) * scale);
        }
    }

    private static double squaredDistance(float[] one, float[] two) {
        double sum = 0;
        for (int k = 0; k < one.length; k++) sum += ((double) two[k] - one[k]) * (two[k] - one[k]);
        return sum;
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
    private double[][] normal(Slopes slopes) {
        double[][] a = information(slopes.along(), slopes.trembling());
        for (int i = 0; i < a.length; i++) a[i][i] += 1 / (priorSd[i] * priorSd[i]);
        return a;
    }

    /**
     * Sums of products of the slopes, without what trembling adds to their squares. What is left need not belong to any
     * set of slopes; then parameters are taken to be less alike, as far as that needs.
     */
    static double[][] information(float[][] slopes, float[][] trembling) {
        double[][] a = products(slopes);
        int n = a.length;
        double[] left = new double[n];
        boolean steady = true;
        for (int i = 0; i < n; i++) {
            double noise = 0;
            for (float t : trembling[i]) noise += (double) t * t;
            left[i] = Math.max(LEAST_LEFT * a[i][i], a[i][i] - noise);
            steady &= noise == 0 || a[i][i] == 0;
        }
        if (steady) return a;
        double least = Math.min(LEAST_APART, leastEigenvalue(a, diagonal(a)));
        double found = leastEigenvalue(a, left);
        double share = found < least ? (1 - least) / (1 - found) : 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) a[i][j] = i == j ? left[i] : share * a[i][j];
        }
        return a;
    }

    private static double[] diagonal(double[][] a) {
        double[] diagonal = new double[a.length];
        for (int i = 0; i < a.length; i++) diagonal[i] = a[i][i];
        return diagonal;
    }

    /** Of the matrix with another diagonal, in units in which that is 1; 0 is a combination that is not seen at all. */
    private static double leastEigenvalue(double[][] a, double[] diagonal) {
        int n = a.length;
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double size = Math.sqrt(diagonal[i] * diagonal[j]);
                c[i][j] = i == j ? 1 : size > 0 ? a[i][j] / size : 0;
            }
        }
        double least = 1;
        for (double e : new EigenDecomposition(new Array2DRowRealMatrix(c, false)).getRealEigenvalues()) {
            least = Math.min(least, e);
        }
        return Math.max(-1e6, least);
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
