package sinterj.assimilate;

import java.util.Arrays;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Fits a {@link SharpView} to pairs of a density and what was seen there, by least squares over the means of narrow
 * ranges of density. How fast H goes from 0 to 1, and how far into its tails, depends on how the masks were made: a width
 * of 0.15 for all, though near the truth of a twin experiment, moved estimates by as much as their deviations.
 *
 * <p>Cost: one pass over the pairs, then some hundred evaluations of 64 means.
 */
final class ViewFit {
    private static final int RANGES = 64;
    private static final double FEWEST = 2000;
    private static final int MOST_EVALUATIONS = 4000;
    private static final double PRECISION = 1e-9;

    private static final double NARROWEST = 0.03;
    private static final double OFF_LEVEL = 0.3;
    private static final double MOST_FLOOR = 0.2;

    private final double[] weight = new double[RANGES];
    private final double[] density = new double[RANGES];
    private final double[] solid = new double[RANGES];

    /** A density of a simulation, for voxel k of the band, which lies in plane z at i. */
    interface Densities {
        float at(int frame, int k, int z, int i);
    }

    /** The operator that the first frame tells, of which the start is known. */
    static SharpView ofStart(Observation seen, float[][] start) {
        ViewFit fit = new ViewFit();
        fit.add(seen, 0, Band.around(seen, start), (frame, k, z, i) -> start[z][i]);
        return fit.view();
    }

    /** The operator that a simulation of the frames after the first tells. */
    static SharpView ofFrames(Observation seen, Band band, Densities densities) {
        ViewFit fit = new ViewFit();
        for (int t = 1; t < seen.frames(); t++) fit.add(seen, t, band, densities);
        return fit.view();
    }

    /**
     * @param rho a density
     * @param seen what the mask shows there, 0 to 1
     * @param times how much that counts
     */
    void add(float rho, double seen, double times) {
        double clipped = Math.min(1, Math.max(0, rho));
        int range = Math.min(RANGES - 1, (int) (clipped * RANGES));
        weight[range] += times;
        density[range] += times * clipped;
        solid[range] += times * seen;
    }

    /** Adds what a simulation shows near the surface in a frame, and what was seen. */
    private void add(Observation seen, int frame, Band band, Densities densities) {
        double whole = frame == 0 ? 1 : seen.weights()[frame]; // the weight of the start does not count
        band.forEachRun((k, z, i, count) -> {
            for (int n = 0; n < count; n++) {
                double part = seen.part(frame, z, i + n);
                add(densities.at(frame, k + n, z, i + n), part, whole * seen.weight(z, i + n));
            }
        });
    }

    /** The operator; the usual one if there are too few pairs for four numbers, or none fit. */
    SharpView view() {
        double all = Arrays.stream(weight).sum();
        if (all < FEWEST) return SharpView.USUAL;
        try {
            double[] found = new SimplexOptimizer(new SimpleValueChecker(-1, PRECISION * all))
                    .optimize(
                            new MaxEval(MOST_EVALUATIONS),
                            new ObjectiveFunction(free -> misfit(shape(free))),
                            GoalType.MINIMIZE,
                            new InitialGuess(new double[] {0, StrictMath.log(0.12), 0, -3}),
                            new NelderMeadSimplex(new double[] {0.1, 0.3, 0.5, 1}))
                    .getPoint();
            return new SharpView(shape(found));
        } catch (TooManyEvaluationsException e) {
            return SharpView.USUAL; // masks that no such operator describes
        }
    }

    /** Four unbounded numbers as a shape within its bounds. */
    private static SharpView.Shape shape(double[] free) {
        return new SharpView.Shape(
                0.5 + OFF_LEVEL * StrictMath.tanh(free[0]),
                NARROWEST + StrictMath.exp(Math.min(free[1], 0)),
                StrictMath.exp(Math.min(free[2], 3)),
                MOST_FLOOR / (1 + StrictMath.exp(-free[3])));
    }

    private double misfit(SharpView.Shape shape) {
        double sum = 0;
        for (int k = 0; k < RANGES; k++) {
            if (weight[k] == 0) continue;
            double d = shape.at(density[k] / weight[k]) - solid[k] / weight[k];
            sum += weight[k] * d * d;
        }
        return sum;
    }
}
