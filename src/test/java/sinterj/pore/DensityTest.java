package sinterj.pore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Phantoms;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class DensityTest {
    private static PhaseMask mask(int w, int h, int d, Phantoms.Shape shape) {
        return PhaseMask.nonZero(Phantoms.volume(w, h, d, shape), Progress.SILENT);
    }

    private static double hull(PhaseMask mask) {
        return ConvexHull.volume(mask, Progress.SILENT);
    }

    @Test
    void boxesAreTheirOwnHulls() {
        int[][] sizes = {{1, 1, 1}, {7, 1, 1}, {5, 4, 3}, {64, 30, 17}};
        for (int[] s : sizes) {
            PhaseMask box = mask(
                    s[0] + 4,
                    s[1] + 3,
                    s[2] + 5,
                    (x, y, z) -> x >= 2 && x < 2 + s[0] && y >= 1 && y < 1 + s[1] && z >= 3 && z < 3 + s[2] ? 1 : 0);
            assertEquals((double) s[0] * s[1] * s[2], hull(box), 1e-9);
        }
        assertEquals(120, hull(mask(6, 5, 4, (x, y, z) -> 1)), 1e-9);
        assertEquals(0, hull(mask(6, 5, 4, (x, y, z) -> 0)));
    }

    @Test
    void theHullOfCornersIsTheWholeBox() {
        PhaseMask corners = mask(9, 8, 7, (x, y, z) -> x % 8 == 0 && y % 7 == 0 && z % 6 == 0 ? 1 : 0);
        assertEquals(9 * 8 * 7, hull(corners), 1e-9);
    }

    @Test
    void twoVoxelsApartSpanAPrism() {
        // A unit square swept from (0,0,0) to (4,0,0), whole numbers: 5; along the diagonal of a plane: 1 + 2 * 3 + ...
        assertEquals(5, hull(mask(5, 1, 1, (x, y, z) -> x == 0 || x == 4 ? 1 : 0)), 1e-9);
        // In a plane: hull of the unit squares at (0,0) and (3,3) has area 1 + 2 * 3 = 7.
        assertEquals(7, hull(mask(4, 4, 1, (x, y, z) -> x == y && (x == 0 || x == 3) ? 1 : 0)), 1e-9);
    }

    @Test
    void theHullOfAFewVoxelsEqualsASlowOne() {
        Random random = new Random(3);
        for (int round = 0; round < 12; round++) {
            int[] at = random.ints(12, 0, 6).toArray();
            PhaseMask few = mask(6, 6, 6, (x, y, z) -> {
                for (int k = 0; k < 12; k += 3) if (at[k] == x && at[k + 1] == y && at[k + 2] == z) return 1;
                return 0;
            });
            assertEquals(slow(few), hull(few), 1e-6, "round " + round);
        }
    }

    /** Cuts a large box by every plane through three corners that has all corners on one side; volume by sampling lines. */
    private static double slow(PhaseMask mask) {
        List<int[]> corners = new ArrayList<>();
        for (int i = 0; i < 216; i++) {
            if (!mask.get(i % 6, i / 6 % 6, i / 36)) continue;
            for (int k = 0; k < 8; k++) {
                corners.add(new int[] {i % 6 + (k & 1), i / 6 % 6 + (k >> 1 & 1), i / 36 + (k >> 2)});
            }
        }
        List<long[]> planes = new ArrayList<>();
        for (int a = 0; a < corners.size(); a++) {
            for (int b = 0; b < a; b++) {
                for (int c = 0; c < b; c++) addPlane(corners, a, b, c, planes);
            }
        }
        return slices(planes);
    }

    private static void addPlane(List<int[]> corners, int a, int b, int c, List<long[]> planes) {
        int[] p = corners.get(a);
        int[] u = {corners.get(b)[0] - p[0], corners.get(b)[1] - p[1], corners.get(b)[2] - p[2]};
        int[] v = {corners.get(c)[0] - p[0], corners.get(c)[1] - p[1], corners.get(c)[2] - p[2]};
        long[] n = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0], 0};
        if (n[0] == 0 && n[1] == 0 && n[2] == 0) return;
        n[3] = n[0] * p[0] + n[1] * p[1] + n[2] * p[2];
        boolean above = false;
        boolean below = false;
        for (int[] q : corners) {
            long side = n[0] * q[0] + n[1] * q[1] + n[2] * q[2] - n[3];
            above |= side > 0;
            below |= side < 0;
        }
        if (above && below) return;
        planes.add(above ? new long[] {-n[0], -n[1], -n[2], -n[3]} : n);
    }

    /** Areas of sections are quadratic between whole z, so Simpson's rule is exact. */
    private static double slices(List<long[]> planes) {
        double volume = 0;
        for (int z = 0; z < 6; z++) {
            double e = 1e-9;
            volume += (section(planes, z + e) + 4 * section(planes, z + 0.5) + section(planes, z + 1 - e)) / 6;
        }
        return volume;
    }

    private static double section(List<long[]> planes, double z) {
        List<double[]> polygon =
                List.of(new double[] {-1, -1}, new double[] {9, -1}, new double[] {9, 9}, new double[] {-1, 9});
        for (long[] n : planes) {
            List<double[]> kept = new ArrayList<>();
            for (int i = 0; i < polygon.size(); i++) {
                double[] p = polygon.get(i);
                double[] q = polygon.get((i + 1) % polygon.size());
                double atP = n[0] * p[0] + n[1] * p[1] + n[2] * z - n[3];
                double atQ = n[0] * q[0] + n[1] * q[1] + n[2] * z - n[3];
                if (atP <= 0) kept.add(p);
                if (atP < 0 && atQ > 0 || atP > 0 && atQ < 0) {
                    double t = atP / (atP - atQ);
                    kept.add(new double[] {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])});
                }
            }
            polygon = kept;
        }
        double area = 0;
        for (int i = 0; i < polygon.size(); i++) {
            double[] p = polygon.get(i);
            double[] q = polygon.get((i + 1) % polygon.size());
            area += (p[0] * q[1] - p[1] * q[0]) / 2;
        }
        return Math.abs(area);
    }

    @Test
    void aBallNearlyFillsItsHullInUnequalVoxelsToo() {
        VoxelSize flat = new VoxelSize(2, 2, 5, "nm");
        Volume v = Phantoms.volume(60, 60, 26, flat, (x, y, z) -> {
            double dx = (x - 29.6) * 2;
            double dy = (y - 29.7) * 2;
            double dz = (z - 12.4) * 5;
            return dx * dx + dy * dy + dz * dz < 2500 ? 1 : 0;
        });
        Density found = Density.of(PhaseMask.nonZero(v, Progress.SILENT), null, flat, Progress.SILENT);
        double ball = 4 / 3.0 * Math.PI * 125000;
        assertEquals(ball, found.volume(), 0.01 * ball);
        assertTrue(found.hull() > found.volume() && found.hull() < 1.13 * ball, found.hull() + " of " + ball);
        assertEquals(1, found.particles());
        assertTrue(Double.isNaN(found.meanNeck()));
    }

    @Test
    void twoTouchingBallsHaveTwoParticlesAndOneNeck() {
        PhaseMask two = mask(40, 22, 22, (x, y, z) -> {
            double across = (y - 10) * (y - 10) + (z - 10) * (z - 10);
            double along = Math.abs(x - 19) - 7;
            return across + along * along < 81 ? 1 : 0;
        });
        Density found = Density.of(two, null, VoxelSize.pixels(), Progress.SILENT);
        assertEquals(2, found.particles());
        assertEquals(1, found.necks());
        assertEquals(2 * Math.sqrt(81 - 49), found.meanNeck(), 1);
        int[][] one = new int[22][40 * 22];
        for (int z = 0; z < 22; z++) for (int i = 0; i < 880; i++) one[z][i] = two.get(i % 40, i / 40, z) ? 5 : 0;
        assertEquals(
                1, Density.of(two, one, VoxelSize.pixels(), Progress.SILENT).particles());
    }

    @Test
    void aFullPhaseHasDensityOneAndAnEmptyOneIsRefused() {
        PhaseMask full = mask(5, 4, 3, (x, y, z) -> 1);
        Density found = Density.of(full, null, VoxelSize.pixels(), Progress.SILENT);
        assertEquals(1, found.volume() / found.hull(), 1e-12);
        PhaseMask empty = mask(5, 4, 3, (x, y, z) -> 0);
        assertThrows(InvalidInput.class, () -> Density.of(empty, null, VoxelSize.pixels(), Progress.SILENT));
    }
}
