package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
    void patchesStayInTheImageButForAnEighthOfTheirSide() {
        int width = 70;
        float[] grey = new float[width * width];
        byte[] labels = new byte[grey.length];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = i % width;
            labels[i] = (byte) (i % width / 35);
        }
        TrainingSet set = TrainingSet.of(
                new Volume(Planes.ofFloats(List.of(grey), width, width), VoxelSize.pixels()),
                new Volume(Planes.ofBytes(List.of(labels), width, width), VoxelSize.pixels()),
                new TrainingSet.Choices(Double.NaN, 1, 1, 3),
                Progress.SILENT);
        SplittableRandom random = new SplittableRandom(3);
        for (Recipe.Turns turns : new Recipe.Turns[] {Recipe.Turns.NONE, Recipe.Turns.KEEP}) {
            PatchSampler sampler = new PatchSampler(set, new Recipe(1, 32, 1, 1, Disturbance.NONE, turns, 0, 1, 1));
            int mostRising = 0;
            for (int n = 0; n < 200; n++) {
                float[] row = sampler.draw(random).slices();
                int rising = 0;
                for (int x = 1; x < 32; x++) if (row[x] > row[x - 1]) rising++;
                // Along a row grey rises, or falls where the patch is mirrored or what it shows is.
                int mirrored = Math.min(rising, 31 - rising);
                mostRising = Math.max(mostRising, mirrored);
            }
            if (turns == Recipe.Turns.NONE) assertEquals(0, mostRising);
            // An eighth is 4 pixels; up to 1.25 times further by zoom and 3 more by tilt.
            else assertTrue(mostRising > 0 && mostRising <= 10, "mirrored pixels: " + mostRising);
        }
    }

    @Test
    void aRareClassIsDrawnAsOftenAsACommonOne() {
        int width = 120;
        int height = 90;
        byte[] labels = new byte[width * height];
        float[] grey = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            int x = i % width;
            int y = i / width;
            labels[i] = (byte) (Math.abs(x - 100) < 3 && Math.abs(y - 20) < 3 ? 2 : x < 40 ? 1 : 0);
            grey[i] = 10 * labels[i] + i % 7;
        }
        TrainingSet set = TrainingSet.of(
                new Volume(Planes.ofFloats(List.of(grey), width, height), VoxelSize.pixels()),
                new Volume(Planes.ofBytes(List.of(labels), width, height), VoxelSize.pixels()),
                new TrainingSet.Choices(Double.NaN, 1, 1, 3),
                Progress.SILENT);
        PatchSampler sampler =
                new PatchSampler(set, new Recipe(1, 16, 1, 1, Disturbance.FIBSEM, Recipe.Turns.FREE, 0, 1, 1));
        SplittableRandom random = new SplittableRandom(1);
        int holdIt = 0;
        for (int n = 0; n < 600; n++) {
            PatchSampler.Patch patch = sampler.draw(random);
            assertEquals(256, patch.slices().length);
            for (float v : patch.slices()) assertTrue(Float.isFinite(v));
            boolean holds = false;
            for (byte c : patch.labels()) holds |= c == 2;
            if (holds) holdIt++;
        }
        // A third of a half by balance, and 3 % by chance; four standard deviations of 600 draws are 6 %.
        assertEquals(1 / 6.0 + 0.03, holdIt / 600.0, 0.06);
        assertArrayEquals(
                sampler.draw(new SplittableRandom(8)).slices(),
                sampler.draw(new SplittableRandom(8)).slices());
    }
}
