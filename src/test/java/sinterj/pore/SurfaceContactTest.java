package sinterj.pore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.EdgeRule;
import sinterj.image.Phantoms;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class SurfaceContactTest {
    private static SurfaceContact.Result measure(Volume v, EdgeRule edge) {
        return SurfaceContact.measure(PhaseMask.nonZero(v, Progress.SILENT), v.size(), edge, Progress.SILENT);
    }

    private static double median(SurfaceContact.Result r) {
        return r.sizes().summary(50).p50();
    }

    private static double hypot(double... d) {
        double s = 0;
        for (double v : d) s += v * v;
        return Math.sqrt(s);
    }

    @Test
    void slabsOfAnyThicknessMeasureIt() {
        for (int t : new int[] {9, 10}) {
            Volume v = Phantoms.volume(40, 40, 30, (x, y, z) -> z >= 7 && z < 7 + t ? 1 : 0);
            SurfaceContact.Result r = measure(v, EdgeRule.IGNORE);
            ThicknessSummary s = r.sizes().summary(50);
            assertEquals(t, s.min(), 0.05);
            assertEquals(t, s.max(), 0.05);
            assertTrue(r.borderLimited() > 0 && s.n() > 1000, s.n() + " " + r.borderLimited());
        }
    }

    @Test
    void aSphereMeasuresItsDiameterWhereverItsCentreLies() {
        for (double shift : new double[] {0, 0.5, 0.31}) {
            Volume v = Phantoms.volume(
                    50, 50, 50, (x, y, z) -> hypot(x - 25 - shift, y - 25 - shift, z - 25 - shift) < 20 ? 1 : 0);
            SurfaceContact.Result r = measure(v, EdgeRule.IGNORE);
            assertEquals(40, median(r), 0.03 * 40);
            assertEquals(4 * Math.PI * 400, r.area(), 0.03 * 4 * Math.PI * 400);
        }
    }

    @Test
    void aCylinderMeasuresItsDiameterWithinThreePercent() {
        Volume v = Phantoms.volume(56, 40, 40, (x, y, z) -> hypot(y - 19.5, z - 19.5) < 10 ? 1 : 0);
        assertEquals(20, median(measure(v, EdgeRule.IGNORE)), 0.6);
    }

    @Test
    void unequalVoxelsCostLessThanAVoxel() {
        VoxelSize voxel = new VoxelSize(1, 1, 2, "nm");
        Volume v = Phantoms.volume(56, 40, 20, voxel, (x, y, z) -> hypot(y - 19.5, z * 2 - 20) < 10 ? 1 : 0);
        assertEquals(20, median(measure(v, EdgeRule.IGNORE)), 1.26); // the cube root of the voxel's volume
    }

    @Test
    void encasedAndPeriodicSlabsHaveNoBorderLimitedPoints() {
        Volume v = Phantoms.volume(20, 20, 12, (x, y, z) -> z < 4 || z >= 9 ? 1 : 0); // 7 thick around the border
        SurfaceContact.Result periodic = measure(v, EdgeRule.PERIODIC);
        assertEquals(0, periodic.borderLimited());
        assertEquals(7, periodic.sizes().summary(50).p50(), 0.05);
        assertEquals(2 * 400, periodic.area(), 1);
        Volume block = Phantoms.volume(60, 60, 10, (x, y, z) -> 1);
        SurfaceContact.Result encased = measure(block, EdgeRule.ENCASE);
        assertEquals(0, encased.borderLimited());
        assertEquals(10, encased.sizes().summary(50).p50(), 0.05);
    }

    @Test
    void threadsDoNotChangeTheMap() {
        PhaseMask phase = PhaseMask.nonZero(Phantoms.random(24, 23, 21, 3, 9), Progress.SILENT);
        VoxelSize voxel = new VoxelSize(1, 1.3, 2, "nm");
        Volume one = SurfaceContact.measure(phase, voxel, EdgeRule.ENCASE, Phantoms.threads(1))
                .map();
        Volume four = SurfaceContact.measure(phase, voxel, EdgeRule.ENCASE, Phantoms.threads(4))
                .map();
        for (int z = 0; z < one.depth(); z++) assertArrayEquals(one.plane(z), four.plane(z));
    }

    @Test
    void theWaistOfTwoSpheresMeasuresItsNeck() {
        Volume v = Phantoms.volume(
                64,
                40,
                40,
                (x, y, z) -> hypot(x - 20, y - 20, z - 20) < 16 || hypot(x - 44, y - 20, z - 20) < 16 ? 1 : 0);
        Volume map = measure(v, EdgeRule.IGNORE).map();
        java.util.List<Float> waist = new java.util.ArrayList<>();
        for (int z = 0; z < 40; z++)
            for (int y = 0; y < 40; y++) if (map.plane(z)[y * 64 + 32] > 0) waist.add(map.plane(z)[y * 64 + 32]);
        waist.sort(null);
        assertEquals(2 * Math.sqrt(16 * 16 - 12 * 12), waist.get(waist.size() / 2), 0.5);
    }
}
