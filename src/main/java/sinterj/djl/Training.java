package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.segment.Agreement;
import sinterj.segment.PatchSampler;
import sinterj.segment.Recipe;
import sinterj.segment.ScoreTiles;
import sinterj.segment.TrainingState;
import sinterj.segment.UNetShape;
import sinterj.segment.ValidationSplit;
import sinterj.segment.Weights;

/**
 * Trains a U-Net by PyTorch. Chance comes anew at each step from the seed and the step's number, so a training that was
 * interrupted goes on as if it had not been. The same seed gives the same bits, whatever the number of threads: the
 * engine's own threads are not used, which wait for each other by turning in circles; each half of a batch has a thread of
 * ours instead. Arrays of a step die with the step, so memory does not grow.
 */
public final class Training {
    /** Scores taken in the course of a training. */
    private static final int SCORES = 20;
    /** Parts of a batch that are worked on at the same time. */
    private static final int PARTS = 2;

    private final ValidationSplit data;
    private final Recipe recipe;
    private final UNetShape shape;
    private final PatchSampler sampler;
    private final ScoreTiles tiles;
    private final MaskedLoss loss;

    public Training(ValidationSplit data, UNetShape shape, Recipe recipe) {
        this.data = data;
        this.recipe = recipe;
        this.shape = shape;
        sampler = new PatchSampler(data.training(), recipe);
        tiles = new ScoreTiles(data.validation(), shape.multiple(), recipe.seed());
        loss = new MaskedLoss(data.training().weights());
    }

    /** Steps between two scores. */
    public static int between(int steps) {
        return Math.max(1, Math.min(50, steps / SCORES));
    }

    /**
     * Trains until the steps are done, no better score is to be expected, or the user has it stopped.
     *
     * @param start where to go on
     * @param each is told where the training stands whenever a score was taken, and at the end, also if it is cancelled
     * @return where it stands at the end
     * @throws InvalidInput if there is no engine, or the loss is no number any more
     */
    public TrainingState run(TrainingState start, Progress progress, Consumer<TrainingState> each) {
        try (NDManager manager = PyTorchEngine.manager()) {
            Map<String, NDArray> arrays = TorchNetwork.arrays(manager, start.last());
            Adam adam = new Adam(manager, arrays, start.momentum(), start.square());
            TrainingState state = start;
            double sum = 0;
            int since = 0;
            for (int step = start.step() + 1; step <= recipe.steps(); step++) {
                double rate = rate(step);
                try {
                    progress.check();
                    sum += guardedStep(manager, arrays, adam, step, rate, progress);
                } catch (CancellationException e) { // before anything of this step has changed the network
                    if (state.step() != step - 1) each.accept(snapshot(step - 1, arrays, adam, state));
                    throw e;
                }
                since++;
                boolean stop = progress.finishEarly();
                if (stop || step % between(recipe.steps()) == 0 || step == recipe.steps()) {
                    state = scored(snapshot(step, arrays, adam, state), manager, arrays, sum / since, rate, progress);
                    sum = 0;
                    since = 0;
                    each.accept(state);
                    if (stop || state.sinceBest() >= recipe.patience()) return state;
                }
                // Of the steps of this run: one that goes on from a step behind it is to tell the time left all the
                // same.
                double part = (double) (step - start.step()) / (recipe.steps() - start.step());
                progress.report(part, "Training, step " + step);
            }
            return state;
        }
    }

    /**
     * Whether means and variances are no longer measured but used as they are. Those of a batch differ from those that
     * the trained network will use, the more so the fewer and the more unlike its patches; so the second half of the
     * training is done with the network as it will be.
     */
    private boolean settled(int step) {
        return step > recipe.steps() / 2;
    }

    private double rate(int step) {
        double down = 0.5 * (1 + Math.cos(Math.PI * (step - 1) / recipe.steps()));
        double warm = Math.min(1, step / 10.0);
        return recipe.learningRate() * warm * (0.01 + 0.99 * down);
    }

    private double guardedStep(
            NDManager manager, Map<String, NDArray> arrays, Adam adam, int step, double rate, Progress progress) {
        EndOfJava.enter();
        try (NDManager one = manager.newSubManager()) {
            return step(one, arrays, adam, step, rate, progress);
        } finally {
            EndOfJava.leave();
        }
    }

    private double step(
            NDManager one, Map<String, NDArray> arrays, Adam adam, int step, double rate, Progress progress) {
        SplittableRandom random = new SplittableRandom(recipe.seed() * 1_000_003L + step);
        int count = Math.min(PARTS, recipe.batch());
        SplittableRandom[] chance = new SplittableRandom[count];
        for (int n = 0; n < count; n++) chance[n] = random.split();
        PartOfBatch[] parts = new PartOfBatch[count];
        Parallel.forEach(new Unstopped(progress.threads()), count, n -> {
            int patches = (n + 1) * recipe.batch() / count - n * recipe.batch() / count;
            Batch batch = Batch.draw(sampler, patches, shape.classes(), chance[n]);
            parts[n] = PartOfBatch.of(
                    one, shape, arrays, adam.names(), loss, batch, recipe.patch(), settled(step), progress::check);
        });
        double value = 0;
        for (PartOfBatch part : parts) value += part.loss() / count;
        if (!Double.isFinite(value)) {
            throw new InvalidInput("The loss is no number any more at step " + step
                    + ". Set 'learning_rate' to a tenth; the best network so far is in the model folder.");
        }
        adam.step(mean(parts, PartOfBatch::gradients), step, rate);
        if (!settled(step)) {
            mean(parts, PartOfBatch::measured).forEach((name, mean) -> {
                NDArray array = arrays.get(name);
                array.muli(0f).addi(mean);
            });
        }
        return value;
    }

    /** Whether to go on is asked before each layer on the way forward: what is begun behind it is not left half done. */
    private record Unstopped(int threads) implements Progress {
        @Override
        public void report(double fraction, String what) {}

        @Override
        public void check() {}
    }

    private static Map<String, NDArray> mean(PartOfBatch[] parts, Function<PartOfBatch, Map<String, NDArray>> of) {
        Map<String, NDArray> mean = new LinkedHashMap<>();
        for (String name : of.apply(parts[0]).keySet()) {
            NDArray sum = of.apply(parts[0]).get(name);
            for (int n = 1; n < parts.length; n++)
                sum = sum.add(of.apply(parts[n]).get(name));
            mean.put(name, sum.mul(1f / parts.length));
        }
        return mean;
    }

    private TrainingState snapshot(int step, Map<String, NDArray> arrays, Adam adam, TrainingState before) {
        return new TrainingState(
                step,
                new Weights(shape, Adam.floats(arrays)),
                adam.momentum(),
                adam.square(),
                before.best(),
                before.bestScore(),
                before.bestStep(),
                before.history());
    }

    private TrainingState scored(
            TrainingState s,
            NDManager manager,
            Map<String, NDArray> arrays,
            double meanLoss,
            double rate,
            Progress progress) {
        Agreement agreement = tiles.score(
                (slices, width, height) -> TorchNetwork.probabilities(shape, arrays, manager, slices, width, height),
                new Unstopped(progress.threads()));
        double score = ScoreTiles.meanIou(agreement);
        double[] iou = new double[shape.classes()];
        for (int c = 0; c < iou.length; c++) iou[c] = agreement.iou(c);
        List<TrainingState.Row> history = new ArrayList<>(s.history());
        history.add(new TrainingState.Row(s.step(), meanLoss, rate, score, iou));
        boolean better = score > s.bestScore();
        return new TrainingState(
                s.step(),
                s.last(),
                s.momentum(),
                s.square(),
                better ? s.last() : s.best(),
                better ? score : s.bestScore(),
                better ? s.step() : s.bestStep(),
                history);
    }

    /** What is to be said about the data, as a sentence; empty if nothing. */
    public String note() {
        return data.note();
    }
}
