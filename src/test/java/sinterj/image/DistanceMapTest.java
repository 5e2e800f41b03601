package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.Progress;

class DistanceMapTest {
    private static final VoxelSize[] VOXELS = {
        VoxelSize.pixels(),
        new VoxelSize(1, 1, 2, "nm"),
        new VoxelSize(3, 2, 7, "nm"),
        new VoxelSize(0.731, 1.37, 0.5, "um")
    };
    private static final int[][] SIZES = {{7, 11, 5}, {70, 3, 4}, {5, 6, 1}, {1, 1, 9}, {1, 8, 3}, {4, 1, 1}, {1, 1, 1}
    };

    @ParameterizedTest
    @EnumSource(EdgeRule.class)
    void distancesInAPhaseAreTheNearestOfAllVoxelsOutside(EdgeRule edge) {
        for (VoxelSize voxel : VOXELS) {
            for (int[] size : SIZES) {
                for (int seed = 0; seed < 3; seed++) {
                    Volume image = Phantoms.random(size[0], size[1], size[2], seed % 2 + 2, seed);
                    PhaseMask mask = PhaseMask.nonZero(image, Progress.SILENT);
                    Volume binary = Phantoms.volume(size[0], size[1], size[2], (x, y, z) -> mask.get(x, y, z) ? 1 : 0);
                    compare(
                            binary,
                            voxel,
                            edge,
                            DistanceMap.squared(mask, LatticeMetric.of(voxel), edge, Progress.SILENT));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EdgeRule.class)
    void distancesInALabelEndAtEveryOtherLabel(EdgeRule edge) {
        for (VoxelSize voxel : VOXELS) {
            for (int[] size : SIZES) {
                for (int seed = 0; seed < 3; seed++) {
                    Volume image = Phantoms.random(size[0], size[1], size[2], seed % 3 + 2, seed);
                    LabelVolume labels = new LabelVolume(image.voxels(), voxel);
                    compare(
                            image,
                            voxel,
                            edge,
                            DistanceMap.squared(labels, LatticeMetric.of(voxel), edge, Progress.SILENT));
                }
            }
        }
    }

    private static void compare(Volume labels, VoxelSize voxel, EdgeRule edge, float[][] found) {
        int w = labels.width();
        int h = labels.height();
        LatticeMetric metric = LatticeMetric.of(voxel);
        for (int z = 0; z < labels.depth(); z++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double expected = nearest(labels, voxel, edge, x, y, z);
                    double length = metric.length(found[z][y * w + x]);
                    assertEquals(
                            expected, length, 3e-7 * expected, edge + " " + voxel + " at " + x + "," + y + "," + z);
                }
            }
        }
    }

    /** Looks at every voxel, and at every voxel of the images around. */
    private static double nearest(Volume labels, VoxelSize voxel, EdgeRule edge, int x, int y, int z) {
        float own = at(labels, x, y, z);
        if (own == 0) return 0;
        int[] n = {labels.width(), labels.height(), labels.depth()};
        double best = Double.POSITIVE_INFINITY;
        int[] m = new int[3];
        for (int a = 0; a < 3; a++)
            m[a] = edge == EdgeRule.IGNORE || n[a] == 1 ? 0 : edge == EdgeRule.ENCASE ? 1 : n[a];
        for (int k = -m[2]; k < n[2] + m[2]; k++) {
            for (int j = -m[1]; j < n[1] + m[1]; j++) {
                for (int i = -m[0]; i < n[0] + m[0]; i++) {
                    boolean inside = i >= 0 && i < n[0] && j >= 0 && j < n[1] && k >= 0 && k < n[2];
                    if (edge == EdgeRule.ENCASE && !inside
                            || at(labels, Math.floorMod(i, n[0]), Math.floorMod(j, n[1]), Math.floorMod(k, n[2]))
                                    != own) {
                        double dx = (i - x) * voxel.x();
                        double dy = (j - y) * voxel.y();
                        double dz = (k - z) * voxel.z();
                        best = Math.min(best, Math.sqrt(dx * dx + dy * dy + dz * dz));
                    }
                }
            }
        }
        return best;
    }

    private static float at(Volume v, int x, int y, int z) {
        return v.plane(z)[y * v.width() + x];
    }

    @Test
    void whatNothingLimitsIsInfinitelyFar() {
        PhaseMask full = PhaseMask.nonZero(Phantoms.volume(5, 4, 3, (x, y, z) -> 1), Progress.SILENT);
        for (EdgeRule edge : new EdgeRule[] {EdgeRule.IGNORE, EdgeRule.PERIODIC}) {
            Volume map = DistanceMap.of(full, VoxelSize.pixels(), edge, Progress.SILENT);
            assertEquals(Float.POSITIVE_INFINITY, map.plane(1)[7]);
        }
        assertEquals(
                2f,
                DistanceMap.of(full, VoxelSize.pixels(), EdgeRule.ENCASE, Progress.SILENT)
                        .plane(1)[7]);
    }

    @Test
    void oneThreadAndFourGiveTheSameBits() {
        PhaseMask mask = PhaseMask.nonZero(Phantoms.random(40, 33, 21, 4, 5), Progress.SILENT);
        LatticeMetric metric = LatticeMetric.of(VOXELS[3]);
        float[][] one = DistanceMap.squared(mask, metric, EdgeRule.PERIODIC, Phantoms.threads(1));
        float[][] four = DistanceMap.squared(mask, metric, EdgeRule.PERIODIC, Phantoms.threads(4));
        for (int z = 0; z < one.length; z++) assertArrayEquals(one[z], four[z]);
    }

    @Test
    void sidesInAWholeRatioGiveWholeSquares() {
        assertEquals(new LatticeMetric(1, 1, 1, 5, true), LatticeMetric.of(VoxelSize.cube(5, "nm")));
        assertEquals(new LatticeMetric(1, 1, 4, 20, true), LatticeMetric.of(new VoxelSize(20, 20, 40, "nm")));
        LatticeMetric thirds = LatticeMetric.of(new VoxelSize(1.5, 1.5, 2.0000004, "um"));
        assertEquals(9, thirds.x());
        assertEquals(16, thirds.z());
        assertTrue(thirds.whole());
        LatticeMetric odd = LatticeMetric.of(new VoxelSize(1, 1, Math.PI, "um"));
        assertEquals(Math.PI * Math.PI, odd.z(), 1e-12);
    }
}
