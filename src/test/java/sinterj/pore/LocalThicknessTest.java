package sinterj.pore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LabelVolume;
import sinterj.image.LatticeMetric;
import sinterj.image.Phantoms;
import sinterj.image.PhaseMask;
import sinterj.image.ReferenceData;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class LocalThicknessTest {
    private static final VoxelSize[] VOXELS = {
        VoxelSize.pixels(),
        new VoxelSize(1, 1, 2, "nm"),
        new VoxelSize(3, 2, 7, "nm"),
        new VoxelSize(0.731, 1.37, 0.5, "um")
    };
    private static final int[][] SIZES = {{9, 8, 7}, {70, 3, 3}, {13, 9, 1}, {1, 1, 9}, {6, 1, 1}};

    @ParameterizedTest
    @EnumSource(EdgeRule.class)
    void thicknessIsThatOfTheLargestOfAllBallsThatCoverAVoxel(EdgeRule edge) {
        for (VoxelSize voxel : VOXELS) {
            for (int[] size : SIZES) {
                for (Ball ball : Ball.values()) {
                    Volume labels = Phantoms.random(size[0], size[1], size[2], 3, size[0] + ball.ordinal());
                    Volume image = Phantoms.volume(
                            size[0], size[1], size[2], (x, y, z) -> labels.plane(z)[y * size[0] + x] == 1 ? 0 : 1);
                    PhaseMask phase = PhaseMask.nonZero(image, Progress.SILENT);
                    Volume found = LocalThickness.measure(phase, voxel, ball, edge, Progress.SILENT);
                    assertEqualsBruteForce(image, voxel, ball, edge, found);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeRule.class)
    void largeBallsInUnequalVoxelsAreExact(EdgeRule edge) {
        Volume image = Phantoms.volume(
                23,
                19,
                17,
                (x, y, z) -> (x - 7) * (x - 7) + (y - 9) * (y - 9) + (z - 8) * (z - 8) < 50
                                || x > 12 && y > 3 && z > 4 && z < 15
                        ? 1
                        : 0);
        PhaseMask phase = PhaseMask.nonZero(image, Progress.SILENT);
        for (Ball ball : Ball.values()) {
            VoxelSize voxel = VOXELS[ball == Ball.OPEN ? 3 : 2];
            Volume found = LocalThickness.measure(phase, voxel, ball, edge, Progress.SILENT);
            assertEqualsBruteForce(image, voxel, ball, edge, found);
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeRule.class)
    void ballsOfALabelCoverNoOtherLabel(EdgeRule edge) {
        for (VoxelSize voxel : VOXELS) {
            for (int[] size : SIZES) {
                for (Ball ball : Ball.values()) {
                    Volume image = Phantoms.random(size[0], size[1], size[2], 4, size[0] + ball.ordinal());
                    LabelVolume labels = new LabelVolume(image.voxels(), voxel);
                    Volume found = LocalThickness.perLabel(labels, ball, edge, Progress.SILENT);
                    assertEqualsBruteForce(image, voxel, ball, edge, found);
                }
            }
        }
    }

    private static void assertEqualsBruteForce(Volume labels, VoxelSize voxel, Ball ball, EdgeRule edge, Volume found) {
        int w = labels.width();
        int h = labels.height();
        int d = labels.depth();
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] d2 = DistanceMap.squared(new LabelVolume(labels.voxels(), voxel), metric, edge, Progress.SILENT);
        double[] expected = new double[w * h * d];
        float[] name = new float[expected.length];
        for (int p = 0; p < name.length; p++) name[p] = at(labels, p);
        for (int c = 0; c < expected.length; c++) {
            double radius = d2[c / (w * h)][c % (w * h)];
            if (radius == 0) continue;
            for (int p = 0; p < expected.length; p++) {
                if (name[p] != name[c]) continue;
                double dx = step(c % w, p % w, w, edge);
                double dy = step(c / w % h, p / w % h, h, edge);
                double dz = step(c / (w * h), p / (w * h), d, edge);
                double squared = metric.squared(dx, dy, dz);
                boolean equal = Math.abs(squared - radius) < 1e-6 * radius;
                if (equal ? ball == Ball.CLOSED : squared < radius) {
                    expected[p] = Math.max(expected[p], 2 * metric.length(radius));
                }
            }
        }
        for (int p = 0; p < expected.length; p++) {
            String where = edge + " " + voxel + " " + ball + " at " + p;
            assertEquals(expected[p], at(found, p), 2e-7 * expected[p], where);
        }
    }

    private static float at(Volume volume, int p) {
        int pixels = volume.width() * volume.height();
        return volume.plane(p / pixels)[p % pixels];
    }

    private static int step(int a, int b, int n, EdgeRule edge) {
        int step = Math.abs(a - b);
        return edge == EdgeRule.PERIODIC ? Math.min(step, n - step) : step;
    }

    @Test
    void statisticsEqualThoseOfTheReferenceVolumes() {
        int compared = 0;
        for (Map.Entry<String, JsonElement> entry : ReferenceData.expected().entrySet()) {
            JsonObject about = entry.getValue().getAsJsonObject();
            for (boolean background : new boolean[] {false, true}) {
                JsonObject expected =
                        about.getAsJsonObject(background ? "local_thickness_background" : "local_thickness_foreground");
                if (expected == null) continue;
                Volume volume = ReferenceData.volume(about);
                PhaseMask phase = PhaseMask.equalTo(volume, background ? 0 : 255, Progress.SILENT);
                for (Ball ball : Ball.values()) {
                    compare(entry.getKey(), volume, phase, ball, expected);
                    compared++;
                }
            }
        }
        assertTrue(compared > 20, compared + " compared");
    }

    private static void compare(String name, Volume volume, PhaseMask phase, Ball ball, JsonObject expected) {
        Volume map = LocalThickness.measure(phase, volume.size(), ball, EdgeRule.IGNORE, Progress.SILENT);
        Distribution found = Distribution.of(map, null, Progress.SILENT);
        JsonObject values = expected.getAsJsonObject(ball == Ball.OPEN ? "open" : "closed");
        assertEquals(expected.get("voxels").getAsLong(), found.n(), name);
        assertClose(values, "mean", found.mean(), name);
        assertClose(values, "sd", found.sd(), name);
        assertClose(values, "min", found.min(), name);
        assertClose(values, "max", found.max(), name);
        assertClose(values, "p10", found.quantile(0.1), name);
        assertClose(values, "p50", found.quantile(0.5), name);
        assertClose(values, "p90", found.quantile(0.9), name);
    }

    private static void assertClose(JsonObject values, String key, double found, String name) {
        double expected = values.get(key).getAsDouble();
        // The file has six decimals.
        assertEquals(expected, found, 1e-5 * expected + 5e-7, name + " " + key);
    }

    @Test
    void thicknessScalesWithTheVoxel() {
        PhaseMask phase = PhaseMask.nonZero(Phantoms.random(20, 17, 11, 3, 4), Progress.SILENT);
        VoxelSize one = new VoxelSize(1, 1.5, 2.5, "nm");
        VoxelSize seven = new VoxelSize(7, 10.5, 17.5, "nm");
        Volume a = LocalThickness.measure(phase, one, Ball.OPEN, EdgeRule.IGNORE, Progress.SILENT);
        Volume b = LocalThickness.measure(phase, seven, Ball.OPEN, EdgeRule.IGNORE, Progress.SILENT);
        for (int p = 0; p < 20 * 17 * 11; p++) assertEquals(7 * at(a, p), at(b, p), 1e-6 * at(b, p));
    }

    @Test
    void aPeriodicSlabIsAsThickWhereverItStands() {
        for (int shift = 0; shift < 12; shift++) {
            int s = shift;
            Volume image = Phantoms.volume(5, 12, 4, (x, y, z) -> (y + s) % 12 < 6 ? 1 : 0);
            Volume map = LocalThickness.measure(
                    PhaseMask.nonZero(image, Progress.SILENT),
                    VoxelSize.cube(2, "nm"),
                    Ball.OPEN,
                    EdgeRule.PERIODIC,
                    Progress.SILENT);
            Distribution found = Distribution.of(map, null, Progress.SILENT);
            assertEquals(12, found.min(), 1e-5);
            assertEquals(12, found.max(), 1e-5);
        }
    }

    @Test
    void threadsDoNotChangeTheMap() {
        PhaseMask phase = PhaseMask.nonZero(Phantoms.random(50, 41, 37, 5, 9), Progress.SILENT);
        VoxelSize voxel = VOXELS[3];
        Volume one = LocalThickness.measure(phase, voxel, Ball.OPEN, EdgeRule.IGNORE, Phantoms.threads(1));
        Volume four = LocalThickness.measure(phase, voxel, Ball.OPEN, EdgeRule.IGNORE, Phantoms.threads(4));
        for (int z = 0; z < one.depth(); z++) assertArrayEquals(one.plane(z), four.plane(z));
    }

    @Test
    void aPhaseThatNothingLimitsIsRefused() {
        PhaseMask full = PhaseMask.nonZero(Phantoms.volume(4, 4, 4, (x, y, z) -> 1), Progress.SILENT);
        VoxelSize voxel = VoxelSize.pixels();
        String sentence = assertThrows(
                        InvalidInput.class,
                        () -> LocalThickness.measure(full, voxel, Ball.OPEN, EdgeRule.IGNORE, Progress.SILENT))
                .getMessage();
        assertTrue(sentence.contains("fills the whole image"), sentence);
        Volume encased = LocalThickness.measure(full, voxel, Ball.OPEN, EdgeRule.ENCASE, Progress.SILENT);
        assertEquals(4, Distribution.of(encased, null, Progress.SILENT).max());
    }
}
