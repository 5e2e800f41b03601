package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

class AgreementTest {
    private static Volume volume(int width, int height, float... values) {
        List<float[]> planes = new ArrayList<>();
        int n = width * height;
        for (int z = 0; z < values.length / n; z++) planes.add(java.util.Arrays.copyOfRange(values, z * n, z * n + n));
        return new Volume(Planes.ofFloats(planes, width, height), VoxelSize.pixels());
    }

    private static Agreement of(Volume found, Volume truth, double ignore) {
        return Agreement.of(found, truth, ignore, Progress.SILENT);
    }

    @Test
    void scoresOfEightVoxelsAreThoseByHand() {
        Volume truth = volume(2, 2, 0, 0, 1, 1, 1, 1, 2, 2);
        Volume found = volume(2, 2, 0, 1, 1, 1, 1, 0, 2, 0);
        Agreement a = of(found, truth, Double.NaN);
        assertArrayEquals(new int[] {0, 1, 2}, a.classes());
        assertEquals(1 / 4.0, a.iou(0), 1e-15); // 1 right, 2 in vain, 1 missed
        assertEquals(3 / 5.0, a.iou(1), 1e-15);
        assertEquals(1 / 2.0, a.iou(2), 1e-15);
        assertEquals(2 / 5.0, a.dice(0), 1e-15);
        assertEquals(3 / 4.0, a.precision(1), 1e-15);
        assertEquals(3 / 4.0, a.recall(1), 1e-15);
        assertEquals((0.25 + 0.6 + 0.5) / 3, a.meanIou(), 1e-15);
        assertEquals(1, a.counts()[2][0]);
    }

    @Test
    void ignoredVoxelsChangeNothing() {
        Volume truth = volume(3, 1, 1, 2, 9);
        assertEquals(1, of(volume(3, 1, 1, 2, 1), truth, 9).meanIou(), 0);
        assertEquals(1, of(volume(3, 1, 1, 2, 7), truth, 9).meanIou(), 0);
    }

    @Test
    void anImageAgreesFullyWithItselfAndSwappingKeepsTheIou() {
        SplittableRandom random = new SplittableRandom(5);
        float[] a = new float[5 * 7 * 3];
        float[] b = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextInt(4) * 3;
            b[i] = random.nextInt(4) * 3;
        }
        Volume first = volume(5, 7, a);
        Volume second = volume(5, 7, b);
        assertEquals(1, of(first, first, Double.NaN).meanIou(), 0);
        Agreement one = of(first, second, Double.NaN);
        Agreement other = of(second, first, Double.NaN);
        for (int c = 0; c < 4; c++) {
            assertEquals(one.iou(c), other.iou(c), 0);
            assertEquals(one.precision(c), other.recall(c), 0);
            assertEquals(one.iou(c), one.dice(c) / (2 - one.dice(c)), 1e-12);
        }
    }

    @Test
    void aClassFoundInVainCountsAsZero() {
        Agreement a = of(volume(2, 1, 1, 2), volume(2, 1, 1, 1), Double.NaN);
        assertEquals(0, a.iou(1), 0);
        assertTrue(Double.isNaN(a.recall(1)));
        assertEquals(0.25, a.meanIou(), 1e-15);
    }

    @Test
    void otherSizesAndNothingToCompareAreRefusedInASentence() {
        Volume four = volume(2, 2, 1, 1, 1, 1);
        String size = assertThrows(InvalidInput.class, () -> of(four, volume(2, 1, 1, 1), Double.NaN))
                .getMessage();
        assertTrue(size.contains("2 x 2 x 1") && size.contains("2 x 1 x 1"), size);
        assertThrows(InvalidInput.class, () -> of(four, four, 1));
    }
}
