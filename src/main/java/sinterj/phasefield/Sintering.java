package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * Simulates sintering with the phase-field model of Wang (2006), doi:10.1016/j.actamat.2005.10.032, as in Yamamoto et
 * al. 2025: a density that is conserved and an order parameter per grain.
 *
 * <p>{@code d eta_i/dt = -M_eta dF/deta_i - div(eta_i v_i)} and
 * {@code d rho/dt = div(M grad dF/drho) - div(rho sum v_i)} with {@code M = Mvol h + Mvap (1-h) + Msurf rho^2 (1-rho)^2
 * + Mgb sum sum eta_i eta_j}, {@code h = rho^3 (10 - 15 rho + 6 rho^2)}, the sums over all ordered pairs. The density
 * is clamped to 0 ... 1 inside M only. Matter is conserved to 1e-8 (compensated summation), and the free energy never
 * rises unless grains move as bodies.
 *
 * <p>Cost: about 10 ns per voxel and evaluation of the rates on one thread, 18 with motion; memory 24 bytes for each
 * voxel of the grid and of the grains' boxes.
 */
public final class Sintering {
    private Sintering() {}

    /** Receives the frames as they come. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param frame the frame, the receiver's own
         * @return whether to go on
         */
        boolean take(Frame frame);
    }

    /**
     * Simulates at constant temperature, with adaptive steps.
     *
     * @param start where it starts; not changed
     * @param material the material
     * @param seconds rising times of the frames; the first is the time of the start
     * @return one frame per time, or fewer if the user ended it early
     */
    public static List<Frame> run(SinterState start, Material material, double[] seconds, Progress progress) {
        List<Frame> frames = new ArrayList<>();
        run(start, Course.constant(material), seconds, Stepping.adaptive(), frames::add, progress);
        return frames;
    }

    /**
     * Simulates.
     *
     * @param start where it starts; not changed
     * @param course the material by time
     * @param seconds rising times of the frames; the first is the time of the start
     * @param stepping how time is stepped through
     * @param sink takes the frames
     * @return whether the last frame was reached
     */
    public static boolean run(
            SinterState start, Course course, double[] seconds, Stepping stepping, Sink sink, Progress progress) {
        if (seconds.length == 0) throw new InvalidInput("There are no frame times. Give at least one.");
        return new SinterRun(start, course, seconds, stepping, progress).to(sink, point -> {});
    }
}
