package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.ConsoleOutput;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.segment.Agreement;
import sinterj.segment.Artefacts;
import sinterj.segment.Disturbance;
import sinterj.segment.FibSemCleaning;
import sinterj.segment.FibSemStack;
import sinterj.segment.Network;
import sinterj.segment.Recipe;
import sinterj.segment.StackSegmentation;
import sinterj.segment.TrainingSet;
import sinterj.segment.TrainingState;
import sinterj.segment.UNetShape;
import sinterj.segment.ValidationSplit;
import sinterj.segment.Weights;

/**
 * That networks learn what they should, on simulated stacks: from one sample, scored on another. Small networks and few
 * steps, the same in all that is compared.
 */
@Tag("proof")
class LearningTest {
    private static final Artefacts FAULTS = new Artefacts(0.15, 0.2, 0.2, 0, 0.06, 0.4, 0);
    private static final FibSemStack CLEAN = stack(Artefacts.NONE, 1);
    private static final FibSemStack FAULTY = stack(FAULTS, 1);
    private static final FibSemStack UNSEEN = stack(FAULTS, 2);
    private static final int STEPS = 200;
    private static Weights dense;

    private static FibSemStack stack(Artefacts faults, long seed) {
        return FibSemStack.make(
                new FibSemStack.Sample(144, 136, 12, true, 400, 0.15, 20), faults, seed, Progress.SILENT);
    }

    @BeforeAll
    static void needsTheEngines() {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
    }

    private static TrainingSet set(Volume image, Volume labels, double unlabelled) {
        return TrainingSet.of(image, labels, new TrainingSet.Choices(unlabelled, 1, 1, 3), Progress.SILENT);
    }

    private static Weights trained(TrainingSet set, Disturbance faults) {
        return trained(set, faults, STEPS);
    }

    private static Weights trained(TrainingSet set, Disturbance faults, int steps) {
        UNetShape shape = new UNetShape(set.context(), 3, 8, 3);
        Recipe recipe = new Recipe(steps, 64, 8, 6e-3, faults, Recipe.Turns.FREE, 0, 99, 1);
        TrainingState end = new Training(ValidationSplit.of(set, 0), shape, recipe)
                .run(TrainingState.start(shape, 1), Progress.SILENT, s -> {});
        return end.last();
    }

    private static synchronized Weights dense() {
        if (dense == null) {
            dense = trained(set(FAULTY.image(), FAULTY.labels().asVolume(), Double.NaN), Disturbance.FIBSEM);
        }
        return dense;
    }

    private static Volume segmented(Weights weights, Volume image) {
        try (Network network = new OnnxNetwork(weights)) {
            return new StackSegmentation(
                            network,
                            new int[] {0, 1, 2},
                            1,
                            sinterj.segment.Normalisation.Rule.STACK,
                            StackSegmentation.Flips.NONE,
                            network.halo(),
                            false,
                            false)
                    .run(image, Progress.SILENT)
                    .labels();
        }
    }

    @ConsoleOutput
    private static double score(String what, Volume found, LabelVolume truth) {
        double iou = Agreement.of(found, truth.asVolume(), Double.NaN, Progress.SILENT)
                .meanIou();
        System.out.println(what + ": mean IoU " + iou);
        return iou;
    }

    private static double unseen(String what, Weights weights) {
        return score(what, segmented(weights, UNSEEN.image()), UNSEEN.labels());
    }

    @Test
    void betterThanThresholdsAndARandomForest() {
        // As many neighbours and steps as a user would take, or nearly so.
        TrainingSet set = TrainingSet.of(
                FAULTY.image(),
                FAULTY.labels().asVolume(),
                new TrainingSet.Choices(Double.NaN, 3, 1, 3),
                Progress.SILENT);
        double network = unseen("network", trained(set, Disturbance.FIBSEM, 300));
        RandomForest forest = new RandomForest(FAULTY.image(), FAULTY.labels().asVolume(), 3);
        double pixels = score("random forest", forest.segmented(UNSEEN.image()), UNSEEN.labels());
        double thresholds = score("two thresholds by Otsu", otsu(UNSEEN.image()), UNSEEN.labels());
        assertTrue(network > pixels + 0.05, network + " against " + pixels);
        assertTrue(network > thresholds + 0.1, network + " against " + thresholds);
    }

    /** The two thresholds with the largest variance between three classes: dark void, superconductor, bright impurity. */
    private static Volume otsu(Volume image) {
        double[] counts = new double[256];
        for (int z = 0; z < image.depth(); z++) for (float v : image.plane(z)) counts[(int) v]++;
        double best = -1;
        int[] at = new int[2];
        for (int a = 0; a < 254; a++) {
            for (int b = a + 1; b < 255; b++) {
                double between = part(counts, 0, a) + part(counts, a + 1, b) + part(counts, b + 1, 255);
                if (between <= best) continue;
                best = between;
                at = new int[] {a, b};
            }
        }
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < image.depth(); z++) {
            float[] grey = image.plane(z);
            byte[] plane = new byte[grey.length];
            for (int i = 0; i < plane.length; i++) plane[i] = (byte) (grey[i] <= at[0] ? 1 : grey[i] > at[1] ? 2 : 0);
            planes.add(plane);
        }
        return new Volume(Planes.ofBytes(planes, image.width(), image.height()), image.size());
    }

    private static double part(double[] counts, int from, int to) {
        double n = 0;
        double sum = 0;
        for (int v = from; v <= to; v++) {
            n += counts[v];
            sum += v * counts[v];
        }
        return n > 0 ? sum * sum / n : 0;
    }

    @Test
    void faultsInTrainingAreWorthItOnAFaultyStack() {
        TrainingSet clean = set(CLEAN.image(), CLEAN.labels().asVolume(), Double.NaN);
        double with = unseen("learnt from a clean stack with faults put in", trained(clean, Disturbance.FIBSEM));
        double without = unseen("learnt from a clean stack as it is", trained(clean, Disturbance.NONE));
        assertTrue(with >= without + 0.05, with + " with, " + without + " without");
    }

    @Test
    void cleaningHelpsANetworkThatHasSeenNoFaults() {
        Weights weights = trained(set(CLEAN.image(), CLEAN.labels().asVolume(), Double.NaN), Disturbance.NONE);
        double faulty = unseen("faulty stack", weights);
        Volume cleaned = new FibSemCleaning(false, true, true)
                .run(UNSEEN.image(), null, Progress.SILENT)
                .image();
        double clean = score("cleaned stack", segmented(weights, cleaned), UNSEEN.labels());
        assertTrue(clean > faulty + 0.05, faulty + " became " + clean);
    }

    @Test
    @ConsoleOutput
    void cleaningWithAlignmentHelpsANetworkOfThreeSlicesThatHasSeenNoFaults() {
        TrainingSet set = TrainingSet.of(
                CLEAN.image(),
                CLEAN.labels().asVolume(),
                new TrainingSet.Choices(Double.NaN, 3, 1, 3),
                Progress.SILENT);
        Weights weights = trained(set, Disturbance.NONE);
        DriftedSample sample = DriftedSample.of(
                new FibSemStack.Sample(260, 230, 16, true, 500, 0.15, 20),
                new Artefacts(0.15, 0.2, 0.2, 1.5, 0.06, 0.4, 0),
                2);
        try (Network network = new OnnxNetwork(weights)) {
            double faulty = sample.scoreAsRecorded(network);
            double clean = sample.scoreCleaned(network);
            System.out.println("drift of 1.5 pixels: mean IoU " + faulty + ", cleaned and aligned " + clean);
            assertTrue(clean > faulty + 0.05, faulty + " became " + clean);
        }
    }

    @Test
    void aFiftiethOfTheLabelsIsNearlyAsGoodAsAll() {
        List<byte[]> planes = new ArrayList<>();
        long labelled = 0;
        int width = CLEAN.image().width();
        for (int z = 0; z < 12; z++) {
            float[] truth = FAULTY.labels().asVolume().plane(z);
            byte[] plane = new byte[truth.length];
            for (int i = 0; i < plane.length; i++) {
                // Strokes of two rows, short, on every place of a loose grid.
                boolean stroke = (i / width + 7 * z) % 24 < 2 && (i % width + 11 * z + 13 * (i / width / 24)) % 48 < 12;
                plane[i] = stroke ? (byte) (truth[i] + 1) : 0;
                if (stroke) labelled++;
            }
            planes.add(plane);
        }
        double part = labelled / (double) CLEAN.image().count();
        assertTrue(part < 0.0225 && part > 0.0175, "part that is labelled: " + part);
        Volume strokes = new Volume(
                Planes.ofBytes(planes, width, CLEAN.image().height()),
                CLEAN.image().size());
        double sparse = unseen("from strokes on 2 %", trained(set(FAULTY.image(), strokes, 0), Disturbance.FIBSEM));
        double all = unseen("from all labels", dense());
        assertTrue(sparse > all - 0.05, sparse + " against " + all);
    }

    @Test
    void labelsThatDoNotBelongTeachNothing() {
        // Each slice gets its labels in disorder: as many of each class, but anywhere.
        List<byte[]> planes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int z = 0; z < 12; z++) {
            float[] truth = FAULTY.labels().asVolume().plane(z);
            byte[] plane = new byte[truth.length];
            for (int i = 0; i < plane.length; i++) {
                int j = random.nextInt(i + 1);
                plane[i] = plane[j];
                plane[j] = (byte) truth[i];
            }
            planes.add(plane);
        }
        Volume shuffled = new Volume(
                Planes.ofBytes(planes, CLEAN.image().width(), CLEAN.image().height()),
                CLEAN.image().size());
        double iou = unseen("shuffled labels", trained(set(FAULTY.image(), shuffled, Double.NaN), Disturbance.NONE));
        assertTrue(iou < 0.4, "mean IoU of what cannot be learnt: " + iou);
    }

    private static long residentKb() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "skipped: no /proc/self/status to read resident memory from");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @ConsoleOutput
    void residentMemoryIsFlatOverFiveHundredSteps() throws IOException {
        TrainingSet set = set(CLEAN.image(), CLEAN.labels().asVolume(), Double.NaN);
        UNetShape shape = new UNetShape(1, 3, 4, 3);
        Recipe recipe = new Recipe(600, 32, 8, 3e-3, Disturbance.NONE, Recipe.Turns.FREE, 0, 99, 1);
        long[] seen = new long[2];
        new Training(ValidationSplit.of(set, 0), shape, recipe)
                .run(TrainingState.start(shape, 1), Progress.SILENT, s -> {
                    try {
                        // The heap grows to its size in the first steps, whatever is kept.
                        System.gc();
                        if (s.step() == 90) seen[0] = residentKb();
                        if (s.step() == 600) seen[1] = residentKb();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        System.out.println("resident after 90 and 600 steps: " + Arrays.toString(seen) + " kB");
        assertTrue(seen[0] > 0 && seen[1] - seen[0] < 60_000, Arrays.toString(seen));
    }

    @Test
    @ConsoleOutput
    void residentMemoryIsFlatOverTwoHundredSlices() throws IOException {
        List<byte[]> planes = new ArrayList<>();
        byte[] plane = new byte[256 * 256];
        new java.util.Random(1).nextBytes(plane);
        for (int z = 0; z < 220; z++) planes.add(plane);
        Volume stack =
                new Volume(Planes.ofBytes(planes, 256, 256), CLEAN.image().size());
        long[] seen = new long[2];
        Progress look = new Progress() {
            @Override
            public void report(double fraction, String what) {
                try {
                    System.gc();
                    int z = (int) Math.round(fraction * 220);
                    if (z == 20) seen[0] = residentKb();
                    if (z == 220) seen[1] = residentKb();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }

            @Override
            public void check() {}
        };
        Weights weights = NetworksTest.arbitrary(new UNetShape(1, 3, 4, 3), 1);
        try (Network network = new OnnxNetwork(weights)) {
            new StackSegmentation(
                            network,
                            new int[] {0, 1, 2},
                            1,
                            sinterj.segment.Normalisation.Rule.STACK,
                            StackSegmentation.Flips.NONE,
                            network.halo(),
                            false,
                            false)
                    .run(stack, look);
        }
        // The labels of 200 slices are 13 MB.
        System.out.println("resident after 20 and 220 slices: " + Arrays.toString(seen) + " kB");
        assertTrue(seen[0] > 0 && seen[1] - seen[0] < 13_000 + 60_000, Arrays.toString(seen));
    }
}
