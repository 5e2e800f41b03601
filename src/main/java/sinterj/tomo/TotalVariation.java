package sinterj.tomo;

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
        Geometry geometry = projector.geometry();
        float[][] x = start != null ? start : RowImages.zeros(geometry.voxelRows(), data[0].length);
        PrimalDual solver = new PrimalDual(projector, back, data, weights, x, settings);
        LiveView view = new LiveView(geometry, progress);
        Convergence convergence = new Convergence();
        double scale = norm(data, weights);
        boolean complete = true;
        for (int i = 0; i < settings.iterations(); i++) {
            progress.check();
            double change = solver.relativeChange();
            solver.up(progress);
            solver.down(progress);
            // The step just made told the objective of the volume that it started from.
            if (i > 0) note(solver, change, settings, scale, convergence);
            progress.report((i + 1.0) / settings.iterations(), "Reconstructing");
            view.show(x);
            if (settings.tolerance() > 0 && convergence.settled(settings.tolerance(), settings.tolerance() / 10)) break;
            complete = i == settings.iterations() - 1 || !progress.finishEarly();
            if (!complete) break;
            if (settings.adaptive() && adaptsAt(i)) adapt(solver, progress);
        }
        double change = solver.relativeChange();
        solver.finish();
        solver.measure(progress);
        note(solver, change, settings, scale, convergence);
        solver.release();
        return new Reconstruction(x, convergence, complete);
    }

    private static void adapt(PrimalDual solver, Progress progress) {
        double g = solver.suitableBalance(progress);
        if (g > 0 && g < Double.POSITIVE_INFINITY) solver.setBalance(g);
    }

    /** A few times early on, when the estimate is rough, and never again. */
    private static boolean adaptsAt(int iteration) {
        return iteration == 10 || iteration == 20 || iteration == 40 || iteration == 80;
    }

    private static void note(
            PrimalDual solver, double change, Settings settings, double scale, Convergence convergence) {
        double misfit = solver.halfSquaredMisfit();
        double objective = misfit + settings.lambda() * solver.variation();
        double residual = scale == 0 ? 0 : Math.sqrt(2 * misfit) / scale;
        convergence.add(objective, residual, change);
    }

    private static double norm(float[][] data, float[][] weights) {
        float[] zero = new float[data[0].length];
        double sum = 0;
        for (int r = 0; r < data.length; r++) {
            sum += VolumeKernels.squaredDistance(data[r], zero, weights == null ? null : weights[r], 0, zero.length);
        }
        return Math.sqrt(sum);
    }
}
