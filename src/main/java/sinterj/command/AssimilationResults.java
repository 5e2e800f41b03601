package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sinterj.assimilate.Answer;
import sinterj.assimilate.Observation;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.Importance;
import sinterj.optimize.Posterior;
import sinterj.optimize.ProfileCurve;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Trial;

/** Tables, images and plots of an assimilation. */
final class AssimilationResults {
    /** Deviations that hold two normal numbers at once with 95 %: the root of -2 ln 0.05. */
    private static final double NINETY_FIVE_OF_TWO = 2.4477;

    private static final int POINTS = 41;

    /** Profiles are cut here: far away they say nothing more. */
    private static final double HIGHEST = 20;

    /** So many times the misfit of the frame before, and of the first: noise and wrong parameters change it by less. */
    private static final double JUMP = 4;

    private final Answer answer;
    private final SearchSpace space;

    AssimilationResults(Answer answer, SearchSpace space) {
        this.answer = answer;
        this.space = space;
    }

    Table estimates() {
        Table table = new Table("parameter", "value", "sd", "low", "high", "prior", "identifiable");
        double[] values = space.values(answer.at());
        Posterior known = answer.posterior();
        for (int p = 0; p < values.length; p++) {
            FreeParameter free = space.free().get(p);
            table.add(
                    free.key(),
                    values[p],
                    known == null ? Double.NaN : known.sd(p),
                    known == null ? Double.NaN : known.low(p),
                    known == null ? Double.NaN : known.high(p),
                    free.prior().mean(),
                    answer.isIdentifiable(p));
        }
        return table;
    }

    Table trials() {
        List<String> heads = new ArrayList<>(List.of("trial", "grid", "outcome", "cost"));
        heads.addAll(space.keys());
        Table table = new Table(heads);
        for (Trial trial : answer.history().finished()) {
            List<Object> cells = new ArrayList<>(List.of(
                    trial.number() + 1,
                    trial.number() < answer.coarse() ? "coarse" : "fine",
                    trial.outcome().name().toLowerCase(Locale.ROOT),
                    trial.cost()));
            for (double value : space.values(trial.at())) cells.add(value);
            table.add(cells.toArray());
        }
        return table;
    }

    Table frames(double[] seconds) {
        Table table = new Table(
                "frame",
                "time (s)",
                "jaccard",
                "seen_voxels",
                "voxels",
                "voxels_sd",
                "misfit",
                "late (s)",
                "late_sd (s)");
        for (int t = 0; t < seconds.length; t++) {
            Answer.FrameFit f = answer.frames().get(t);
            table.add(
                    t + 1,
                    seconds[t],
                    f.jaccard(),
                    f.seenVolume(),
                    f.volume(),
                    f.volumeSd(),
                    f.misfit(),
                    f.late(),
                    f.lateSd());
        }
        return table;
    }

    Table correlations() {
        List<String> heads = new ArrayList<>(List.of("parameter"));
        heads.addAll(space.keys());
        Table table = new Table(heads);
        for (int p = 0; p < space.dimensions(); p++) {
            List<Object> cells = new ArrayList<>(List.of(space.keys().get(p)));
            for (int q = 0; q < space.dimensions(); q++) {
                cells.add(
                        answer.posterior() == null
                                ? Double.NaN
                                : answer.posterior().correlation(p, q));
            }
            table.add(cells.toArray());
        }
        return table;
    }

    /**
     * What is to be said.
     *
     * @param before how the start was made, and what else was done before the trials
     * @param weights of the frames: one that does not count is not complained about
     */
    Table remarks(List<String> before, double[] weights) {
        Table table = new Table("remark");
        answer.remarks().forEach(table::add);
        jump(weights).ifPresent(table::add);
        before.forEach(table::add);
        return table.add(String.format(
                Locale.ROOT,
                "A voxel near the surface is off by %.2f of the step from gas to solid, and %.1f voxels err together.",
                Math.sqrt(answer.errors().variance()),
                answer.errors().together()));
    }

    /** The first frame that is suddenly met much worse than the one before, as where a particle has left or come. */
    private Optional<String> jump(double[] weights) {
        double before = 1; // the first frame's
        for (int t = 1; t < answer.frames().size(); t++) {
            if (weights[t] == 0) continue;
            double misfit = answer.frames().get(t).misfit();
            if (misfit > JUMP * Math.max(1, before)) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "Frame %d differs from the best simulation %.1f times as much as the first frame, the counted frame"
                                + " before it %.1f times: something has left, come in or moved there, and the deviations do"
                                + " not know it. Look at 'misfit'; leave the place out by 'mask', or the frame by 'weights'.",
                        t + 1,
                        misfit,
                        before));
            }
            before = misfit;
        }
        return Optional.empty();
    }

    Frames simulation(VoxelSize voxel, Observation seen) {
        List<Volume> volumes = new ArrayList<>();
        for (float[][] frame : answer.density()) volumes.add(volume(frame, voxel, seen));
        return new Frames("simulation", volumes, new FrameTimes(seen.seconds()), java.util.Map.of());
    }

    Frames misfit(VoxelSize voxel, Observation seen) {
        List<Volume> volumes = new ArrayList<>();
        for (int t = 0; t < seen.frames(); t++) {
            float[][] planes = new float[seen.depth()][];
            for (int z = 0; z < planes.length; z++) {
                planes[z] = answer.density()[t][z].clone();
                for (int i = 0; i < planes[z].length; i++) planes[z][i] -= (seen.solid()[t][z][i] & 0xff) / 255f;
            }
            volumes.add(volume(planes, voxel, seen));
        }
        return new Frames("misfit", volumes, new FrameTimes(seen.seconds()), java.util.Map.of());
    }

    private static Volume volume(float[][] planes, VoxelSize voxel, Observation seen) {
        return new Volume(Planes.ofFloats(Arrays.asList(planes), seen.width(), seen.height()), voxel);
    }

    Plot cost() {
        List<Plot.Curve> curves = new ArrayList<>();
        for (boolean coarse : new boolean[] {true, false}) {
            List<Trial> trials = answer.history().finished().stream()
                    .filter(t -> t.outcome() == Trial.Outcome.COMPLETE)
                    .filter(t -> t.number() < answer.coarse() == coarse)
                    .toList();
            if (trials.isEmpty()) continue;
            String grid = answer.coarse() == 0 ? "" : coarse ? ", coarse grid" : ", fine grid";
            double[] number = trials.stream().mapToDouble(t -> t.number() + 1).toArray();
            double[] cost = trials.stream().mapToDouble(Trial::cost).toArray();
            double[] best = cost.clone();
            for (int i = 1; i < best.length; i++) best[i] = Math.min(best[i], best[i - 1]);
            curves.add(new Plot.Curve("trials" + grid, number, cost));
            curves.add(new Plot.Curve("best" + grid, number, best));
        }
        return new Plot("Cost by trial", "trial", "cost", curves, false);
    }

    /** Cost along each parameter through the best point, on the surface through the trials. */
    Plot slices() {
        List<Plot.Curve> curves = new ArrayList<>();
        for (int p = 0; p < space.dimensions(); p++) {
            double[] x = new double[POINTS];
            double[] y = new double[POINTS];
            for (int k = 0; k < POINTS; k++) {
                double[] at = answer.at().clone();
                at[p] = (double) k / (POINTS - 1);
                x[k] = at[p];
                y[k] = answer.surface().mean(at);
            }
            curves.add(new Plot.Curve(space.keys().get(p), x, y));
        }
        return new Plot("Slices through the best point", "place in the range", "cost", curves, false);
    }

    /**
     * Profile likelihoods: the cost above its least when a parameter is held and the others follow, as the finish has it
     * around the best point, and as the surface through the trials has it over the whole range.
     */
    Plot profiles() {
        List<Plot.Curve> curves = new ArrayList<>();
        for (int p = 0; p < space.dimensions(); p++) {
            FreeParameter free = space.free().get(p);
            if (answer.posterior() != null) curves.add(parabola(free, p));
            if (answer.surface() == null) continue;
            ProfileCurve curve = ProfileCurve.of(answer.surface()::mean, answer.at(), p, 0, 1, POINTS);
            double least = Arrays.stream(curve.cost()).min().orElse(0);
            double[] y = Arrays.stream(curve.cost())
                    .map(c -> Math.min(HIGHEST, c - least))
                    .toArray();
            curves.add(new Plot.Curve(free.key() + ", trials", relative(free, p, curve.unit()), y));
        }
        return new Plot("Profile likelihoods", "value / best value", "cost above the least", curves, true);
    }

    private Plot.Curve parabola(FreeParameter free, int p) {
        double sd = answer.posterior().sdUnit(p);
        double[] unit = new double[POINTS];
        double[] y = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            double z = 3.0 * (2 * k - POINTS + 1) / (POINTS - 1);
            unit[k] = answer.at()[p] + z * sd;
            y[k] = z * z / 2;
        }
        return new Plot.Curve(free.key(), relative(free, p, unit), y);
    }

    /** For each pair of parameters the edge of the region that holds both with 95 %: the more slanted, the less apart. */
    Plot pairs() {
        List<Plot.Curve> curves = new ArrayList<>();
        for (int p = 0; p < space.dimensions(); p++) {
            for (int q = p + 1; q < space.dimensions(); q++) curves.add(ellipse(p, q));
        }
        return new Plot(
                "Pairs: 95 % regions", "first, value / best value", "second, value / best value", curves, false);
    }

    private Plot.Curve ellipse(int p, int q) {
        double correlation = answer.posterior().correlation(p, q);
        double apart = Math.sqrt(1 - correlation * correlation);
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            double angle = 2 * Math.PI * k / (POINTS - 1);
            double one = NINETY_FIVE_OF_TWO * Math.cos(angle);
            double two = NINETY_FIVE_OF_TWO * Math.sin(angle);
            x[k] = answer.at()[p] + answer.posterior().sdUnit(p) * one;
            y[k] = answer.at()[q] + answer.posterior().sdUnit(q) * (correlation * one + apart * two);
        }
        String name = space.keys().get(p) + ", " + space.keys().get(q);
        return new Plot.Curve(
                name, relative(space.free().get(p), p, x), relative(space.free().get(q), q, y));
    }

    private double[] relative(FreeParameter free, int p, double[] unit) {
        return Arrays.stream(unit)
                .map(u -> free.value(u) / free.value(answer.at()[p]))
                .toArray();
    }

    Plot importance(long seed) {
        double[] shares = Importance.of(answer.surface()::mean, space.dimensions(), seed);
        List<Plot.Curve> curves = new ArrayList<>();
        for (int p = 0; p < shares.length; p++) {
            double[] x = {p + 0.7, p + 0.7, p + 1.3, p + 1.3};
            curves.add(new Plot.Curve(space.keys().get(p), x, new double[] {0, shares[p], shares[p], 0}));
        }
        return new Plot("Importance", "parameter", "share of the cost's variance", curves, false);
    }
}
