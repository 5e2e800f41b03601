package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import sinterj.assimilate.ForwardModel;
import sinterj.assimilate.Observation;
import sinterj.assimilate.PhaseFieldModel;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.math.RandomDraws;
import sinterj.op.Inputs;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.SearchSpace;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Grid;
import sinterj.phasefield.SinterState;

/**
 * The simulations of an assimilation: on which grid each runs, where it starts, and with what. Where the width of the
 * interfaces is estimated, the spheres of the start are fitted anew for each width, since spheres that touch make other
 * necks with it.
 */
final class SinteringRuns {
    /** Starts that are drawn from what is uncertain about it. */
    static final int DRAWS = 6;

    private static final double COARSER = 0.75;
    private static final double NARROWEST_PX = 2;
    private static final double VOXEL_PRECISION = 1e-3;

    private final Inputs in;
    private final AssimilateSintering.Settings settings;
    private final int[] size;
    private final double[] voxel;
    private final Observation seen;
    private final Progress progress;
    private final AssimilationStart start;
    private final SinterState state;
    private final Crystals crystals;

    /**
     * @param size voxels of the observation along x, y and z
     * @param voxel sides of one of them, in metres
     * @param seen the frames with their times
     * @throws InvalidInput for what would fail every simulation
     */
    SinteringRuns(
            Inputs in,
            AssimilateSintering.Settings settings,
            int[] size,
            double[] voxel,
            Observation seen,
            Progress progress) {
        this.in = in;
        this.settings = settings;
        this.size = size;
        this.voxel = voxel;
        this.seen = seen;
        this.progress = progress;
        start = AssimilationStart.of(in, seen, fitting(), progress);
        state = start.state(grid(), progress);
        PhaseFieldModel.Physics usual = physics(Map.of(), state);
        usual.course().at(0);
        crystals = usual.crystals();
    }

    /** The usual start. */
    AssimilationStart start() {
        return start;
    }

    /** Directions of the grains at the usual start; null for none. */
    Crystals crystals() {
        return crystals;
    }

    /** The usual grid. */
    Grid grid() {
        return grid(width(), 1);
    }

    /** @throws InvalidInput if interfaces may become so thin that the grid has no voxels for them */
    void requirePossible(SearchSpace space) {
        if (narrowest(space) < NARROWEST_PX) {
            throw new InvalidInput("'estimate' lets " + SinteringModel.WIDTH + " become " + narrowest(space)
                    + " voxels. An interface needs at least " + NARROWEST_PX
                    + "; give a smaller 'grid_nm' for thinner ones.");
        }
    }

    /** The simulation. */
    PhaseFieldModel fine() {
        return model(state, 1, made -> made);
    }

    /** The same with fewer voxels, for screening; null if they would be too few for the interfaces. */
    PhaseFieldModel coarse(SearchSpace space) {
        if (narrowest(space) * COARSER < NARROWEST_PX) return null;
        return model(start.state(grid(width(), COARSER), progress), COARSER, made -> made);
    }

    /** The simulation from starts drawn from what is uncertain about it; none if nothing is. */
    List<ForwardModel> drawn() {
        List<ForwardModel> models = new ArrayList<>();
        for (int k = 0; k < (start.isExact() ? 0 : DRAWS); k++) {
            int draw = k;
            UnaryOperator<AssimilationStart> moved = made -> made.drawn(chance(draw));
            models.add(model(moved.apply(start).state(grid(), progress), 1, moved));
        }
        return models;
    }

    private SplittableRandom chance(int draw) {
        return RandomDraws.streams(settings.seed(), DRAWS)[draw];
    }

    /** A simulation; {@code usual} is where it starts with the usual width. */
    private PhaseFieldModel model(SinterState usual, double finer, UnaryOperator<AssimilationStart> moved) {
        Function<Map<String, Double>, SinterState> starts = quantities -> {
            double width = quantities.getOrDefault(SinteringModel.WIDTH, width());
            if (width == width()) return usual;
            Progress alone = progress.hidden().withThreads(1);
            return moved.apply(start.withInterface(width * spacing())).state(grid(width, finer), alone);
        };
        return new PhaseFieldModel(starts, this::physics, seen.seconds(), size, voxel);
    }

    /** What a simulation runs with. */
    private PhaseFieldModel.Physics physics(Map<String, Double> quantities, SinterState from) {
        Table history = in.has("history") ? in.table("history") : null;
        SinteringModel model = settings.model().with(quantities);
        return new PhaseFieldModel.Physics(
                model.course(history), model.crystals(from, settings.seed()), model.stepping());
    }

    private AssimilationStart.Fitting fitting() {
        double widest = settings.space().free().stream()
                .filter(free -> free.key().equals(SinteringModel.WIDTH))
                .mapToDouble(free -> Math.max(width(), free.high()))
                .findAny()
                .orElse(width());
        return new AssimilationStart.Fitting(
                settings.start() == AssimilateSintering.Start.FIT,
                width() * spacing(),
                widest * spacing(),
                settings.wedgeDeg().orElse(0),
                settings.model().periodic());
    }

    private double width() {
        return settings.model().interfacePx();
    }

    private double narrowest(SearchSpace space) {
        return space.free().stream()
                .filter(free -> free.key().equals(SinteringModel.WIDTH))
                .mapToDouble(FreeParameter::low)
                .findAny()
                .orElse(width());
    }

    private double spacing() {
        if (settings.model().gridNm().isNumber())
            return settings.model().gridNm().number() * 1e-9;
        boolean flat = size[2] == 1;
        return Math.min(voxel[0], Math.min(voxel[1], flat ? voxel[0] : voxel[2]));
    }

    private Grid grid(double width, double finer) {
        boolean flat = size[2] == 1;
        double dx = spacing() / finer;
        int[] n = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            // A TIFF keeps voxel sides to a thousandth: that must not make a voxel more.
            double voxels = Math.ceil(size[axis] * voxel[axis] / dx * (1 - VOXEL_PRECISION) - 1e-6);
            n[axis] = flat && axis == 2 ? 1 : (int) Math.max(1, Math.min(Integer.MAX_VALUE, voxels));
        }
        if ((double) n[0] * n[1] > Integer.MAX_VALUE - 8 || (double) n[0] * n[1] * n[2] > 4e9) {
            throw new InvalidInput(
                    "The grid would have " + n[0] + " x " + n[1] + " x " + n[2] + " voxels. Give a larger 'grid_nm'.");
        }
        boolean[] repeats = settings.model().periodic();
        return new Grid(n[0], n[1], n[2], dx, width * finer, repeats[0], repeats[1], repeats[2]);
    }
}
