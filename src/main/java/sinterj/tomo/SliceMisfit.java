package sinterj.tomo;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * By how much the moments of slices violate what those of projections must fulfil: as the stage tilts by t, the moment
 * of order n is a sum of cos(m t) and sin(m t) with m = n, n - 2, ... Masses (order 0) may differ by the brightness of
 * each projection. Each frequency along the axis counts for itself.
 */
final class SliceMisfit {
    /** Over a short range of tilts waves are nearly alike; sums of them weaker than this are noise. */
    private static final double WEAKEST = 1e-4;

    private final boolean[] counted;
    private final RealMatrix[] predictions;
    private final double[][][] moments;
    private int free;

    /**
     * @param orders number of moments, from order 0 on
     * @param counted projections that decide what the moments should be
     */
    SliceMisfit(double[] radians, int orders, boolean[] counted) {
        this.counted = counted.clone();
        predictions = new RealMatrix[orders];
        moments = new double[orders][radians.length][];
        for (int order = 0; order < orders; order++) predictions[order] = prediction(radians, order);
    }

    /** The matrix that turns the moments of the projections that count into what all of them should have. */
    private RealMatrix prediction(double[] radians, int order) {
        int n = radians.length;
        double[][] waves = new double[n][];
        double[][] counting = new double[n][];
        for (int k = 0; k < n; k++) {
            waves[k] = waves(radians[k], order);
            counting[k] = counted[k] ? waves[k].clone() : new double[waves[k].length];
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(new Array2DRowRealMatrix(counting));
        double[] sizes = svd.getSingularValues();
        RealMatrix inverse = svd.getUT().copy();
        for (int j = 0; j < sizes.length; j++) {
            boolean strong = sizes[j] > WEAKEST * sizes[0];
            inverse.setRowVector(j, inverse.getRowVector(j).mapMultiply(strong ? 1 / sizes[j] : 0));
            if (strong) free++;
        }
        return new Array2DRowRealMatrix(waves).multiply(svd.getV()).multiply(inverse);
    }

    private static double[] waves(double t, int order) {
        double[] waves = new double[order + 1];
        int i = 0;
        for (int m = order; m > 0; m -= 2) {
            waves[i++] = Math.cos(m * t);
            waves[i++] = Math.sin(m * t);
        }
        if (i == order) waves[i] = 1;
        return waves;
    }

    /** Gives the spectrum of a moment of projection k, shifted so that its masses lie on the common ones. */
    void set(int order, int k, double[] spectrum) {
        moments[order][k] = spectrum;
    }

    /** Number of terms in the sum less the numbers that were fitted to them. */
    double terms() {
        int n = 0;
        for (boolean c : counted) if (c) n++;
        return Math.max(1, moments[0][0].length * ((double) n * moments.length - n - free));
    }

    /** The sum over the projections that count. */
    double sum() {
        double sum = 0;
        double[] each = each();
        for (int k = 0; k < each.length; k++) if (counted[k]) sum += each[k];
        return sum;
    }

    /** The violation by each projection. */
    double[] each() {
        double[] brightness = brightness();
        double[] each = new double[counted.length];
        double[] seen = new double[counted.length];
        for (int order = 0; order < moments.length; order++) {
            for (int i = 0; i < moments[0][0].length; i++) {
                for (int k = 0; k < seen.length; k++) seen[k] = moments[order][k][i] / brightness[k];
                double[] expected = predictions[order].operate(seen);
                for (int k = 0; k < seen.length; k++) {
                    each[k] += (seen[k] - expected[k]) * (seen[k] - expected[k]);
                }
            }
        }
        return each;
    }

    private double[] brightness() {
        double[][] mass = moments[0];
        double[] common = new double[mass[0].length];
        for (int k = 0; k < mass.length; k++) {
            if (!counted[k]) continue;
            for (int i = 0; i < common.length; i++) common[i] += mass[k][i];
        }
        double norm = 0;
        double mean = 0;
        double[] brightness = new double[mass.length];
        for (double v : common) norm += v * v;
        for (int k = 0; k < mass.length; k++) {
            double product = 0;
            for (int i = 0; i < common.length; i++) product += common[i] * mass[k][i];
            brightness[k] = norm > 0 ? product / norm : 1;
            mean += brightness[k] / mass.length;
        }
        // A projection that does not resemble the others at all is as good as dark.
        for (int k = 0; k < mass.length; k++) brightness[k] = mean > 0 ? Math.max(0.1, brightness[k] / mean) : 1;
        return brightness;
    }
}
