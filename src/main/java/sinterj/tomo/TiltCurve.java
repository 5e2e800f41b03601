package sinterj.tomo;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The path of a body on a tilting stage as projections show it: {@code u + a cos t + b sin t}, with u the offset of the
 * axis. Over a short range of tilts u and a are nearly the same, so neither of them is of use alone; the curve that they
 * make together is.
 */
final class TiltCurve {
    private static final int ROUNDS = 20;
    private static final double HUBER = 1.345;

    /** Directions weaker than this part of the strongest are left out: the data do not show them. */
    private static final double WEAKEST = 1e-6;

    private TiltCurve() {}

    /**
     * The curve nearest to positions, by Huber's weights, at the tilt of each.
     *
     * @param radians tilts
     * @param positions NaN where it is not known
     */
    static double[] fit(double[] radians, double[] positions) {
        double[] weights = new double[radians.length];
        for (int k = 0; k < weights.length; k++) weights[k] = Double.isNaN(positions[k]) ? 0 : 1;
        double[] curve = new double[radians.length];
        if (Arrays.stream(weights).sum() == 0) return curve;
        for (int round = 0; round < ROUNDS; round++) {
            curve = weighted(radians, positions, weights);
            double scale = scale(curve, positions);
            for (int k = 0; k < weights.length; k++) {
                double r = Math.abs(positions[k] - curve[k]) / scale;
                weights[k] = Double.isNaN(r) ? 0 : Math.min(1, HUBER / r);
            }
        }
        return curve;
    }

    private static double scale(double[] curve, double[] positions) {
        double[] sizes = new double[curve.length];
        int n = 0;
        for (int k = 0; k < curve.length; k++) {
            if (!Double.isNaN(positions[k])) sizes[n++] = Math.abs(positions[k] - curve[k]);
        }
        Arrays.sort(sizes, 0, n);
        return Math.max(1e-3, 1.4826 * sizes[n / 2]);
    }

    private static double[] weighted(double[] radians, double[] positions, double[] weights) {
        double[][] rows = basis(radians);
        double[] right = new double[radians.length];
        for (int k = 0; k < rows.length; k++) {
            double w = Math.sqrt(weights[k]);
            for (int j = 0; j < 3; j++) rows[k][j] *= w;
            right[k] = weights[k] == 0 ? 0 : w * positions[k];
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(rows));
        double[] sizes = svd.getSingularValues();
        double[] along = svd.getUT().operate(right);
        for (int j = 0; j < along.length; j++) {
            along[j] = sizes[j] > WEAKEST * sizes[0] ? along[j] / sizes[j] : 0;
        }
        return new Array2DRowRealMatrix(basis(radians)).operate(svd.getV().operate(along));
    }

    private static double[][] basis(double[] radians) {
        double[][] rows = new double[radians.length][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = new double[] {1, Math.cos(radians[k]), Math.sin(radians[k])};
        }
        return rows;
    }

    /** Condition number of the curve's three parts, each of length 1: large where u and a cannot be told apart. */
    static double condition(double[] radians) {
        double[][] rows = basis(radians);
        for (int j = 0; j < 3; j++) {
            int column = j;
            double length = new ArrayRealVector(
                            Arrays.stream(rows).mapToDouble(r -> r[column]).toArray())
                    .getNorm();
            for (double[] row : rows) row[j] /= Math.max(1e-300, length);
        }
        return new SingularValueDecomposition(new Array2DRowRealMatrix(rows)).getConditionNumber();
    }
}
