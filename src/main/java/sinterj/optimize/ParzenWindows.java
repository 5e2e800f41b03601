package sinterj.optimize;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;
import sinterj.math.RandomDraws;

/**
 * A density on the cube as a weighted sum of bells, one at each of some points and a wide one over everything that
 * keeps the density from vanishing anywhere. A bell is a product of normal distributions, each cut off at 0 and 1.
 */
final class ParzenWindows {
    /** From this many points on, older ones weigh less. */
    private static final int FULL_WEIGHT = 25;

    /** The wide bell. */
    private static final double MIDDLE = 0.5;

    /** Width of the bells of a joint density for one point, as share of the range. */
    private static final double JOINT_WIDTH = 0.1;

    /** Width of a bell on one axis, as share of the gap to its farther neighbour. */
    private static final double SHARE_OF_GAP = 0.5;

    /** No bell is narrower than this share of the range. */
    private static final double NARROWEST = 0.01;

    /** Weight of the wide bell, as share of the others' mean. */
    private static final double WIDE_WEIGHT = 0.3;

    private final double[][] centres;
    private final double[][] widths;
    private final double[] cumulated;
    private final double[] logFactors;

    private ParzenWindows(double[][] centres, double[][] widths, double[] pointWeights) {
        this.centres = centres;
        this.widths = widths;
        double[] weights = withWideBell(pointWeights);
        cumulated = weights.clone();
        Arrays.parallelPrefix(cumulated, Double::sum);
        logFactors = new double[centres.length];
        for (int k = 0; k < centres.length; k++) {
            double log = StrictMath.log(weights[k]);
            for (int i = 0; i < centres[k].length; i++) log -= logArea(centres[k][i], widths[k][i]);
            logFactors[k] = log;
        }
    }

    /** Logarithm of the area of a bell without its factor between 0 and 1. */
    private static double logArea(double centre, double width) {
        double root = width * Math.sqrt(2);
        double inside = 0.5 * Erf.erf(-centre / root, (1 - centre) / root);
        return StrictMath.log(Math.sqrt(2 * Math.PI) * width * inside);
    }

    /**
     * One axis alone: each bell as wide as the larger gap to its neighbours (Bergstra et al. 2011), within limits.
     *
     * @param points any number of them
     * @param weights one for each
     */
    static ParzenWindows alongOneAxis(double[] points, double[] weights) {
        int n = points.length + 1;
        double[] all = Arrays.copyOf(points, n);
        all[n - 1] = MIDDLE;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(all[a], all[b]));
        double[][] widths = new double[n][1];
        for (int s = 0; s < n; s++) {
            double left = s == 0 ? 0 : all[order[s]] - all[order[s - 1]];
            double right = s == n - 1 ? 0 : all[order[s + 1]] - all[order[s]];
            widths[order[s]][0] = limited(SHARE_OF_GAP * Math.max(left, right), 1 + 2 * n);
        }
        widths[n - 1][0] = 1;
        double[][] centres = new double[n][];
        for (int k = 0; k < n; k++) centres[k] = new double[] {all[k]};
        return new ParzenWindows(centres, widths, weights);
    }

    /**
     * All axes together, so that what varies together is drawn together: all bells equally wide, the narrower the more
     * points there are (Falkner et al. 2018, arXiv:1807.01774).
     *
     * @param points any number of them
     * @param weights one for each
     */
    static ParzenWindows joint(double[][] points, double[] weights, int dimensions) {
        int n = points.length + 1;
        double[][] centres = Arrays.copyOf(points, n);
        double[][] widths = new double[n][dimensions];
        double width = JOINT_WIDTH * StrictMath.pow(Math.max(1, n - 1), -1.0 / (dimensions + 4));
        for (int k = 0; k < n - 1; k++) Arrays.fill(widths[k], limited(width, 1 / NARROWEST));
        centres[n - 1] = new double[dimensions];
        Arrays.fill(centres[n - 1], MIDDLE);
        Arrays.fill(widths[n - 1], 1);
        return new ParzenWindows(centres, widths, weights);
    }

    private static double limited(double width, double parts) {
        return Math.min(1, Math.max(width, Math.max(NARROWEST, 1 / parts)));
    }

    /** The weights with that of the wide bell behind them, their sum 1. */
    private static double[] withWideBell(double[] points) {
        int n = points.length;
        double[] weights = Arrays.copyOf(points, n + 1);
        double sum = 0;
        for (double w : points) sum += w;
        weights[n] = n == 0 ? 1 : WIDE_WEIGHT * sum / n;
        for (int k = 0; k <= n; k++) weights[k] /= sum + (n == 0 ? 1 : WIDE_WEIGHT * sum / n);
        return weights;
    }

    /** Weights by age: the last 25 points weigh 1, older ones less and less. */
    static double[] byAge(int points) {
        double[] weights = new double[points];
        int old = Math.max(0, points - FULL_WEIGHT);
        for (int k = 0; k < points; k++) {
            double first = 1.0 / points;
            weights[k] = k >= old ? 1 : old == 1 ? first : first + (1 - first) * k / (old - 1.0);
        }
        return weights;
    }

    /** A random point of this density. */
    double[] draw(SplittableRandom random) {
        double where = random.nextDouble() * cumulated[cumulated.length - 1];
        int k = 0;
        while (k < cumulated.length - 1 && where >= cumulated[k]) k++;
        double[] point = new double[centres[k].length];
        for (int i = 0; i < point.length; i++) {
            do {
                point[i] = centres[k][i] + widths[k][i] * RandomDraws.gaussian(random);
            } while (point[i] < 0 || point[i] > 1); // centres lie within, widths below 1: a third succeed at least
        }
        return point;
    }

    /** Logarithm of the density at a point. */
    double log(double[] point) {
        double[] logs = new double[centres.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            double log = logFactors[k];
            for (int i = 0; i < point.length; i++) {
                double z = (point[i] - centres[k][i]) / widths[k][i];
                log -= z * z / 2;
            }
            logs[k] = log;
            most = Math.max(most, log);
        }
        double sum = 0;
        for (double log : logs) sum += StrictMath.exp(log - most);
        return most + StrictMath.log(sum);
    }
}
