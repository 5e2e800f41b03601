package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Positions of a row of images along one direction, from measured differences between pairs and measured positions of
 * single ones. A measurement that contradicts the others loses its say: weights are those of Huber at first, then of
 * Tukey, so one bad image spoils no other. Cost: the cube of the number of images, some dozen times.
 */
final class RobustPositions {
    private static final int HUBER_ROUNDS = 15;
    private static final int TUKEY_ROUNDS = 15;
    private static final double HUBER = 1.345;
    private static final double TUKEY = 4.685;

    /** Disagreements below this, in pixels, are no sign of a wrong measurement. */
    private static final double SMALLEST_SCALE = 0.02;

    /** Keeps an image in place that nothing says anything about; far too weak to move another. */
    private static final double RIDGE = 1e-9;

    /** A measured position of {@code to}, against the position of {@code from}, or absolute if that is negative. */
    private record Measured(int from, int to, double value, double trust) {
        double residual(double[] positions) {
            return positions[to] - (from < 0 ? 0 : positions[from]) - value;
        }
    }

    private final int count;
    private final List<Measured> measured = new ArrayList<>();

    RobustPositions(int count) {
        this.count = count;
    }

    /** Says that {@code to} lies at {@code from} plus a value. */
    void difference(int from, int to, double value) {
        measured.add(new Measured(from, to, value, 1));
    }

    /** Says where an image lies. */
    void position(int at, double value) {
        measured.add(new Measured(-1, at, value, 1));
    }

    /** Says that two images lie together unless something else is known of them. */
    void together(int from, int to) {
        measured.add(new Measured(from, to, 0, 1e-6));
    }

    /** Holds an image in place. */
    void fix(int at) {
        measured.add(new Measured(-1, at, 0, 1e6));
    }

    /** The positions that agree best with what was measured. */
    double[] solve() {
        double[] weights = new double[measured.size()];
        Arrays.fill(weights, 1);
        double[] positions = fit(weights);
        for (int round = 0; round < HUBER_ROUNDS + TUKEY_ROUNDS; round++) {
            double scale = scale(positions);
            for (int i = 0; i < weights.length; i++) {
                if (measured.get(i).trust != 1) continue;
                double r = Math.abs(measured.get(i).residual(positions)) / scale;
                weights[i] = round >= HUBER_ROUNDS ? tukey(r) : Math.min(1, HUBER / r);
            }
            positions = fit(weights);
        }
        return positions;
    }

    /** Standard deviation of the measurements as their median tells it, whatever a few of them say. */
    private double scale(double[] positions) {
        double[] sizes = measured.stream()
                .filter(m -> m.trust == 1)
                .mapToDouble(m -> Math.abs(m.residual(positions)))
                .sorted()
                .toArray();
        return sizes.length == 0 ? 1 : Math.max(SMALLEST_SCALE, 1.4826 * sizes[sizes.length / 2]);
    }

    private static double tukey(double r) {
        double t = Math.max(0, 1 - r * r / (TUKEY * TUKEY));
        return t * t;
    }

    /** Root mean square disagreement of each image with what was measured of it. */
    double[] misfit(double[] positions) {
        double[] squares = new double[count];
        int[] terms = new int[count];
        for (Measured m : measured) {
            if (m.trust != 1) continue;
            double r = m.residual(positions);
            for (int image : new int[] {m.from, m.to}) {
                if (image < 0) continue;
                squares[image] += r * r;
                terms[image]++;
            }
        }
        double[] misfit = new double[count];
        for (int k = 0; k < count; k++) misfit[k] = Math.sqrt(squares[k] / Math.max(1, terms[k]));
        return misfit;
    }

    private double[] fit(double[] weights) {
        double[][] normal = new double[count][count];
        double[] right = new double[count];
        for (int k = 0; k < count; k++) normal[k][k] = RIDGE;
        for (int i = 0; i < weights.length; i++) {
            Measured m = measured.get(i);
            double w = weights[i] * m.trust;
            normal[m.to][m.to] += w;
            right[m.to] += w * m.value;
            if (m.from < 0) continue;
            normal[m.from][m.from] += w;
            normal[m.from][m.to] -= w;
            normal[m.to][m.from] -= w;
            right[m.from] -= w * m.value;
        }
        CholeskyDecomposition cholesky =
                new CholeskyDecomposition(new Array2DRowRealMatrix(normal, false), 1e-9, 1e-14);
        return cholesky.getSolver().solve(new ArrayRealVector(right, false)).toArray();
    }
}
