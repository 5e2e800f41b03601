package sinterj.assimilate;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.phasefield.Course;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.SinterRun;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Stepping;

/**
 * The phase-field simulation as a {@link ForwardModel}. Its grid may differ from the observation's: densities are
 * interpolated linearly between the voxels of the simulation, both grids having the same corner.
 */
public final class PhaseFieldModel implements ForwardModel {
    /**
     * Evaluations of the rates for each stretch between frames, several times what sintering takes; and for a run. Where
     * grains pull at each other so strongly that they tremble, steps become as short as the threshold of the force is
     * sharp, and a run would never end.
     */
    private static final long MOST_PER_FRAME = 400;

    private static final long MOST = 4000;

    /** So many times more where grains are crystals, whose facets make steps shorter. */
    private static final long OF_CRYSTALS = 10;

    /**
     * What a run needs besides its start.
     *
     * @param course the material by time
     * @param crystals directions of the grains; null for none
     * @param stepping how time is stepped through
     */
    public record Physics(Course course, Crystals crystals, Stepping stepping) {
        /** A material that stays as it is, without directions. */
        public static Physics of(Material material) {
            return new Physics(Course.constant(material), null, Stepping.adaptive());
        }
    }

    private final Function<Map<String, Double>, SinterState> starts;
    private final BiFunction<Map<String, Double>, SinterState, Physics> physics;
    private final double[] seconds;
    private final int[] size;
    private final double[] voxel;

    /**
     * @param starts where a run starts, by its parameters; none stand for the usual ones
     * @param physics of the parameters by name, for a start
     * @param seconds times of the frames
     * @param size voxels of the observation along x, y and z
     * @param voxel sides of one of them, in metres
     */
    public PhaseFieldModel(
            Function<Map<String, Double>, SinterState> starts,
            BiFunction<Map<String, Double>, SinterState, Physics> physics,
            double[] seconds,
            int[] size,
            double[] voxel) {
        this.starts = starts;
        this.physics = physics;
        this.seconds = seconds.clone();
        this.size = size.clone();
        this.voxel = voxel.clone();
    }

    @Override
    public void run(Map<String, Double> parameters, Sink sink, Progress progress) {
        try {
            SinterState start = starts.apply(parameters);
            Physics chosen = physics.apply(parameters, start);
            new SinterRun(
                            new SinterRun.RestartPoint(start, 0, 0),
                            chosen.course,
                            seconds,
                            chosen.crystals,
                            bounded(chosen),
                            progress)
                    .to(
                            frame -> sink.take(frame.index(), onObservation(start.grid(), frame.density(), progress)),
                            point -> {});
        } catch (InvalidInput e) {
            throw new ArithmeticException(e.getMessage());
        }
    }

    private Stepping bounded(Physics chosen) {
        if (chosen.stepping.euler()) return chosen.stepping; // as many as the longest stable step makes
        long usual = Math.max(MOST, MOST_PER_FRAME * (seconds.length - 1));
        return chosen.stepping.within(chosen.crystals == null ? usual : usual * OF_CRYSTALS);
    }

    /** The usual start on the grid of the observation. */
    public float[][] start(Progress progress) {
        SinterState start = starts.apply(Map.of());
        return onObservation(start.grid(), start.density(), progress);
    }

    private float[][] onObservation(Grid grid, float[][] density, Progress progress) {
        boolean same = grid.nx() == size[0] && grid.ny() == size[1] && grid.nz() == size[2];
        for (double side : voxel) same &= Math.abs(side - grid.spacing()) < 1e-6 * side;
        if (same) return density;
        Linear x = new Linear(size[0], voxel[0] / grid.spacing(), grid.nx());
        Linear y = new Linear(size[1], voxel[1] / grid.spacing(), grid.ny());
        Linear z = new Linear(size[2], voxel[2] / grid.spacing(), grid.nz());
        float[][] out = new float[size[2]][size[0] * size[1]];
        Parallel.forEach(progress, size[2], k -> {
            float[] low = density[z.from[k]];
            float[] high = density[z.to[k]];
            for (int j = 0; j < size[1]; j++) {
                for (int i = 0; i < size[0]; i++) {
                    float a = plane(low, x, y, i, j, grid.nx());
                    float b = plane(high, x, y, i, j, grid.nx());
                    out[k][j * size[0] + i] = a + z.part[k] * (b - a);
                }
            }
        });
        return out;
    }

    private static float plane(float[] plane, Linear x, Linear y, int i, int j, int nx) {
        int a = y.from[j] * nx;
        int b = y.to[j] * nx;
        float one = plane[a + x.from[i]] + x.part[i] * (plane[a + x.to[i]] - plane[a + x.from[i]]);
        float two = plane[b + x.from[i]] + x.part[i] * (plane[b + x.to[i]] - plane[b + x.from[i]]);
        return one + y.part[j] * (two - one);
    }

    /** Neighbours on the simulation's grid, and the part of the second, for each voxel along an axis. */
    private static final class Linear {
        final int[] from;
        final int[] to;
        final float[] part;

        Linear(int count, double ratio, int most) {
            from = new int[count];
            to = new int[count];
            part = new float[count];
            for (int i = 0; i < count; i++) {
                double at = Math.min(most - 1.0, Math.max(0, (i + 0.5) * ratio - 0.5));
                from[i] = (int) at;
                to[i] = Math.min(most - 1, from[i] + 1);
                part[i] = (float) (at - from[i]);
            }
        }
    }
}
