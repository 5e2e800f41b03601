package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.PassedOn;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.segment.Artefacts;
import sinterj.segment.Disturbance;
import sinterj.segment.FibSemStack;
import sinterj.segment.ModelFolder;
import sinterj.segment.Network;
import sinterj.segment.Recipe;
import sinterj.segment.ScoreTiles;
import sinterj.segment.TensorFile;
import sinterj.segment.TrainingFiles;
import sinterj.segment.TrainingSet;
import sinterj.segment.TrainingState;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetShape;
import sinterj.segment.ValidationSplit;
import sinterj.segment.Weights;
import sinterj.trial.Threads;

class TrainingTest {
    private static final FibSemStack STACK = FibSemStack.make(
            new FibSemStack.Sample(64, 64, 4, true, 320, 0.15, 20),
            new Artefacts(0.05, 0, 0.1, 0, 0, 0, 0),
            3,
            Progress.SILENT);

    @BeforeAll
    static void needsPyTorch() {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
    }

    private static ValidationSplit split(Volume labels, double unlabelled) {
        TrainingSet set =
                TrainingSet.of(STACK.image(), labels, new TrainingSet.Choices(unlabelled, 1, 1, 2), Progress.SILENT);
        return ValidationSplit.of(set, 0);
    }

    private static Recipe recipe(int steps, long seed) {
        return new Recipe(steps, 64, 4, 1e-2, Disturbance.NONE, Recipe.Turns.NONE, 0, 99, seed);
    }

    private static TrainingState train(ValidationSplit split, UNetShape shape, Recipe recipe) {
        return new Training(split, shape, recipe)
                .run(TrainingState.start(shape, recipe.seed()), Progress.SILENT, s -> {});
    }

    @Test
    void theSameSeedGivesTheSameNetworkAlsoAfterAnInterruption(@TempDir Path folder) {
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        Recipe recipe = recipe(6, 5);
        TrainingState whole = train(split, shape, recipe);
        TrainingFiles.Key key = TrainingFiles.Key.of(shape, recipe, split);
        Training training = new Training(split, shape, recipe);
        assertThrows(
                CancellationException.class,
                () -> training.run(
                        TrainingFiles.read(folder, key), cancelledAfter(3), s -> TrainingFiles.write(folder, key, s)));
        assertTrue(Files.exists(folder.resolve("state.json")));
        TrainingState middle = TrainingFiles.read(folder, key);
        assertEquals(3, middle.step());
        TrainingState resumed = new Training(split, shape, recipe).run(middle, Progress.SILENT, s -> {});
        whole.last()
                .values()
                .forEach((name, values) ->
                        assertArrayEquals(values, resumed.last().values().get(name), name));
        assertEquals(whole.history().size(), resumed.history().size());
        assertEquals(whole.history().get(5).loss(), resumed.history().get(5).loss(), 0);
        TrainingState other = train(split, shape, recipe(6, 6));
        assertNotEquals(whole.history().get(5).loss(), other.history().get(5).loss());
    }

    /** In the midst of the step after so many, some layers on the way forward. */
    private static Progress cancelledAfter(int steps) {
        return new Progress() {
            private int done;
            private int layers;

            @Override
            public void report(double fraction, String what) {
                done++;
            }

            @Override
            public synchronized void check() {
                if (done >= steps && layers++ >= 5) throw new CancellationException("by the test");
            }
        };
    }

    @Test
    void aLossThatIsNoNumberEndsTheTrainingInASentence() {
        Recipe wild = new Recipe(40, 64, 4, 1e38, Disturbance.NONE, Recipe.Turns.NONE, 0, 99, 1);
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        String message = assertThrows(InvalidInput.class, () -> train(split, new UNetShape(1, 3, 2, 2), wild))
                .getMessage();
        assertTrue(message.contains("no number") && message.contains("'learning_rate'"), message);
    }

    @Test
    void theSameBitsWhateverTheNumberOfThreads() {
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        TrainingState[] ends = new TrainingState[2];
        for (int threads = 1; threads <= 2; threads++) {
            ends[threads - 1] = new Training(split, shape, recipe(4, 1))
                    .run(TrainingState.start(shape, 1), new Threads(threads), s -> {});
        }
        ends[0].last()
                .values()
                .forEach((name, values) ->
                        assertArrayEquals(values, ends[1].last().values().get(name), name));
    }

    /** Half of these trainings ended in numbers that are none while the engine had blocks of channels to fill up itself. */
    @Test
    void channelsThatFillNoWholeBlockTrainToTheSameBitsAgainAndAgain() {
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        for (int width : new int[] {4, 8}) {
            UNetShape shape = new UNetShape(1, 3, width, 2);
            float[] first = null;
            for (int again = 0; again < 10; again++) {
                TrainingState end = new Training(split, shape, recipe(6, 1))
                        .run(TrainingState.start(shape, 1), new Threads(2), s -> {});
                float[] weights = end.last().values().get("down0.a.weight");
                if (first == null) first = weights;
                assertArrayEquals(first, weights, "training " + again + " of width " + width);
            }
        }
    }

    @Test
    void fourPatchesAreLearntByHeart() {
        TrainingSet set = TrainingSet.of(
                STACK.image(),
                STACK.labels().asVolume(),
                new TrainingSet.Choices(Double.NaN, 1, 1, 3),
                Progress.SILENT);
        TrainingState end = train(ValidationSplit.of(set, 0), new UNetShape(1, 3, 8, 3), recipe(160, 1));
        assertTrue(end.bestScore() > 0.98, "mean IoU of what was learnt by heart: " + end.bestScore());
        // The last network is as good as the best: it was trained as it is used.
        TrainingState.Row last = end.history().get(end.history().size() - 1);
        assertTrue(last.meanIou() > 0.98, "of the last network: " + last.meanIou());
    }

    @Test
    void stopAndKeepEndsWithTheBestSoFar() {
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        Progress stopAtOnce = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {}

            @Override
            public boolean finishEarly() {
                return true;
            }
        };
        TrainingState end = new Training(split(STACK.labels().asVolume(), Double.NaN), shape, recipe(100, 1))
                .run(TrainingState.start(shape, 1), stopAtOnce, s -> {});
        assertEquals(1, end.step());
        assertTrue(end.bestScore() >= 0);
    }

    /** So large steps that the score is no better again and again. */
    private static Recipe impatient(int patience) {
        return new Recipe(60, 64, 4, 0.05, Disturbance.NONE, Recipe.Turns.NONE, 0, patience, 5);
    }

    @Test
    void aTrainingEndsWhenTheScoreWasNotBetterForSoLong() {
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        List<TrainingState.Row> whole = train(split, shape, impatient(99)).history();
        assertEquals(60, whole.get(whole.size() - 1).step());
        for (int patience : new int[] {1, 2, 3}) {
            TrainingState end = train(split, shape, impatient(patience));
            // By hand, from the scores of the training that went to its end.
            double best = -1;
            int worse = 0;
            int scores = 0;
            while (worse < patience) {
                double score = whole.get(scores++).meanIou();
                worse = score > best ? 0 : worse + 1;
                best = Math.max(best, score);
            }
            assertEquals(3 * scores, end.step(), "patience " + patience);
            assertTrue(end.step() < 60);
            assertEquals(scores, end.history().size());
            assertEquals(best, end.bestScore(), 0);
            assertEquals(end.step() - 3 * patience, end.bestStep());
        }
    }

    @Test
    void theFolderKeepsTheBestNetworkAndTheLast(@TempDir Path folder) throws IOException {
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        Recipe recipe = impatient(2);
        List<TrainingState> all = new ArrayList<>();
        TrainingState end = new Training(split, shape, recipe)
                .run(TrainingState.start(shape, recipe.seed()), Progress.SILENT, s -> {
                    all.add(s);
                    ModelFolder.write(folder, model(s, split, recipe), s.last());
                });
        TrainingState at = all.get(end.bestStep() / 3 - 1);
        assertEquals(end.bestStep(), at.step());
        assertTrue(end.bestStep() < end.step());
        Weights best = ModelFolder.read(folder.toString()).weights();
        Weights last = new Weights(shape, TensorFile.read(folder.resolve("last.safetensors")));
        requireEqual(at.last(), best);
        requireEqual(end.last(), last);
        TrainingState.Row newest = end.history().get(end.history().size() - 1);
        assertTrue(newest.meanIou() < end.bestScore());
        assertEquals(end.bestScore(), score(best, split, recipe), 0);
        assertEquals(newest.meanIou(), score(last, split, recipe), 0);
    }

    private static UNetModel model(TrainingState state, ValidationSplit split, Recipe recipe) {
        TrainingSet set = split.training();
        return new UNetModel(
                state.best(),
                set.classes().values(),
                set.scale(),
                set.normalisation().rule(),
                recipe,
                STACK.image().size(),
                state.bestScore(),
                new double[] {Double.NaN, Double.NaN, Double.NaN},
                state.bestStep(),
                set.classes().voxels());
    }

    private static void requireEqual(Weights expected, Weights found) {
        assertEquals(expected.values().keySet(), found.values().keySet());
        expected.values()
                .forEach((name, values) ->
                        assertArrayEquals(values, found.values().get(name), name));
    }

    private static double score(Weights weights, ValidationSplit split, Recipe recipe) {
        ScoreTiles tiles = new ScoreTiles(split.validation(), weights.shape().multiple(), recipe.seed());
        try (TorchNetwork network = new TorchNetwork(weights)) {
            return ScoreTiles.meanIou(tiles.score(network::probabilities, Progress.SILENT));
        }
    }

    /** Of both engines, on what it was not trained on: noise, which comes near the borders between classes. */
    @Test
    void aNetworkThatWasWrittenAndReadPredictsTheSameBits(@TempDir Path folder) {
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        UNetShape shape = new UNetShape(1, 3, 4, 2);
        Recipe recipe = recipe(12, 5);
        TrainingState end = train(split, shape, recipe);
        ModelFolder.write(folder, model(end, split, recipe), end.last());
        Weights read = ModelFolder.read(folder.toString()).weights();
        float[] slice = NetworksTest.noise(52 * 44, 7);
        try (Network before = new TorchNetwork(end.best());
                Network after = new TorchNetwork(read);
                Network untrained = new TorchNetwork(
                        TrainingState.start(shape, recipe.seed()).last())) {
            float[] p = before.probabilities(slice, 52, 44);
            assertArrayEquals(p, after.probabilities(slice, 52, 44));
            double most = 0;
            float[] q = untrained.probabilities(slice, 52, 44);
            for (int i = 0; i < p.length; i++) most = Math.max(most, Math.abs(p[i] - q[i]));
            assertTrue(most > 0.01, "what it has learnt is seen: " + most);
        }
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        try (Network before = new OnnxNetwork(end.best());
                Network after = new OnnxNetwork(read);
                Network file = Networks.ofFile(folder.resolve("model.onnx"), false)) {
            float[] p = before.probabilities(slice, 52, 44);
            assertArrayEquals(p, after.probabilities(slice, 52, 44));
            assertArrayEquals(p, file.probabilities(slice, 52, 44));
        }
    }

    /** The time left is told from these fractions, so they start at 0 where a training goes on. */
    @Test
    void aTrainingThatGoesOnReportsTheStepsOfThisRun() {
        ValidationSplit split = split(STACK.labels().asVolume(), Double.NaN);
        UNetShape shape = new UNetShape(1, 3, 2, 2);
        TrainingState half =
                new Training(split, shape, recipe(8, 1)).run(TrainingState.start(shape, 1), stopped(4), s -> {});
        assertEquals(4, half.step());
        List<Double> fractions = new ArrayList<>();
        new Training(split, shape, recipe(8, 1)).run(half, heard(fractions), s -> {});
        assertEquals(List.of(0.25, 0.5, 0.75, 1.0), fractions);
    }

    private static Progress heard(List<Double> fractions) {
        return new Progress() {
            @Override
            public void report(double fraction, String what) {
                fractions.add(fraction);
            }

            @Override
            public void check() {}
        };
    }

    /** Ended early after so many steps. */
    private static Progress stopped(int steps) {
        List<Double> fractions = new ArrayList<>();
        return new PassedOn(heard(fractions)) {
            @Override
            public boolean finishEarly() {
                return fractions.size() == steps - 1;
            }
        };
    }

    @Test
    void unlabelledPixelsHaveExactlyNoGradient() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 16 * 16;
        float[] truth = new float[2 * 3 * n];
        float[] mask = new float[2 * n];
        long[] counts = new long[3];
        for (int i = 0; i < 2 * n; i++) {
            if (random.nextInt(4) > 0) continue;
            int c = random.nextInt(2);
            mask[i] = 1;
            truth[(i / n * 3 + c) * n + i % n] = 1;
            counts[c]++;
        }
        Batch batch = new Batch(new float[0], truth, mask, counts);
        try (NDManager manager = PyTorchEngine.manager()) {
            NDArray logits = manager.create(NetworksTest.noise(2 * 3 * n, 3), new Shape(2, 3, 16, 16));
            logits.setRequiresGradient(true);
            try (GradientCollector collector = PyTorchEngine.withOurLoader(
                    () -> Engine.getEngine("PyTorch").newGradientCollector())) {
                NDArray loss = new MaskedLoss(new float[] {0.5f, 1, 1.5f}).of(manager, logits, batch);
                assertTrue(Float.isFinite(loss.getFloat()));
                collector.backward(loss);
            }
            float[] gradient = logits.getGradient().toFloatArray();
            int some = 0;
            for (int i = 0; i < gradient.length; i++) {
                if (mask[i / (3 * n) * n + i % n] == 0) assertEquals(0, gradient[i], 0);
                else if (gradient[i] != 0) some++;
            }
            assertTrue(some > 100);
        }
    }
}
