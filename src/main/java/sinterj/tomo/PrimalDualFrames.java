package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Progress;

/** The solvers of all time points, stepped together, with what couples them if anything does. */
final class PrimalDualFrames {
    private final List<PrimalDual> frames = new ArrayList<>();
    private final TimeCoupling time;
    private final TotalVariation.Settings settings;
    private final Progress progress;
    private final double scale;

    PrimalDualFrames(
            Projector projector,
            BackProjector back,
            List<TotalVariation.Frame> given,
            double temporal,
            TotalVariation.Settings settings,
            Progress progress) {
        this.settings = settings;
        this.progress = progress;
        Geometry geometry = projector.geometry();
        int length = given.get(0).data()[0].length;
        boolean coupled = temporal > 0 && given.size() > 1;
        time = coupled ? new TimeCoupling(given.size(), temporal, geometry, length, settings) : null;
        double squares = 0;
        for (TotalVariation.Frame frame : given) {
            float[][] x = frame.start() != null ? frame.start() : RowImages.zeros(geometry.voxelRows(), length);
            frames.add(
                    new PrimalDual(projector, back, frame.data(), frame.weights(), x, settings, time, frames.size()));
            squares += squares(frame.data(), frame.weights());
        }
        scale = Math.sqrt(squares);
    }

    private static double squares(float[][] data, float[][] weights) {
        float[] zero = new float[data[0].length];
        double sum = 0;
        for (int r = 0; r < data.length; r++) {
            sum += VolumeKernels.squaredDistance(data[r], zero, weights == null ? null : weights[r], 0, zero.length);
        }
        return sum;
    }

    /** One iteration. */
    void step() {
        for (PrimalDual frame : frames) frame.up(progress);
        if (time != null) time.up(frames, progress);
        for (PrimalDual frame : frames) frame.down(progress);
    }

    /** Norm of the last change over the norm of the volumes. */
    double relativeChange() {
        double changed = 0;
        double size = 0;
        for (PrimalDual frame : frames) {
            double[] squares = frame.squaredChange();
            changed += squares[0];
            size += squares[1];
        }
        return size == 0 ? 0 : Math.sqrt(changed / size);
    }

    /** Sets the balance of steps to what suits the solution at hand. */
    void adaptBalance() {
        double primal = 0;
        double dual = time == null ? 0 : time.weightedSquares(progress);
        for (PrimalDual frame : frames) {
            double[] squares = frame.weightedSquares(progress);
            primal += squares[0];
            dual += squares[1];
        }
        double g = Math.sqrt(primal / dual);
        if (!(g > 0 && g < Double.POSITIVE_INFINITY)) return;
        for (PrimalDual frame : frames) frame.setBalance(g);
        if (time != null) time.setBalance(g);
    }

    /** Brings the volumes within their limits and notes how good they are. */
    void finish(Convergence convergence) {
        double change = relativeChange();
        for (PrimalDual frame : frames) {
            frame.finish();
            frame.measure(progress);
        }
        if (time != null) time.measure(frames, progress);
        note(change, convergence);
        for (PrimalDual frame : frames) frame.release();
    }

    /** Notes how good the volumes are that were seen last. */
    void note(double change, Convergence convergence) {
        double misfit = 0;
        double penalty = time == null ? 0 : time.penalty();
        double shrink = time == null ? 1 : time.excess();
        for (PrimalDual frame : frames) {
            misfit += frame.halfSquaredMisfit();
            penalty += settings.lambda() * frame.variation();
            shrink = Math.max(shrink, frame.excess());
        }
        double dual = 0;
        for (PrimalDual frame : frames) dual += frame.dualObjective(shrink);
        double objective = misfit + penalty;
        double residual = scale == 0 ? 0 : Math.sqrt(2 * misfit) / scale;
        double gap = objective == 0 ? 0 : Math.max(0, (objective - dual) / objective);
        convergence.add(objective, residual, gap, change);
    }

    /** The volume in the middle of time, for the eye. */
    float[][] middleVolume() {
        return frames.get(frames.size() / 2).volume();
    }

    /** The volumes so far. */
    List<float[][]> volumes() {
        return frames.stream().map(PrimalDual::volume).toList();
    }
}
