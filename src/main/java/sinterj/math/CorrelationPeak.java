package sinterj.math;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.EigenDecomposition;

/** A correlation as a sum of waves; climbs from a point near its peak to the very peak. */
final class CorrelationPeak {
    private static final double CLOSE_ENOUGH = 1e-4;

    private final double[] cross;
    private final int[] half;
    private final int[] period;

    /**
     * @param cross pairs of numbers by frequency, from -half to half along each of three sides
     * @param period length of a side in pixels
     */
    CorrelationPeak(double[] cross, int[] half, int[] period) {
        this.cross = cross;
        this.half = half;
        this.period = period;
    }

    /** Value at a shift. */
    double value(double[] by) {
        return jet(by)[0];
    }

    /** From a start to the peak, or the start itself if Newton's steps do not stay near it. */
    double[] climb(double[] start, double limit, int steps) {
        double[] at = start.clone();
        for (int i = 0; i < steps; i++) {
            double[] step = step(jet(at));
            double length = 0;
            double away = 0;
            for (int d = 0; d < 3; d++) {
                at[d] += step[d];
                length = Math.max(length, Math.abs(step[d]));
                away = Math.max(away, Math.abs(at[d] - start[d]) / gridStep(d));
                if (Math.abs(at[d]) > limit + gridStep(d)) return start;
            }
            if (!(away < 2)) return start;
            if (length < CLOSE_ENOUGH) return at;
        }
        return at;
    }

    private double gridStep(int d) {
        return half[d] == 0 ? 1 : (double) period[d] / (4 * half[d] + 2);
    }

    /** Newton's step where the surface is a dome, else a short one uphill. */
    private double[] step(double[] jet) {
        double[] step = new double[3];
        int[] free =
                java.util.stream.IntStream.range(0, 3).filter(d -> half[d] > 0).toArray();
        if (free.length == 0) return step;
        Array2DRowRealMatrix curvature = new Array2DRowRealMatrix(free.length, free.length);
        ArrayRealVector slope = new ArrayRealVector(free.length);
        for (int a = 0; a < free.length; a++) {
            slope.setEntry(a, jet[1 + free[a]]);
            for (int b = 0; b < free.length; b++) {
                int low = Math.min(free[a], free[b]);
                int high = Math.max(free[a], free[b]);
                curvature.setEntry(a, b, -jet[4 + low * 3 - low * (low - 1) / 2 + high - low]);
            }
        }
        EigenDecomposition eigen = new EigenDecomposition(curvature);
        double smallest =
                java.util.Arrays.stream(eigen.getRealEigenvalues()).min().orElseThrow();
        if (smallest > 0) {
            DecompositionSolver solver = eigen.getSolver();
            ArrayRealVector newton = new ArrayRealVector(solver.solve(slope));
            for (int a = 0; a < free.length; a++) step[free[a]] = newton.getEntry(a);
        } else if (slope.getNorm() > 0) {
            for (int a = 0; a < free.length; a++) {
                step[free[a]] = 0.25 * gridStep(free[a]) * slope.getEntry(a) / slope.getNorm();
            }
        }
        return step;
    }

    /** Value, three first derivatives, and the second ones xx, xy, xz, yy, yz, zz. */
    private double[] jet(double[] by) {
        double[][] waves = new double[3][];
        for (int d = 0; d < 3; d++) waves[d] = waves(d, by[d]);
        double[] jet = new double[10];
        int i = 0;
        for (int fz = -half[2]; fz <= half[2]; fz++) {
            double qz = 2 * Math.PI * fz / period[2];
            for (int fy = -half[1]; fy <= half[1]; fy++) {
                double qy = 2 * Math.PI * fy / period[1];
                double re = product(waves, fy, fz, true);
                double im = product(waves, fy, fz, false);
                double sum = 0;
                double sumX = 0;
                double sumXx = 0;
                double odd = 0;
                double oddX = 0;
                for (int j = 0; j <= 2 * half[0]; j++, i += 2) {
                    double c = re * waves[0][2 * j] - im * waves[0][2 * j + 1];
                    double s = re * waves[0][2 * j + 1] + im * waves[0][2 * j];
                    double even = cross[i] * c - cross[i + 1] * s;
                    double minus = -(cross[i] * s + cross[i + 1] * c);
                    double qx = 2 * Math.PI * (j - half[0]) / period[0];
                    sum += even;
                    sumX += qx * even;
                    sumXx += qx * qx * even;
                    odd += minus;
                    oddX += qx * minus;
                }
                jet[0] += sum;
                jet[1] += oddX;
                jet[2] += qy * odd;
                jet[3] += qz * odd;
                jet[4] -= sumXx;
                jet[5] -= qy * sumX;
                jet[6] -= qz * sumX;
                jet[7] -= qy * qy * sum;
                jet[8] -= qy * qz * sum;
                jet[9] -= qz * qz * sum;
            }
        }
        return jet;
    }

    private double product(double[][] waves, int fy, int fz, boolean real) {
        double a = waves[1][2 * (fy + half[1])];
        double b = waves[1][2 * (fy + half[1]) + 1];
        double c = waves[2][2 * (fz + half[2])];
        double d = waves[2][2 * (fz + half[2]) + 1];
        return real ? a * c - b * d : a * d + b * c;
    }

    private double[] waves(int d, double by) {
        double[] waves = new double[2 * (2 * half[d] + 1)];
        for (int f = -half[d]; f <= half[d]; f++) {
            double phase = 2 * Math.PI * f * by / period[d];
            waves[2 * (f + half[d])] = Math.cos(phase);
            waves[2 * (f + half[d]) + 1] = Math.sin(phase);
        }
        return waves;
    }
}
