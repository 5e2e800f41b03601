package sinterj.assimilate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.optimize.GaussNewton;
import sinterj.optimize.GaussianProcess;
import sinterj.optimize.History;
import sinterj.optimize.Posterior;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;
import sinterj.optimize.Trial;
import sinterj.optimize.TrialResult;

/**
 * Estimates the parameters of a simulation from what was seen of a process, with their deviations: trials chosen by a
 * {@link sinterj.optimize.Sampler} find the neighbourhood of the least cost, a Gauss-Newton search its place, and how
 * the residuals' pulls on the parameters vary from place to place in the specimen tells how far it may be off.
 *
 * <p>Yamamoto et al. 2025 (section 4.3) stop after the trials; a sampler alone is off by tens of per cent there, along
 * the valley in which surface and boundary diffusion replace each other, and gives no deviations.
 */
public final class Assimilation {
    /** Changes of a parameter for a slope, as a share of its value where the range is logarithmic. */
    private static final double WIDE = 0.25;

    private static final double NARROW = 0.08;

    private static final double LEAST_GAIN = 0.3;
    private static final int STEPS = 10;
    private static final int TRIES = 2;
    private static final double SEARCH_SHARE = 0.7;
    private static final double FINISH_SHARE = 0.95;
    private static final int FEWEST_FOR_SURFACE = 8;
    private static final int FEWEST_BLOCKS = 40;
    private static final int LARGEST_BLOCK = 8;
    private static final int SMALLEST_BLOCK = 4;

    /** What a study notes when it begins: how many trials it was to have, which says how many of them are coarse. */
    public static final String TRIALS_AT_FIRST = "trials at first";

    private final Plan plan;
    private final ErrorModel errors;
    private final Cost cost;
    private final List<String> remarks = new ArrayList<>();

    private Assimilation(Plan plan) {
        this.plan = plan;
        SharpView view = ViewFit.ofStart(plan.seen(), plan.start());
        errors = ErrorModel.of(plan.seen(), plan.start(), view);
        cost = new Cost(plan.seen(), errors, view, plan.space());
    }

    /**
     * Estimates.
     *
     * @param study where the trials are kept; those it holds already count
     * @throws InvalidInput if no trial went to its end
     */
    public static Answer run(Plan plan, Study study, Progress progress) {
        return new Assimilation(plan).run(study, progress);
    }

    private Answer run(Study study, Progress progress) {
        TwoGrids sampler = TwoGrids.of(
                plan.search(),
                plan.coarse() == null ? 0 : study.first(TRIALS_AT_FIRST, plan.trials()),
                plan.coarse() != null);
        int frames = plan.seen().frames();
        new TrialRuns(study, sampler, plan.fine(), plan.coarse(), cost, frames, plan.prune())
                .run(plan.trials(), plan.seed(), progress.part(0, SEARCH_SHARE));
        History history = study.history();
        Start first = start(best(history, sampler), progress);
        Trial best = first.trial();
        Band band = first.band();
        BandResiduals residuals = null;
        int block = blockSide(band);
        GaussNewton.Finish finish = null;
        Posterior posterior = null;
        if (!progress.finishEarly()) {
            residuals =
                    BandResiduals.weightedAt(best.at(), plan.seen(), band, errors, plan.space(), plan.fine(), progress);
            finish = finish(residuals, best.at(), progress.part(SEARCH_SHARE, FINISH_SHARE));
            List<float[]> shifts = shifts(residuals, finish);
            shifts.addAll(trembling(finish));
            posterior = Posterior.of(plan.space(), finish, residuals.clusters(block), shifts);
            remark(finish, posterior);
        }
        double[] at = finish == null ? best.at() : finish.at();
        progress.report(FINISH_SHARE, "Best simulation");
        float[][][] density = new float[frames][][];
        plan.fine()
                .run(
                        plan.space().named(at),
                        (frame, planes) -> {
                            density[frame] = planes;
                            return true;
                        },
                        progress.hidden()); // all its frames are needed, however soon the best is wanted
        SharpView view = ViewFit.ofFrames(plan.seen(), band, (frame, k, z, i) -> density[frame][z][i]);
        List<Answer.FrameFit> fits =
                new FrameFits(plan.seen(), density, band, view, block).all(posterior, finish, residuals);
        boolean informative = Informative.judge(plan.seen(), fits, remarks);
        Map<Integer, TrialResult> results = study.results();
        return new Answer(
                at,
                posterior,
                finish,
                history,
                results,
                sampler.coarse(),
                surface(history, sampler),
                errors,
                density,
                fits,
                informative,
                List.copyOf(remarks),
                results.values().stream().mapToDouble(TrialResult::seconds).sum());
    }

    /** Where the finish starts, with the voxels near the surface there. */
    private record Start(Trial trial, Band band) {}

    /** The first of the trials that can be simulated on the fine grid: they may come from a coarse one, or a table. */
    private Start start(List<Trial> cheapestFirst, Progress progress) {
        for (Trial trial : cheapestFirst) {
            Band band = Band.empty(plan.seen());
            try {
                plan.fine()
                        .run(
                                plan.space().named(trial.at()),
                                (frame, density) -> add(band, density),
                                progress.hidden().withThreads(1));
            } catch (ArithmeticException e) {
                continue;
            }
            if (trial != cheapestFirst.get(0)) {
                remarks.add(
                        "Trial " + (cheapestFirst.get(0).number() + 1) + " was the cheapest, but cannot be simulated"
                                + " to its end on the fine grid: trial " + (trial.number() + 1) + " was taken.");
            }
            return new Start(trial, band);
        }
        throw new InvalidInput(
                "None of the " + cheapestFirst.size() + " whole trials can be simulated to its end on the"
                        + " fine grid. Check the ranges in 'estimate', the fixed parameters, and where the trials are from.");
    }

    private static boolean add(Band band, float[][] density) {
        band.add(density);
        return true;
    }

    /** The whole trials, cheapest first; those on the coarse grid, which count if the user stopped early, at the end. */
    private static List<Trial> best(History history, TwoGrids sampler) {
        if (history.finished().isEmpty()) {
            throw new CancellationException("ended before the first trial was"); // there is nothing to keep
        }
        List<Trial> whole = history.finished().stream()
                .filter(t -> t.outcome() == Trial.Outcome.COMPLETE)
                .sorted(Comparator.comparing((Trial t) -> sampler.isCoarse(t.number()))
                        .thenComparingDouble(Trial::cost)
                        .thenComparingInt(Trial::number))
                .toList();
        if (whole.isEmpty()) {
            throw new InvalidInput("None of the " + history.finished().size() + " trials could be simulated to its"
                    + " end. Check the ranges in 'estimate' and the fixed parameters.");
        }
        return whole;
    }

    /** With wide differences into the valley, with narrow ones, which tell slopes from bends and jumps, to its end. */
    private GaussNewton.Finish finish(BandResiduals residuals, double[] start, Progress progress) {
        int n = start.length;
        int runs = 2 * n + 1 + STEPS * (TRIES + 2 * n);
        GaussNewton.Options options =
                new GaussNewton.Options(difference(NARROW), difference(WIDE), LEAST_GAIN, runs, TRIES);
        SearchSpace space = plan.space();
        return GaussNewton.finish(residuals, start, space.priorMean(), space.priorSd(), options, progress);
    }

    /** Change of a parameter for a slope, as share of its range: the same for all, so the longest range decides. */
    private double difference(double change) {
        double longest =
                plan.space().free().stream().mapToDouble(p -> p.length()).max().orElse(1);
        return Math.min(0.1, change / longest);
    }

    /**
     * What the trembling of the simulation itself does to the residuals: the lowest cost lies where it happened to
     * tremble towards the observation.
     */
    private List<float[]> trembling(GaussNewton.Finish finish) {
        int n = finish.at().length;
        // The error of a slope over two differences, back to that of one run; each parameter has one sample of it.
        float factor = (float) (2 * difference(NARROW) / Math.sqrt(2) / Math.sqrt(n));
        List<float[]> all = new ArrayList<>();
        for (float[] slope : finish.trembling()) {
            float[] shift = slope.clone();
            for (int k = 0; k < shift.length; k++) shift[k] *= factor;
            all.add(shift);
        }
        return all;
    }

    /** Blocks as large as may be, so that what errs together is in one, but enough of them to tell a deviation. */
    private int blockSide(Band band) {
        for (int side = LARGEST_BLOCK; side > SMALLEST_BLOCK; side--) {
            int[] blocks = band.blocks(side);
            if (java.util.Arrays.stream(blocks).max().orElse(0) + 1 >= FEWEST_BLOCKS) return side;
        }
        return SMALLEST_BLOCK;
    }

    private List<float[]> shifts(BandResiduals residuals, GaussNewton.Finish finish) {
        List<float[]> shifts = new ArrayList<>();
        int count = plan.otherStarts().size();
        float share = (float) (1 / Math.sqrt(Math.max(1, count)));
        for (ForwardModel other : plan.otherStarts()) {
            float[] r = residuals.of(other).residuals(List.of(finish.at())).get(0);
            if (r == null) continue;
            for (int k = 0; k < r.length; k++) r[k] = share * (r[k] - finish.residuals()[k]);
            shifts.add(r);
        }
        return shifts;
    }

    private void remark(GaussNewton.Finish finish, Posterior posterior) {
        if (finish.endedEarly()) {
            remarks.add(
                    "The finish was ended early: the estimates may lie beside the lowest cost, and the deviations are"
                            + " those of that place. Run it again to its end.");
        } else if (!finish.settled()) {
            remarks.add(
                    "The finish was still going down when its runs were used up. It has as many however many trials"
                            + " there are: start it nearer, with narrower ranges around these estimates, or more trials in them.");
        }
        for (int p = 0; p < finish.at().length; p++) {
            if (finish.at()[p] > 0.001 && finish.at()[p] < 0.999) continue;
            remarks.add(plan.space().free().get(p).key() + " lies at an end of its range: widen the range.");
        }
        remarks.addAll(posterior.blindDirections());
    }

    private GaussianProcess surface(History history, TwoGrids sampler) {
        List<Trial> whole = history.finished().stream()
                .filter(t -> t.outcome() == Trial.Outcome.COMPLETE)
                .filter(t -> sampler.coarse() == 0 || sampler.isCoarse(t.number()))
                .toList();
        if (whole.size() < FEWEST_FOR_SURFACE) return null;
        // Costs of one grid only: the coarse one if there is one, as it has most trials.
        return GaussianProcess.fitted(
                whole.stream().map(Trial::at).toArray(double[][]::new),
                whole.stream().mapToDouble(Trial::cost).toArray());
    }
}
