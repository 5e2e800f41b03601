package sinterj.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ShiftFinderTest {
    /** Some round blobs well inside, moved as a whole. */
    private static float[] blobs(int[] size, double dx, double dy, double dz) {
        float[] image = new float[size[0] * size[1] * size[2]];
        double[][] blobs = {{-0.1, 0.05, 0.1, 1}, {0.12, -0.1, -0.05, 2}, {0.02, 0.15, -0.12, 1.5}};
        for (int i = 0; i < image.length; i++) {
            for (double[] blob : blobs) {
                double x = i % size[0] - size[0] / 2.0 - dx - blob[0] * size[0];
                double y = i / size[0] % size[1] - size[1] / 2.0 - dy - blob[1] * size[1];
                double z = i / size[0] / size[1] - size[2] / 2.0 - dz - blob[2] * size[2];
                double r2 = (size[0] == 1 ? 0 : x * x) + (size[1] == 1 ? 0 : y * y) + (size[2] == 1 ? 0 : z * z);
                image[i] += (float) (blob[3] * Math.exp(-r2 / 18));
            }
        }
        return image;
    }

    private static void assertFound(int[] size, double dx, double dy, double dz, double tolerance) {
        ShiftFinder finder = new ShiftFinder(size, 1, size[0] / 2.0 + 4, 0.1, 8);
        ShiftFinder.Shift found =
                finder.shift(finder.spectrum(blobs(size, 0, 0, 0)), finder.spectrum(blobs(size, dx, dy, dz)), 8);
        assertEquals(dx, found.by()[0], tolerance);
        assertEquals(dy, found.by()[1], tolerance);
        assertEquals(dz, found.by()[2], tolerance);
        assertTrue(found.height() > 0.95 && found.height() <= 1 + 1e-9, "height " + found.height());
    }

    @Property(tries = 25)
    void aPlaneIsFoundToAHundredthOfAPixel(
            @ForAll @DoubleRange(min = -5, max = 5) double dx, @ForAll @DoubleRange(min = -5, max = 5) double dy) {
        assertFound(new int[] {65, 48, 1}, dx, dy, 0, 0.01);
    }

    @Property(tries = 15)
    void aLineIsFoundToAHundredthOfAPixel(@ForAll @DoubleRange(min = -5, max = 5) double dx) {
        assertFound(new int[] {71, 1, 1}, dx, 0, 0, 0.01);
        assertFound(new int[] {1, 71, 1}, 0, dx, 0, 0.01);
    }

    @Test
    void aVolumeIsFoundToAHundredthOfAPixel() {
        assertFound(new int[] {40, 44, 37}, 3.3, -2.1, 1, 0.01);
    }

    @Test
    void noiseMovesThePeakNoMoreThanItMust() {
        int[] size = {64, 64, 1};
        SplittableRandom random = new SplittableRandom(1);
        float[] first = blobs(size, 0, 0, 0);
        float[] second = blobs(size, 2.4, -3.7, 0);
        for (int i = 0; i < first.length; i++) {
            first[i] += (float) (0.1 * RandomDraws.gaussian(random));
            second[i] += (float) (0.1 * RandomDraws.gaussian(random));
        }
        ShiftFinder finder = new ShiftFinder(size, 2, 32, 0.1, 8);
        ShiftFinder.Shift found = finder.shift(finder.spectrum(first), finder.spectrum(second), 8);
        // The squared slopes of the blobs add up to 11.4, so no method does better than 0.1 sqrt(2 / 11.4) = 0.042.
        assertEquals(2.4, found.by()[0], 3 * 0.042);
        assertEquals(-3.7, found.by()[1], 3 * 0.042);
    }

    @Test
    void aShiftBeyondTheLimitIsNotReported() {
        int[] size = {64, 64, 1};
        ShiftFinder finder = new ShiftFinder(size, 1, 32, 0.1, 16);
        ShiftFinder.Shift found =
                finder.shift(finder.spectrum(blobs(size, 0, 0, 0)), finder.spectrum(blobs(size, 9, 0, 0)), 3);
        assertTrue(Math.abs(found.by()[0]) < 5, "found " + found.by()[0]);
    }

    @Test
    void anEmptyImageLiesNowhere() {
        for (int[] size : new int[][] {{16, 16, 1}, {1, 1, 1}, {3, 1, 1}}) {
            ShiftFinder finder = new ShiftFinder(size, 1, 8, 0.1, 4);
            ShiftFinder.Spectrum empty = finder.spectrum(new float[size[0] * size[1]]);
            assertEquals(0, finder.shift(empty, empty, 4).height());
        }
    }

    @Test
    void shiftingBackBringsAnImageOntoTheOther() {
        int[] size = {71, 1, 1};
        ShiftFinder finder = new ShiftFinder(size, 1, 30, 0.1, 8);
        ShiftFinder.Spectrum first = finder.spectrum(blobs(size, 0, 0, 0));
        ShiftFinder.Spectrum second = finder.shiftedBack(finder.spectrum(blobs(size, 2.6, 0, 0)), 2.6);
        for (int i = 0; i < first.block().length; i++) {
            assertEquals(first.block()[i], second.block()[i], 1e-3 * first.norm());
        }
    }
}
