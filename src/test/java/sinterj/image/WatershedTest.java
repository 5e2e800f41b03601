package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;

class WatershedTest {
    private static final Watershed.MergeRule NEVER = (peak, saddle) -> peak == saddle;

    private static float[][] distances(Volume v) {
        PhaseMask mask = PhaseMask.nonZero(v, Progress.SILENT);
        return DistanceMap.squared(mask, LatticeMetric.of(v.size()), EdgeRule.IGNORE, Progress.SILENT);
    }

    private static int[][] split(float[][] heights, int width, Watershed.MergeRule rule) {
        return Watershed.ofMaxima(heights, width, true, 26, rule, Progress.SILENT);
    }

    private static float[][] row(float... heights) {
        return new float[][] {heights};
    }

    @Test
    void valleysSeparateRegionsThatAreNumberedBySize() {
        int[][] labels = split(row(1, 3, 2, 1, 4, 5, 4, 3, 0, 2), 10, NEVER);
        assertArrayEquals(new int[] {2, 2, 2, 1, 1, 1, 1, 1, 0, 3}, labels[0]);
    }

    @Test
    void floodsMeetHalfWayOnALevelStretch() {
        int[][] labels = split(row(5, 2, 2, 2, 2, 2, 2, 6), 8, NEVER);
        assertArrayEquals(new int[] {1, 1, 1, 1, 2, 2, 2, 2}, labels[0]);
    }

    @Test
    void theRuleIsAskedForTheLowerPeakAndTheHighestSaddle() {
        Watershed.MergeRule rule = (peak, saddle) -> {
            assertTrue(peak >= saddle);
            return peak == 3 && saddle == 2;
        };
        int[][] labels = split(row(9, 2, 3, 1, 7), 5, rule);
        assertArrayEquals(new int[] {1, 1, 1, 2, 2}, labels[0]);
    }

    @Test
    void mergedWithEverythingRegionsAreTheComponents() {
        for (int adjacency : new int[] {6, 26}) {
            for (long seed = 0; seed < 6; seed++) {
                Volume v = Phantoms.random(13, 9, 7, 3, seed);
                float[][] heights = distances(v);
                int[][] labels = Watershed.ofMaxima(heights, 13, true, adjacency, (p, s) -> true, Progress.SILENT);
                Components parts = Components.of(PhaseMask.nonZero(v, Progress.SILENT), adjacency, Progress.SILENT);
                LabelVolume expected = parts.labels(v.size(), Progress.SILENT);
                for (int z = 0; z < 7; z++) {
                    float[] plane = Planes.plane(expected.labels(), z);
                    for (int i = 0; i < plane.length; i++) assertEquals(plane[i], labels[z][i], "z " + z + " i " + i);
                }
            }
        }
    }

    @Test
    void everyRegionIsConnectedAndHoldsItsOwnHighestVoxels() {
        for (long seed = 0; seed < 4; seed++) {
            Volume v = Phantoms.random(17, 14, 9, 2, seed);
            float[][] heights = distances(v);
            int[][] labels = split(heights, 17, NEVER);
            int count = Arrays.stream(labels).flatMapToInt(Arrays::stream).max().orElseThrow();
            Volume image = LabelVolume.of(labels, 17, v.size()).asVolume();
            for (int label = 1; label <= count; label++) {
                PhaseMask own = PhaseMask.equalTo(image, label, Progress.SILENT);
                assertEquals(1, Components.of(own, 26, Progress.SILENT).count());
            }
            assertEquals(maxima(heights, 17, 14, 9), count);
        }
    }

    /** Counts level stretches without a higher neighbour, the slow way. */
    private static int maxima(float[][] heights, int w, int h, int d) {
        int count = 0;
        float[] values = new float[w * h * d];
        for (int z = 0; z < d; z++) System.arraycopy(heights[z], 0, values, z * w * h, w * h);
        float[] distinct = values.clone();
        Arrays.sort(distinct);
        float last = 0;
        for (float level : distinct) {
            if (level == last) continue;
            last = level;
            Volume at = Phantoms.volume(w, h, d, (x, y, z) -> heights[z][y * w + x] == level ? 1 : 0);
            Components stretches = Components.of(PhaseMask.nonZero(at, Progress.SILENT), 26, Progress.SILENT);
            boolean[] lower = new boolean[stretches.count() + 1];
            for (int z = 0; z < d; z++) {
                int plane = z;
                stretches.visit(z, (id, y, from, to) -> {
                    for (int k = plane - 1; k <= plane + 1; k++) {
                        for (int j = y - 1; j <= y + 1; j++) {
                            for (int i = from - 1; i <= to; i++) {
                                if (i < 0 || j < 0 || k < 0 || i >= w || j >= h || k >= d) continue;
                                lower[id] |= heights[k][j * w + i] > level;
                            }
                        }
                    }
                });
            }
            for (int id = 1; id < lower.length; id++) if (!lower[id]) count++;
        }
        return count;
    }

    @Test
    void markersGrowOverWhatTheyReachUphillToo() {
        float[][] heights = row(1, 2, 3, 2, 1, 0, 5, 0, 4, 4, 4);
        int[][] markers = {{7, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0}};
        Watershed.fromMarkers(heights, 11, true, 6, markers, Progress.SILENT);
        assertArrayEquals(new int[] {7, 7, 7, 7, 7, 0, 0, 0, 9, 9, 9}, markers[0]);
    }

    @Test
    void markersMeetInTheValley() {
        float[][] heights = row(3, 4, 3, 1, 2, 6, 8);
        int[][] markers = {{0, 5, 0, 0, 0, 0, 6}};
        Watershed.fromMarkers(heights, 7, true, 6, markers, Progress.SILENT);
        assertArrayEquals(new int[] {5, 5, 5, 5, 6, 6, 6}, markers[0]);
    }

    @Test
    void heightsThatAreNoWholeNumbersSplitAlike() {
        float[][] whole = distances(Phantoms.random(15, 11, 8, 2, 3));
        float[][] scaled = new float[whole.length][];
        for (int z = 0; z < whole.length; z++) {
            scaled[z] = whole[z].clone();
            for (int i = 0; i < scaled[z].length; i++) scaled[z][i] *= 0.37f;
        }
        int[][] expected = split(whole, 15, NEVER);
        int[][] found = Watershed.ofMaxima(scaled, 15, false, 26, NEVER, Progress.SILENT);
        assertArrayEquals(expected, found);
    }

    @Test
    void itStopsWhenAsked() {
        float[][] heights = distances(Phantoms.random(80, 80, 40, 2, 1));
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                throw new CancellationException();
            }
        };
        Assertions.assertThrows(
                CancellationException.class, () -> Watershed.ofMaxima(heights, 80, true, 26, NEVER, cancelled));
    }
}
