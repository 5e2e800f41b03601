package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.optimize.ExpectedImprovement;
import sinterj.optimize.FreeParameter;
import sinterj.optimize.Sampler;
import sinterj.optimize.SearchSpace;
import sinterj.optimize.Study;
import sinterj.optimize.TreeParzen;
import sinterj.optimize.Trial;
import sinterj.optimize.TrialResult;

class AssimilationTest {
    private static final BallGrowth MODEL = BallGrowth.usual();

    private static Plan plan(Observation seen, Sampler search, int trials, boolean prune, ForwardModel coarse) {
        return new Plan(
                seen, BallGrowth.SPACE, MODEL, coarse, MODEL.frame(0, 0, 0), List.of(), search, trials, prune, 1);
    }

    private static Answer answer(Plan plan) {
        return Assimilation.run(plan, Study.inMemory(plan.space()), Progress.SILENT);
    }

    private record Threads(int threads) implements Progress {
        @Override
        public void report(double fraction, String what) {}

        @Override
        public void check() {}
    }

    @Test
    void theRatesOfANoisyObservationAreFoundWithHonestDeviations() {
        int inside = 0;
        for (int seed = 0; seed < 12; seed++) {
            Answer a = answer(plan(MODEL.seen(0.2, 0.1, seed, null), new ExpectedImprovement(), 16, true, null));
            assertTrue(a.informative(), a.remarks().toString());
            assertTrue(a.isIdentifiable(0) && a.isIdentifiable(1));
            assertEquals(0.2, a.posterior().value(0), 0.2 * 0.15);
            assertEquals(0.1, a.posterior().value(1), 0.1 * 0.25);
            if (a.posterior().low(0) <= 0.2 && 0.2 <= a.posterior().high(0)) inside++;
            if (a.posterior().low(1) <= 0.1 && 0.1 <= a.posterior().high(1)) inside++;
        }
        // Of 24 intervals of 95 %, 1.2 miss the truth on average and more than 4 almost never.
        assertTrue(inside >= 20, inside + " of 24 intervals hold the truth");
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Plan plan = plan(MODEL.seen(0.2, 0.1, 3, null), TreeParzen.multivariate(), 18, true, MODEL);
        Answer one = Assimilation.run(plan, Study.inMemory(plan.space()), new Threads(1));
        Answer four = Assimilation.run(plan, Study.inMemory(plan.space()), new Threads(4));
        assertArrayEquals(one.at(), four.at());
        for (int i = 0; i < 18; i++) {
            assertEquals(
                    one.history().finished().get(i).cost(),
                    four.history().finished().get(i).cost());
        }
    }

    @Test
    void anInterruptedStudyGoesOnToTheSameAnswer(@TempDir Path folder) {
        Observation seen = MODEL.seen(0.2, 0.1, 4, null);
        Plan plan = plan(seen, new ExpectedImprovement(), 14, true, null);
        double[] whole = answer(plan).at();
        AtomicInteger runs = new AtomicInteger();
        ForwardModel dies = (parameters, sink, progress) -> {
            if (runs.incrementAndGet() > 7) throw new CancellationException("killed");
            MODEL.run(parameters, sink, progress);
        };
        Plan killed = new Plan(
                seen, plan.space(), dies, null, plan.start(), List.of(), plan.search(), plan.trials(), true, 1);
        Path path = folder.resolve("study.jsonl");
        try (Study study = Study.open(path, plan.space(), Map.of())) {
            assertThrows(CancellationException.class, () -> Assimilation.run(killed, study, Progress.SILENT));
        }
        try (Study study = Study.open(path, plan.space(), Map.of())) {
            assertEquals(7, study.history().finished().size());
            assertArrayEquals(
                    whole, Assimilation.run(plan, study, Progress.SILENT).at());
        }
        assertTrue(Files.exists(path));
    }

    /** Asked for the best so far when it is being simulated: a simulation that is told so ends where it is. */
    @Test
    void theBestSimulationIsWholeHoweverSoonItIsWanted() {
        ForwardModel obedient = (parameters, sink, progress) -> MODEL.run(
                parameters, (frame, density) -> !progress.finishEarly() && sink.take(frame, density), progress);
        Plan plan = new Plan(
                MODEL.seen(0.2, 0.1, 5, null),
                BallGrowth.SPACE,
                obedient,
                null,
                MODEL.frame(0, 0, 0),
                List.of(),
                new ExpectedImprovement(),
                8,
                true,
                1);
        Answer a = Assimilation.run(plan, Study.inMemory(plan.space()), new StoppedAtTheLast());
        for (float[][] frame : a.density()) assertTrue(frame != null, "a frame is missing");
    }

    private static final class StoppedAtTheLast implements Progress {
        private volatile boolean stopped;

        @Override
        public void report(double fraction, String what) {
            stopped |= what.equals("Best simulation");
        }

        @Override
        public boolean finishEarly() {
            return stopped;
        }

        @Override
        public void check() {}
    }

    @Test
    void shuffledFramesAreNotInformative() {
        Observation shuffled = MODEL.seen(0.4, 0.3, 5, new int[] {0, 5, 1, 4, 2, 3});
        Answer a = answer(plan(shuffled, new ExpectedImprovement(), 16, true, null));
        assertFalse(a.informative(), a.frames().toString());
        assertFalse(a.isIdentifiable(0));
        assertTrue(a.remarks().stream().anyMatch(r -> r.startsWith("Not informative")));
    }

    @Test
    void anotherSpecimenIsNotInformative() {
        Observation other = new BallGrowth(32, MODEL.seconds(), 13).seen(0.01, 0.01, 5, null);
        Observation first = MODEL.seen(0.2, 0.1, 5, null);
        byte[][][] mixed = other.solid().clone();
        mixed[0] = first.solid()[0];
        Answer a = answer(plan(first.with(mixed), new ExpectedImprovement(), 16, true, null));
        assertFalse(a.informative());
    }

    private static Observation of(Observation seen, double... weights) {
        return new Observation(32, 32, 32, seen.seconds(), seen.solid(), weights, seen.voxelWeights());
    }

    /** An observation that shows something else where it does not count: from x = 20 on, in frames from a first one. */
    private static Observation spoilt(Observation seen, int from, int value) {
        byte[][][] solid = new byte[seen.frames()][seen.depth()][];
        for (int t = 0; t < seen.frames(); t++) {
            for (int z = 0; z < seen.depth(); z++) {
                solid[t][z] = seen.solid()[t][z].clone();
                for (int i = 0; i < 32 * 32; i++) if (t >= from && i % 32 >= 20) solid[t][z][i] = (byte) value;
            }
        }
        return seen.with(solid);
    }

    @Test
    void whatVoxelsShowThatDoNotCountChangesNothing() {
        float[][] weights = new float[32][32 * 32];
        for (float[] plane : weights) for (int i = 0; i < plane.length; i++) plane[i] = i % 32 >= 20 ? 0 : 1;
        Observation seen = MODEL.seen(0.2, 0.1, 5, null).weighted(weights);
        Answer whole = answer(plan(seen, new ExpectedImprovement(), 16, true, null));
        assertTrue(whole.informative(), whole.remarks().toString());
        for (int from : new int[] {0, 2}) {
            Answer gone =
                    answer(plan(spoilt(seen, from, from == 0 ? 255 : 0), new ExpectedImprovement(), 16, true, null));
            assertArrayEquals(whole.at(), gone.at());
            assertEquals(whole.errors(), gone.errors());
            assertEquals(whole.frames(), gone.frames());
            assertTrue(gone.informative(), gone.remarks().toString());
        }
    }

    @Test
    void framesWithoutWeightAreNotJudged() {
        Observation seen = spoilt(MODEL.seen(0.2, 0.1, 5, null), 3, 0);
        assertFalse(
                answer(plan(seen, new ExpectedImprovement(), 16, true, null)).informative());
        Answer a = answer(plan(of(seen, 0, 1, 1, 0, 0, 0), new ExpectedImprovement(), 16, true, null));
        assertTrue(a.informative(), a.remarks().toString());
        assertEquals(0, a.frames().get(0).volumeSd());
        assertTrue(a.frames().get(2).volumeSd() > 0);
        assertTrue(Double.isNaN(a.frames().get(3).volumeSd()));
        assertTrue(a.frames().get(3).jaccard() < 0.8, "what was left out can still be compared");
        Answer none = answer(plan(of(seen, 1, 0, 0, 0, 0, 0), new ExpectedImprovement(), 16, true, null));
        assertFalse(none.informative());
        assertTrue(
                none.remarks().stream().anyMatch(r -> r.contains("'weights'")),
                none.remarks().toString());
    }

    /** The first frame is the start: what it tells of the masks does not depend on its weight. */
    @Test
    void theWeightOfTheFirstFrameDoesNotCount() {
        Observation seen = MODEL.seen(0.2, 0.1, 5, null);
        assertEquals(
                ViewFit.ofStart(seen, MODEL.frame(0, 0, 0)).shape(),
                ViewFit.ofStart(of(seen, 0, 1, 1, 1, 1, 1), MODEL.frame(0, 0, 0))
                        .shape());
    }

    @Test
    void pruningNeverEndsATrialThatWouldHaveBeenTheBest() {
        Observation seen = MODEL.seen(0.2, 0.1, 6, null);
        Plan pruned = plan(seen, TreeParzen.multivariate(), 40, true, null);
        Plan whole = plan(seen, TreeParzen.multivariate(), 40, false, null);
        Answer a = answer(pruned);
        SharpView view = ViewFit.ofStart(seen, pruned.start());
        Cost cost = new Cost(seen, ErrorModel.of(seen, pruned.start(), view), view, BallGrowth.SPACE);
        int ended = 0;
        for (Trial t : a.history().finished()) {
            if (t.outcome() != Trial.Outcome.PRUNED) continue;
            ended++;
            double[] full = {cost.background(t.at())};
            MODEL.run(
                    BallGrowth.SPACE.named(t.at()),
                    (frame, density) -> {
                        full[0] += cost.part(frame, density);
                        return true;
                    },
                    Progress.SILENT);
            assertTrue(full[0] > a.history().best().cost(), "trial " + t.number() + " would have been the best");
        }
        assertTrue(ended > 5, ended + " trials ended early");
        assertEquals(answer(whole).posterior().value(0), a.posterior().value(0), 0.02);
    }

    @Test
    void theBoundOfATrialNeverExceedsWhatItThenCosts() {
        TrialResult good = new TrialResult(30, Trial.Outcome.COMPLETE, new double[] {0, 10, 20}, 1);
        Pruning pruning = Pruning.from(List.of(good), 3);
        assertEquals(30, pruning.bound(10, 1));
        assertFalse(pruning.ends(25, 1));
        assertTrue(pruning.ends(31, 1));
        assertFalse(Pruning.none(3).ends(1e9, 1));
    }

    @Test
    void theSharpViewIsUnbiasedWhereTheDensityItselfIsNot() {
        // A mask of the true ball: the cost of the sharp view is least at the true size.
        Observation seen = MODEL.seen(0.2, 0.1, 7, null);
        Cost cost = new Cost(
                seen, ErrorModel.of(seen, MODEL.frame(0, 0, 0), SharpView.USUAL), SharpView.USUAL, BallGrowth.SPACE);
        double truth = cost.part(5, MODEL.frame(0.2, 0.1, 10));
        assertTrue(truth < cost.part(5, MODEL.frame(0.24, 0.1, 10)));
        assertTrue(truth < cost.part(5, MODEL.frame(0.16, 0.1, 10)));
        assertEquals(0.5, SharpView.USUAL.of(0.5f), 1e-6);
        assertEquals(0.5 * (1 + Math.tanh(0.2 / 0.15)), SharpView.USUAL.of(0.7f), 1e-6);
        assertEquals(SharpView.USUAL.of(1), SharpView.USUAL.of(1.2f));
    }

    @Test
    void errorsThatComeInCubesOfEightCountAsAboutOneOfThem() {
        ErrorModel errors = ErrorModel.of(MODEL.seen(0.2, 0.1, 8, null), MODEL.frame(0, 0, 0), SharpView.USUAL);
        assertTrue(errors.together() > 1.5 && errors.together() < 16, "together " + errors.together());
    }

    /** A ball in voxels three times as high as wide: whether a surface was recorded depends on its slope in space. */
    @Test
    void theMissingWedgeIsThatOfSpaceNotOfVoxels() {
        int width = 40;
        float[][] flat = new float[14][width * width];
        for (int z = 0; z < 14; z++) {
            for (int i = 0; i < width * width; i++) {
                double r = Math.hypot(Math.hypot(i % width - 19.5, i / width - 19.5), 3 * (z - 6.5));
                flat[z][i] = (float) (0.5 * (1 + Math.tanh((14 - r) / 4)));
            }
        }
        float[][] weights = MissingWedge.weights(flat, width, new double[] {2, 2, 6}, 70);
        int wrong = 0;
        int looked = 0;
        for (int z = 1; z < 13; z++) {
            for (int i = width; i < width * (width - 1); i++) {
                double x = i % width - 19.5;
                double zz = 3 * (z - 6.5);
                if (flat[z][i] < 0.2 || flat[z][i] > 0.8 || Math.abs(x) < 4) continue;
                double steep = Math.abs(x) / Math.abs(zz);
                double limit = Math.tan(Math.toRadians(35));
                if (steep > limit / 1.2 && steep < limit * 1.2) continue; // differences over voxels tell no nearer
                looked++;
                if (MissingWedge.isSeen(x, zz, 70) != (weights[z][i] == 1)) wrong++;
            }
        }
        assertTrue(looked > 1000, "" + looked);
        assertEquals(0, wrong, "of " + looked);
    }

    /** A frame holder that stays where it is must not keep what drifts from being moved back. */
    @Test
    void framesAreMovedByWhatCounts() {
        float[][] weights = new float[32][32 * 32];
        for (int z = 0; z < 32; z++) for (int i = 0; i < 32 * 32; i++) weights[z][i] = z < 26 ? 1 : 0;
        byte[][][] solid = new byte[3][32][32 * 32];
        for (int t = 0; t < 3; t++) {
            for (int z = 0; z < 32; z++) {
                for (int i = 0; i < 32 * 32; i++) {
                    double r = Math.hypot(Math.hypot(i % 32 - 14 - 3 * t, i / 32 - 15), z - 13);
                    boolean holder = z >= 27 && (i % 32 / 2 + i / 32 / 2) % 2 == 0;
                    solid[t][z][i] = (byte) (r < 6 || holder ? 255 : 0);
                }
            }
        }
        double[] ones = {1, 1, 1};
        double[] seconds = {0, 1, 2};
        Observation seen = new Observation(32, 32, 32, seconds, solid, ones, null);
        assertArrayEquals(
                new int[] {6, 0, 0},
                Registration.of(seen.weighted(weights), Progress.SILENT).shifts()[2]);
        assertEquals(
                "Registering moved frames by whole voxels along x, y and z: frame 2 by -3, 0, 0; frame 3 by -6, 0, 0.",
                Registration.of(seen.weighted(weights), Progress.SILENT).words());
        // What a frame of no weight shows moves no other.
        byte[][][] spoilt = solid.clone();
        spoilt[1] = new byte[32][32 * 32];
        for (int z = 0; z < 32; z++) for (int i = 0; i < 32 * 32; i++) spoilt[1][z][i] = (byte) (i % 32 < 5 ? 255 : 0);
        for (int z = 0; z < 32; z++) for (int i = 3; i < 32 * 32; i++) spoilt[2][z][i - 3] = solid[2][z][i];
        Observation gap = new Observation(32, 32, 32, seconds, spoilt, new double[] {1, 0, 1}, weights);
        assertArrayEquals(
                new int[] {3, 0, 0}, Registration.of(gap, Progress.SILENT).shifts()[2]);
    }

    @Test
    void driftedFramesAreMovedBack() {
        Observation seen = MODEL.seen(0.2, 0.1, 9, null);
        byte[][][] drifted = seen.solid().clone();
        for (int t = 3; t < 6; t++) {
            byte[][] moved = new byte[32][32 * 32];
            for (int z = 0; z < 31; z++) {
                for (int i = 2; i < 32 * 32; i++) moved[z + 1][i] = seen.solid()[t][z][i - 2];
            }
            drifted[t] = moved;
        }
        Observation back = Registration.of(seen.with(drifted), Progress.SILENT).seen();
        for (int z = 4; z < 28; z++) {
            for (int i = 0; i < 32 * 32; i++) {
                if (i % 32 < 30) assertEquals(seen.solid()[5][z][i], back.solid()[5][z][i], "voxel " + i);
            }
        }
        Observation same = Registration.of(seen, Progress.SILENT).seen();
        assertArrayEquals(seen.solid()[4][16], same.solid()[4][16]);
    }

    @Test
    void trialsThatCannotBeSimulatedAreRefusedInASentence() {
        ForwardModel never = (parameters, sink, progress) -> {
            throw new ArithmeticException("no");
        };
        Observation seen = MODEL.seen(0.2, 0.1, 9, null);
        Plan plan = new Plan(
                seen,
                SearchSpace.of(FreeParameter.log("a", 1, 2)),
                never,
                null,
                MODEL.frame(0, 0, 0),
                List.of(),
                TreeParzen.multivariate(),
                4,
                true,
                1);
        assertThrows(InvalidInput.class, () -> answer(plan));
    }

    /** Whoever made the trials of a table could simulate them; the model at hand cannot beyond some rate. */
    private static Answer fromTable(double[] ratesX, double[] costs, double most) {
        ForwardModel slow = (parameters, sink, progress) -> {
            if (parameters.get("rate_x") > most) throw new ArithmeticException("too fast");
            MODEL.run(parameters, sink, progress);
        };
        Observation seen = MODEL.seen(0.2, 0.1, 9, null);
        List<double[]> values =
                Arrays.stream(ratesX).mapToObj(x -> new double[] {x, 0.12}).toList();
        Plan plan = new Plan(
                seen,
                BallGrowth.SPACE,
                slow,
                null,
                MODEL.frame(0, 0, 0),
                List.of(),
                TreeParzen.multivariate(),
                costs.length,
                true,
                1);
        return Assimilation.run(plan, Study.ofTrials(BallGrowth.SPACE, values, costs), Progress.SILENT);
    }

    @Test
    void theNextBestTrialIsTakenWhereTheBestCannotBeSimulated() {
        double[] rates = {0.9, 0.25, 0.8, 0.04};
        Answer a = fromTable(rates, new double[] {1, 3, 2, 4}, 0.5);
        assertEquals(0.2, a.posterior().value(0), 0.2 * 0.15);
        String words =
                "Trial 1 was the cheapest, but cannot be simulated to its end on the fine grid: trial 2 was taken.";
        assertTrue(a.remarks().contains(words), a.remarks().toString());
        InvalidInput none = assertThrows(InvalidInput.class, () -> fromTable(rates, new double[] {1, 3, 2, 4}, 0.01));
        assertTrue(none.getMessage().startsWith("None of the 4 whole trials"), none.getMessage());
    }
}
