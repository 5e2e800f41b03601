package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class ElongationTest {
    private static Volume ellipsoid(double a, double b, double c) {
        var img = Planes.floats(41, 45, 61);
        for (int z = 0; z < 61; z++) {
            float[] plane = Planes.sharedPlane(img, z);
            for (int i = 0; i < plane.length; i++) {
                double dx = (i % 41 - 20.3) / a;
                double dy = (i / 41 - 22.1) / b;
                double dz = (z - 30.2) / c;
                plane[i] = dx * dx + dy * dy + dz * dz < 1 ? 1 : 0.1f;
            }
        }
        return new Volume(img, VoxelSize.cube(1, "nm"));
    }

    /** The shadows of an ellipsoid are ellipses: their ratios are those of its half axes. */
    @ParameterizedTest
    @CsvSource({"12, 12, 12", "12, 12, 20", "12, 17, 24"})
    void ellipsoidIsAsLongAsItIs(double a, double b, double c) {
        double[] tilts = TomoTesting.range(-40, 2, 41);
        Elongation found = Elongation.of(ellipsoid(a, b, c), tilts, Progress.SILENT);
        assertEquals(c / a, found.zOverX(), 0.03 * c / a);
        assertEquals(c / b, found.zOverY(), 0.03 * c / b);
        assertEquals(b / a, found.yOverX(), 0.03 * b / a);
    }

    /** Values that follow from the formula by hand. */
    @Test
    void rangeOfTiltsTellsWhatToExpect() {
        assertEquals(1, Elongation.expected(TomoTesting.range(-90, 1, 181)), 1e-9);
        assertEquals(1.553, Elongation.expected(TomoTesting.range(-60, 1, 121)), 1e-3);
        double unequal = Elongation.expected(new double[] {-20, 50, 60});
        assertEquals(Elongation.expected(new double[] {-40, 40}), unequal, 1e-9);
        assertTrue(unequal > 2.3 && unequal < 2.5, "" + unequal);
        assertTrue(Double.isNaN(Elongation.expected(new double[] {7})));
    }

    @Test
    void anEmptyVolumeHasNone() {
        Volume empty = new Volume(Planes.floats(3, 4, 5), VoxelSize.pixels());
        Elongation found = Elongation.of(empty, new double[] {-40, 40}, Progress.SILENT);
        assertTrue(Double.isNaN(found.zOverX()));
        assertEquals(2.4, found.table().number(0, "expected"), 0.01);
    }
}
