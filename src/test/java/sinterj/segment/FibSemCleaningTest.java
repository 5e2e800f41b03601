package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sinterj.base.ConsoleOutput;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.RandomDraws;

/** On the simulated stack, of which it is known how far each slice lies off, how bright it is and what it would be. */
class FibSemCleaningTest {
    private static final FibSemStack.Sample SAMPLE = new FibSemStack.Sample(260, 230, 24, true, 600, 0.12, 20);

    private static FibSemStack stack(Artefacts faults) {
        return FibSemStack.make(SAMPLE, faults, 5, Progress.SILENT);
    }

    private static FibSemCleaning.Result clean(Volume stack) {
        return new FibSemCleaning(true, true, true).run(stack, null, Progress.SILENT);
    }

    /** Root mean square of the difference less its mean. */
    private static double apart(double[] a, double[] b) {
        double mean = 0;
        for (int i = 0; i < a.length; i++) mean += (a[i] - b[i]) / a.length;
        double squares = 0;
        for (int i = 0; i < a.length; i++) squares += Math.pow(a[i] - b[i] - mean, 2) / a.length;
        return Math.sqrt(squares);
    }

    @Test
    void driftIsFoundToThreeTenthsOfAPixelThroughAllOtherFaults() {
        FibSemStack stack = stack(new Artefacts(0.1, 0.15, 0.15, 1.5, 0.05, 0.4, 0.02));
        FibSemCleaning.Result made = clean(stack.image());
        assertTrue(apart(stack.shiftX(), new double[24]) > 1, "there is something to be found");
        assertEquals(0, left(stack, made), 0.3);
        assertEquals(0, made.shiftX()[0]);
    }

    /** Root mean square of the length of what is left of the shifts, less its mean. */
    private static double left(FibSemStack stack, FibSemCleaning.Result made) {
        return Math.hypot(apart(stack.shiftX(), made.shiftX()), apart(stack.shiftY(), made.shiftY()));
    }

    /**
     * Neighbouring slices are compared, so what the structure itself moves from one to the next is taken for drift. It
     * is some tenths of a pixel where a section shows a hundred grains, with other faults or without, and less the more.
     */
    @Test
    @Tag("proof")
    @ConsoleOutput
    void driftOfLargerSectionsIsFoundToThreeTenthsOfAPixelWhateverTheSeed() {
        for (int seed = 1; seed <= 6; seed++) {
            FibSemStack stack = FibSemStack.make(
                    new FibSemStack.Sample(520, 460, 24, true, 600, 0.12, 20),
                    new Artefacts(0.1, 0.15, 0.15, 1.5, 0.05, 0.4, 0.02),
                    seed,
                    Progress.SILENT);
            double left = left(stack, clean(stack.image()));
            System.out.println("seed " + seed + ": " + left + " pixels of the drift are left");
            assertEquals(0, left, 0.3);
        }
    }

    @Test
    void brightnessOfSlicesIsFoundToTwoPercent() {
        FibSemStack stack = stack(new Artefacts(0.1, 0.15, 0.15, 0, 0.08, 0.4, 0));
        double[] ratio = new double[24];
        FibSemCleaning.Result made = clean(stack.image());
        for (int z = 0; z < 24; z++) ratio[z] = made.gain()[z] / stack.gain()[z];
        assertTrue(apart(stack.gain(), new double[24]) > 0.05, "there is something to be found");
        assertEquals(0, apart(ratio, new double[24]), 0.02);
    }

    @Test
    void stripesGoAndWhatIsUnderThemStays() {
        Volume ideal = stack(Artefacts.NONE).image();
        FibSemStack striped = stack(new Artefacts(0.2, 0, 0.05, 0, 0, 0, 0));
        FibSemCleaning destripe = new FibSemCleaning(false, true, false);
        FibSemCleaning.Result made = destripe.run(striped.image(), null, Progress.SILENT);
        double before = distance(striped.image(), ideal);
        double after = distance(made.image(), ideal);
        assertTrue(after < 0.5 * before, "root mean square error " + before + " became " + after);
        // 0.2 of the 90 grey values from void to superconductor.
        assertEquals(18, Arrays.stream(made.stripes()).average().orElseThrow(), 4);
        FibSemCleaning.Result again = destripe.run(ideal, null, Progress.SILENT);
        assertEquals(0, distance(again.image(), ideal), 1.5);
    }

    @Test
    void aPlaneOfNoiseHasNoStripes() {
        SplittableRandom random = new SplittableRandom(1);
        int changed = 0;
        for (int n = 0; n < 40; n++) {
            float[] plane = new float[90 * 70];
            for (int i = 0; i < plane.length; i++) plane[i] = (float) RandomDraws.gaussian(random);
            for (float s : Curtains.of(plane, 90, 70)) {
                if (s != 0) {
                    changed++;
                    break;
                }
            }
        }
        assertTrue(changed <= 4, "stripes seen in " + changed + " of 40 planes of noise");
    }

    private static double distance(Volume a, Volume b) {
        double squares = 0;
        for (int z = 0; z < a.depth(); z++) {
            float[] p = a.plane(z);
            float[] q = b.plane(z);
            for (int i = 0; i < p.length; i++) squares += Math.pow(p[i] - q[i], 2);
        }
        return Math.sqrt(squares / a.count());
    }

    @Test
    void slowSlopesAreFlattened() {
        int width = 300;
        int height = 260;
        float[] flat = stack(Artefacts.NONE).image().plane(0);
        float[] plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            float grey = flat[Math.min(259, i % width) + 260 * Math.min(229, i / width)];
            plane[i] = grey + 0.1f * (i % width) - 0.05f * (i / width);
        }
        SliceLevel level = SliceLevel.of(plane, width, height);
        float[] levelled = plane.clone();
        level.flatten(levelled, width, height);
        double before = Math.abs(median(plane, width, 220, 260) - median(plane, width, 40, 80));
        double after = Math.abs(median(levelled, width, 220, 260) - median(levelled, width, 40, 80));
        assertTrue(before > 15 && after < 4, "from left to right " + before + " became " + after);
    }

    private static double median(float[] plane, int width, int from, int to) {
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < plane.length; i++) if (i % width >= from && i % width < to) values.add(plane[i]);
        values.sort(null);
        return values.get(values.size() / 2);
    }

    @Test
    void pixelsKeepTheirKindAndWhatIsSwitchedOffChangesNothing() {
        byte[] eight = new byte[40 * 33];
        short[] sixteen = new short[eight.length];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < eight.length; i++) {
            eight[i] = (byte) random.nextInt(256);
            sixteen[i] = (short) random.nextInt(65_536);
        }
        Volume bytes = new Volume(Planes.ofBytes(List.of(eight, eight.clone()), 40, 33), VoxelSize.cube(5, "nm"));
        Volume shorts = new Volume(Planes.ofShorts(List.of(sixteen, sixteen.clone()), 40, 33), VoxelSize.cube(5, "nm"));
        assertTrue(clean(bytes).image().voxels().getType() instanceof UnsignedByteType);
        assertTrue(clean(shorts).image().voxels().getType() instanceof UnsignedShortType);
        for (Volume volume : List.of(bytes, shorts)) {
            FibSemCleaning.Result same = new FibSemCleaning(false, false, false).run(volume, null, Progress.SILENT);
            assertArrayEquals(volume.plane(1), same.image().plane(1));
            assertEquals(volume.size(), same.image().size());
        }
    }

    @Test
    void aRegionThatStandsUprightDecides() {
        // On the left a pattern that stays, on the right one that moves by a pixel a slice and has more contrast.
        int width = 160;
        int height = 90;
        SplittableRandom random = new SplittableRandom(4);
        float[] left = new float[width * height];
        float[] right = new float[width * height];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) RandomDraws.gaussian(random);
            right[i] = (float) (6 * RandomDraws.gaussian(random));
        }
        float[] smoothLeft = Blur.plane(left, width, height, 2, 2);
        float[] smoothRight = Blur.plane(right, width, height, 2, 2);
        List<float[]> planes = new ArrayList<>();
        List<byte[]> masks = new ArrayList<>();
        for (int z = 0; z < 5; z++) {
            float[] plane = new float[width * height];
            byte[] mask = new byte[plane.length];
            for (int i = 0; i < plane.length; i++) {
                int x = i % width;
                plane[i] = x < 70 ? smoothLeft[i] : smoothRight[Math.max(0, x - z) + width * (i / width)];
                mask[i] = (byte) (x < 65 ? 255 : 0);
            }
            planes.add(plane);
            masks.add(mask);
        }
        Volume stack = new Volume(Planes.ofFloats(planes, width, height), VoxelSize.pixels());
        FibSemCleaning align = new FibSemCleaning(true, false, false);
        Volume mask = new Volume(Planes.ofBytes(masks, width, height), VoxelSize.pixels());
        assertEquals(4, align.run(stack, null, Progress.SILENT).shiftX()[4], 0.3);
        assertEquals(0, align.run(stack, mask, Progress.SILENT).shiftX()[4], 0.1);
        Volume nothing = new Volume(Planes.ofBytes(List.of(new byte[left.length]), width, height), VoxelSize.pixels());
        assertThrows(InvalidInput.class, () -> align.run(stack, nothing, Progress.SILENT));
    }
}
