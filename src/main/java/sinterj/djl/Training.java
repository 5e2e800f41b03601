package sinterj.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import sinterj.base.InvalidInput;
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
 * interrupted goes on as if it had not been. With the same number of engine threads the same seed gives the same bits.
 * Arrays of a step die with the step, so memory does not grow.
 */
public final class Training {
    /** Scores taken in the course of a training. */
    private static final int SCORES = 20;

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
        try (NDManager manager = PyTorch.manager()) {
            Map<String, NDArray> arrays = TorchNetwork.arrays(manager, start.last());
            Adam adam = new Adam(manager, arrays, start.momentum(), start.square());
            TrainingState state = start;
            double sum = 0;
            int since = 0;
            for (int step = start.step() + 1; step <= recipe.steps(); step++) {
                try {
                    progress.check();
                } catch (CancellationException e) {
                    if (state.step() != step - 1) each.accept(snapshot(step - 1, arrays, adam, state));
                    throw e;
                }
                double rate = rate(step);
                sum += guardedStep(manager, arrays, adam, step, rate);
                since++;
                boolean stop = progress.finishEarly();
                if (stop || step % between(recipe.steps()) == 0 || step == recipe.steps()) {
                    state = scored(snapshot(step, arrays, adam, state), manager, arrays, sum / since, rate);
                    sum = 0;
                    since = 0;
                    each.accept(state);
                    if (stop || state.sinceBest() >= recipe.patience()) return state;
                }
                progress.report((double) step / recipe.steps(), "Training, step " + step);
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

    private double guardedStep(NDManager manager, Map<String, NDArray> arrays, Adam adam, int step, double rate) {
        EndOfJava.enter();
        try {
            return step(manager, arrays, adam, step, rate);
        } finally {
            EndOfJava.leave();
        }
    }

    private double step(NDManager manager, Map<String, NDArray> arrays, Adam adam, int step, double rate) {
        SplittableRandom random = new SplittableRandom(recipe.seed() * 1_000_003L + step);
        int p = recipe.patch();
        Batch batch = Batch.draw(sampler, recipe.batch(), shape.classes(), random);
        try (NDManager one = manager.newSubManager()) {
            float value;
            try (GradientCollector collector =
                    PyTorch.withOurLoader(() -> Engine.getEngine("PyTorch").newGradientCollector())) {
                NDArray in = one.create(batch.slices(), new Shape(recipe.batch(), shape.inputs(), p, p));
                NDArray l = loss.of(one, shape.build(new TorchOps(arrays, !settled(step)), in), batch);
                value = l.getFloat();
                collector.backward(l);
            }
            if (!Float.isFinite(value)) {
                throw new InvalidInput("The loss is no number any more at step " + step
                        + ". Set 'learning_rate' to a tenth; the best network so far is in the model folder.");
            }
            adam.step(one, step, rate);
            return value;
        }
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
            TrainingState s, NDManager manager, Map<String, NDArray> arrays, double meanLoss, double rate) {
        Agreement agreement = tiles.score(
                (slices, width, height) -> TorchNetwork.probabilities(shape, arrays, manager, slices, width, height));
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
