package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.optimize.Study;
import sinterj.optimize.Trial;
import sinterj.optimize.TrialResult;

/**
 * Runs the trials of a study, those of a batch side by side with one thread each. What is chosen and what is given up
 * depends on earlier batches only, so the number of threads changes nothing.
 */
final class TrialRuns {
    /** Trials of a batch: enough for the processors of a desk, few enough to learn from. */
    static final int BATCH = 4;

    private static final long LOOK_AGAIN_MS = 200;

    private final Study study;
    private final TwoGrids sampler;
    private final ForwardModel fine;
    private final ForwardModel coarse;
    private final Cost cost;
    private final int frames;
    private final boolean prune;

    TrialRuns(
            Study study,
            TwoGrids sampler,
            ForwardModel fine,
            ForwardModel coarse,
            Cost cost,
            int frames,
            boolean prune) {
        this.study = study;
        this.sampler = sampler;
        this.fine = fine;
        this.coarse = coarse;
        this.cost = cost;
        this.frames = frames;
        this.prune = prune;
    }

    /** Runs until the study has so many trials; the user may end it early. */
    void run(int most, long seed, Progress progress) {
        while (!progress.finishEarly()) {
            progress.check();
            int done = study.history().finished().size();
            progress.report((double) Math.min(done, most) / most, "Trial " + (done + 1) + " of " + most);
            List<Study.Claim> batch = claim(most, seed);
            if (batch.isEmpty()) {
                if (study.running() == 0) return;
                await(progress);
                continue;
            }
            Map<Integer, TrialResult> known = study.results();
            Parallel.forEach(progress, batch.size(), i -> {
                Study.Claim claim = batch.get(i);
                study.end(
                        claim.number(),
                        run(
                                claim,
                                pruning(known, claim.number()),
                                progress.hidden().withThreads(1)));
            });
        }
    }

    private List<Study.Claim> claim(int most, long seed) {
        List<Study.Claim> batch = new ArrayList<>();
        while (true) {
            Optional<Study.Claim> claim = study.claim(sampler, seed, most, BATCH);
            if (claim.isEmpty()) return batch;
            batch.add(claim.get());
            if (claim.get().number() % BATCH == BATCH - 1) return batch;
        }
    }

    private static void await(Progress progress) {
        progress.report(1, "Waiting for trials of another program");
        try {
            Thread.sleep(LOOK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    private Pruning pruning(Map<Integer, TrialResult> known, int number) {
        if (!prune) return Pruning.none(frames);
        Map<Integer, TrialResult> alike = new TreeMap<>();
        known.forEach((n, result) -> {
            if (n < number - number % BATCH && sampler.isCoarse(n) == sampler.isCoarse(number)) alike.put(n, result);
        });
        return Pruning.from(alike.values(), frames);
    }

    private TrialResult run(Study.Claim claim, Pruning pruning, Progress progress) {
        long start = System.nanoTime();
        ForwardModel model = sampler.isCoarse(claim.number()) ? coarse : fine;
        double background = cost.background(claim.at());
        List<Double> parts = new ArrayList<>();
        double[] sum = {background, 0};
        try {
            model.run(
                    study.space().named(claim.at()),
                    (frame, density) -> {
                        double part = cost.part(frame, density);
                        parts.add(part);
                        sum[0] += part;
                        boolean end = pruning.ends(sum[0], frame) && frame + 1 < frames;
                        if (end) sum[1] = pruning.expected(sum[0], frame);
                        return !end;
                    },
                    progress);
        } catch (ArithmeticException e) {
            return TrialResult.failed(seconds(start));
        }
        double[] known = parts.stream().mapToDouble(p -> p).toArray();
        boolean whole = known.length == frames;
        double value = whole ? sum[0] : sum[1];
        if (!Double.isFinite(value)) return TrialResult.failed(seconds(start));
        return new TrialResult(value, whole ? Trial.Outcome.COMPLETE : Trial.Outcome.PRUNED, known, seconds(start));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
