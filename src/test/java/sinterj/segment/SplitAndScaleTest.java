package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class SplitAndScaleTest {
    private static final FibSemStack STACK = FibSemStack.make(
            new FibSemStack.Sample(60, 50, 30, true, 300, 0.12, 20),
            new Artefacts(0, 0, 0.05, 0, 0, 0, 0),
            2,
            Progress.SILENT);

    private static TrainingSet set(Volume labels, double unlabelled) {
        return TrainingSet.of(STACK.image(), labels, new TrainingSet.Choices(unlabelled, 0, 0, 0), Progress.SILENT);
    }

    /** Labels of the first slices only, one more than the truth; 0 elsewhere. */
    private static Volume firstSlices(int count) {
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < 30; z++) {
            float[] truth = STACK.labels().asVolume().plane(z);
            byte[] plane = new byte[truth.length];
            if (z < count) for (int i = 0; i < plane.length; i++) plane[i] = (byte) (truth[i] + 1);
            planes.add(plane);
        }
        return new Volume(Planes.ofBytes(planes, 60, 50), STACK.image().size());
    }

    @Test
    void slicesKeptForTheScoreAreABlockWithAGapAround() {
        TrainingSet set = set(STACK.labels().asVolume(), Double.NaN);
        assertTrue(set.alike());
        assertEquals(3, set.context());
        ValidationSplit split = ValidationSplit.of(set, 0.2);
        List<Integer> kept = split.validation().slices();
        assertEquals(6, kept.size());
        assertEquals(5, kept.get(5) - kept.get(0));
        for (int z : split.training().slices()) {
            assertTrue(z < kept.get(0) - 6 || z > kept.get(5) + 6, z + " is too near to " + kept);
        }
    }

    @Test
    void withOneSliceAStripIsKeptAndNoPixelIsInBoth() {
        ValidationSplit split = ValidationSplit.of(set(firstSlices(1), 0), 0.25);
        byte[] learnt = split.training().labels().get(0);
        byte[] kept = split.validation().labels().get(0);
        int both = 0;
        int neither = 0;
        for (int i = 0; i < learnt.length; i++) {
            if (learnt[i] >= 0 && kept[i] >= 0) both++;
            if (learnt[i] < 0 && kept[i] < 0) neither++;
        }
        assertEquals(0, both);
        assertTrue(neither > 0, "no gap");
    }

    @Test
    void labelsThatTeachNothingAreRefusedWithTheirCounts() {
        Volume labels = STACK.labels().asVolume();
        Volume other = new Volume(Planes.floats(60, 50, 29), VoxelSize.pixels());
        assertTrue(message(other, 0).contains("60 x 50 x 29"));
        assertTrue(message(firstSlices(0), 0).contains("unlabelled"));
        assertTrue(message(new Volume(Planes.floats(60, 50, 30), VoxelSize.pixels()), Double.NaN)
                .contains("only the class 0"));
        List<byte[]> few = new ArrayList<>();
        for (int z = 0; z < 30; z++) few.add(new byte[3000]);
        few.get(3)[7] = 1;
        for (int i = 100; i < 200; i++) few.get(4)[i] = 2;
        String counts = message(new Volume(Planes.ofBytes(few, 60, 50), labels.size()), 0);
        assertTrue(counts.contains("class 1: 1, class 2: 100"), counts);
    }

    private static String message(Volume labels, double unlabelled) {
        return assertThrows(InvalidInput.class, () -> set(labels, unlabelled)).getMessage();
    }

    @Test
    void imagesThatDoNotBelongTogetherAreToldFromAStack() {
        assertTrue(Neighbours.resemble(STACK.image()));
        List<float[]> noise = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int z = 0; z < 4; z++) {
            float[] plane = new float[60 * 50];
            for (int i = 0; i < plane.length; i++) plane[i] = (float) random.nextDouble();
            noise.add(plane);
        }
        assertFalse(Neighbours.resemble(new Volume(Planes.ofFloats(noise, 60, 50), VoxelSize.pixels())));
    }

    @Test
    void theScaleFollowsTheObjectsUntilTheThinnestWouldVanish() {
        assertEquals(new ObjectSize(1, 3), ObjectSize.suggest(7, 40));
        assertEquals(new ObjectSize(0.5, 4), ObjectSize.suggest(5, 138));
        assertEquals(new ObjectSize(0.25, 3), ObjectSize.suggest(20, 200));
        assertEquals(new ObjectSize(1, 4), ObjectSize.suggest(3, 500));
    }

    @Test
    void resizingKeepsMeansAndConstantsAndLines() {
        SplittableRandom random = new SplittableRandom(6);
        float[] plane = new float[12 * 9];
        double mean = 0;
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) random.nextDouble();
            mean += plane[i] / plane.length;
        }
        double small = 0;
        for (float v : Rescale.grey(plane, 12, 9, 5, 4)) small += v / 20;
        assertEquals(mean, small, 1e-5); // every pixel counts by what is covered of it
        float[] flat = new float[12 * 9];
        java.util.Arrays.fill(flat, 3);
        for (float v : Rescale.grey(flat, 12, 9, 31, 7)) assertEquals(3, v, 1e-5);
        float[] line = new float[10];
        for (int x = 0; x < 10; x++) line[x] = x;
        float[] fine = Rescale.grey(line, 10, 1, 40, 1);
        for (int x = 2; x < 38; x++) assertEquals((x + 0.5) / 4 - 0.5, fine[x], 1e-5);
    }

    @Test
    void aSmallerClassImageHoldsWhatMostOfItsPixelsSay() {
        byte[] in = {0, 0, 1, 1, 0, 1, 1, -1, -1, -1, 2, 2, -1, -1, 2, 0};
        assertArrayEquals(new byte[] {0, 1, -1, 2}, Rescale.classes(in, 4, 4, 2, 2, 3));
    }

    @Test
    void percentilesAreNotMovedByAFewExtremes() {
        float[] plane = new float[10_000];
        for (int i = 0; i < plane.length; i++) plane[i] = 100 + i % 100;
        plane[5] = 1e6f;
        Volume stack = new Volume(Planes.ofFloats(List.of(plane), 100, 100), VoxelSize.pixels());
        Normalisation n = Normalisation.of(Normalisation.Rule.STACK, stack);
        assertEquals(100, n.low(), 1.01);
        assertEquals(199, n.high(), 1.01);
        float[] out = n.apply(plane);
        assertEquals(4, out[5], 0);
        assertEquals(0, out[50], 0.05);
        assertArrayEquals(
                new float[10_000],
                Normalisation.of(Normalisation.Rule.SLICE, stack).apply(new float[10_000]));
    }

    @Test
    void aRareClassIsDrawnAsOftenAsACommonOne() {
        TrainingSet set = set(STACK.labels().asVolume(), Double.NaN);
        Recipe recipe = new Recipe(1, 16, 1, 1, true, Recipe.Turns.FREE, 0, 1, 1);
        PatchSampler sampler = new PatchSampler(set, recipe);
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, Long> seen = new HashMap<>();
        for (int n = 0; n < 400; n++) {
            PatchSampler.Patch patch = sampler.draw(random);
            assertEquals(3 * 256, patch.slices().length);
            for (float v : patch.slices()) assertTrue(Float.isFinite(v));
            for (byte c : patch.labels()) seen.merge((int) c, 1L, Long::sum);
        }
        long[] all = TrainingSet.counts(set.labels().values(), 3);
        double inStack = all[2] / (double) (all[0] + all[1] + all[2]);
        assertTrue(seen.get(2) / (400 * 256.0) > 1.5 * inStack, seen + " against " + inStack);
        assertArrayEquals(
                sampler.draw(new SplittableRandom(8)).slices(),
                sampler.draw(new SplittableRandom(8)).slices());
    }
}
