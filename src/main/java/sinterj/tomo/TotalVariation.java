package sinterj.tomo;

import java.util.List;
import sinterj.base.Progress;

/**
 * The volume x that explains the projections b and has little surface: it minimises
 * {@code 1/2 sum w (A x - b)^2 + lambda TV(x)} within limits, with TV the sum of the lengths of the forward differences
 * (isotropic, in three dimensions).
 *
 * <p>Solved by the primal-dual method of Chambolle and Pock with diagonal step lengths (Pock and Chambolle 2011,
 * doi:10.1109/ICCV.2011.6126441), which converges to the minimum from any start. The balance g between primal and dual
 * steps decides how fast. Where we depart from the paper: g is chosen from the solution at hand, at a few early
 * iterations only, so that convergence is not touched.
 *
 * <p>How far the objective can still be above its minimum is known from the dual fields: the gap, for densities of at
 * most twice the largest so far where there is no upper limit. With longer steps the dual fields are shrunk into their
 * limits first.
 *
 * <p>Cost of an iteration: one projection, one back-projection and about 4 ns per voxel. Memory: 20 bytes per voxel, 16
 * per detector pixel, and 16 per weight of the projection.
 */
public final class TotalVariation {
    /** Where the balance of steps starts; right within a factor of three for the tilt series tried. */
    public static final double USUAL_BALANCE = 0.1;

    private TotalVariation() {}

    /**
     * How to solve.
     *
     * @param lambda weight of the total variation, at least 0
     * @param iterations most iterations
     * @param tolerance ends once the relative change stays below this and the objective's below a tenth; 0 = never
     * @param lower smallest value
     * @param upper largest value
     * @param zWeight factor on differences along z: pixel over slice distance for unequal voxels, 1 for cubes
     * @param balance start value of g, greater than 0
     * @param adaptive whether g is adapted
     * @param relaxation factor on each step, from 1 to less than 2
     */
    public record Settings(
            double lambda,
            int iterations,
            double tolerance,
            float lower,
            float upper,
            double zWeight,
            double balance,
            boolean adaptive,
            double relaxation) {

        /** Positive values, cubes, adapted steps. */
        public static Settings of(double lambda, int iterations) {
            return new Settings(lambda, iterations, 0, 0, Float.MAX_VALUE, 1, USUAL_BALANCE, true, 1);
        }

        /** With longer steps, from 1 to less than 2. */
        public Settings withRelaxation(double value) {
            return new Settings(lambda, iterations, tolerance, lower, upper, zWeight, balance, adaptive, value);
        }

        /** With another weight and number of iterations. */
        public Settings withLambda(double value, int most) {
            return new Settings(value, most, tolerance, lower, upper, zWeight, balance, adaptive, relaxation);
        }

        /** With a balance of steps to start from. */
        public Settings withStartBalance(double g) {
            return new Settings(lambda, iterations, tolerance, lower, upper, zWeight, g, true, relaxation);
        }

        /** Until settled. */
        public Settings withTolerance(double value) {
            return new Settings(lambda, iterations, value, lower, upper, zWeight, balance, adaptive, relaxation);
        }

        /** Within other limits. */
        public Settings within(float low, float high) {
            return new Settings(lambda, iterations, tolerance, low, high, zWeight, balance, adaptive, relaxation);
        }

        /** With a balance of steps that stays. */
        public Settings withFixedBalance(double g) {
            return new Settings(lambda, iterations, tolerance, lower, upper, zWeight, g, false, 1);
        }

        /** With another weight of differences along z. */
        public Settings withZWeight(double value) {
            return new Settings(lambda, iterations, tolerance, lower, upper, value, balance, adaptive, relaxation);
        }
    }

    /**
     * Solves for a volume.
     *
     * @param projector the projection
     * @param back its transpose
     * @param data projections as rows
     * @param weights one per value of the data, or null for 1
     * @param start a volume as rows to start from, overwritten; or null for zeros
     * @return the volume, with one step per iteration
     */
    public static Reconstruction solve(
            Projector projector,
            BackProjector back,
            float[][] data,
            float[][] weights,
            float[][] start,
            Settings settings,
            Progress progress) {
        Frame frame = new Frame(data, weights, start);
        OverTime found = solve(projector, back, List.of(frame), 0, settings, progress);
        return new Reconstruction(found.volumes().get(0), found.convergence(), found.complete());
    }

    /**
     * One time point.
     *
     * @param data projections as rows
     * @param weights one per value of the data, or null for 1
     * @param start a volume as rows to start from, overwritten; or null for zeros
     */
    public record Frame(float[][] data, float[][] weights, float[][] start) {}

    /**
     * The volumes of all time points.
     *
     * @param volumes as rows, one per time point
     * @param convergence of all of them together
     * @param complete false if the user ended it early
     */
    public record OverTime(List<float[][]> volumes, Convergence convergence, boolean complete) {}

    /**
     * Solves for the volumes of all time points at once: the sum of their objectives, plus {@code temporal} times the
     * sum of the absolute changes of each voxel from one time point to the next. What stays is then seen through the
     * tilts of several time points, and what changes may change at once. Memory: that of one volume for each, plus 4
     * bytes per voxel.
     *
     * @param frames at least one, all with the rays of the projector
     * @param temporal weight of changes over time, at least 0
     */
    public static OverTime solve(
            Projector projector,
            BackProjector back,
            List<Frame> frames,
            double temporal,
            Settings settings,
            Progress progress) {
        PrimalDualFrames solver = new PrimalDualFrames(projector, back, frames, temporal, settings, progress);
        LiveView view = new LiveView(projector.geometry(), progress);
        Convergence convergence = new Convergence();
        boolean complete = true;
        for (int i = 0; i < settings.iterations(); i++) {
            progress.check();
            double change = solver.relativeChange();
            solver.step();
            // The step just made told the objective of the volume that it started from.
            if (i > 0) solver.note(change, convergence);
            progress.report((i + 1.0) / settings.iterations(), "Reconstructing");
            view.show(solver.middleVolume());
            if (settings.tolerance() > 0 && convergence.settled(settings.tolerance(), settings.tolerance() / 10)) break;
            complete = i == settings.iterations() - 1 || !progress.finishEarly();
            if (!complete) break;
            if (settings.adaptive() && adaptsAt(i)) solver.adaptBalance();
        }
        solver.finish(convergence);
        return new OverTime(solver.volumes(), convergence, complete);
    }

    /** A few times early on, when the estimate is rough, and never again. */
    private static boolean adaptsAt(int iteration) {
        return iteration == 10 || iteration == 20 || iteration == 40 || iteration == 80;
    }
}
