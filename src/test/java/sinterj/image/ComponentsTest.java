package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

class ComponentsTest {
    private static final int[][] SIZES = {{7, 11, 5}, {70, 3, 4}, {9, 9, 1}, {1, 1, 9}, {1, 1, 1}};

    @ParameterizedTest
    @ValueSource(ints = {6, 26})
    void componentsAreWhatAFloodFillReaches(int adjacency) {
        for (int[] size : SIZES) {
            for (int seed = 0; seed < 5; seed++) {
                Volume v = Phantoms.random(size[0], size[1], size[2], 3, seed);
                PhaseMask mask = PhaseMask.equalTo(v, 1, Progress.SILENT);
                Components found = Components.of(mask, adjacency, Progress.SILENT);
                Volume labels = found.labels(v.size(), Progress.SILENT).asVolume();
                List<Integer> sizes = flood(mask, adjacency, labels);
                assertEquals(sizes.size(), found.count());
                for (int id = 1; id <= found.count(); id++)
                    assertEquals(sizes.get(id - 1).longValue(), found.size(id));
            }
        }
    }

    /** Sizes, falling; checks that each filled region carries one label and no other does. */
    private static List<Integer> flood(PhaseMask mask, int adjacency, Volume labels) {
        int w = mask.width();
        int h = mask.height();
        boolean[] seen = new boolean[w * h * mask.depth()];
        List<Integer> sizes = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            float label = labels.plane(start / (w * h))[start % (w * h)];
            boolean inside = mask.get(start % w, start / w % h, start / (w * h));
            assertEquals(inside, label > 0);
            if (!inside || seen[start]) continue;
            ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
            seen[start] = true;
            int size = 0;
            while (!queue.isEmpty()) {
                int p = queue.poll();
                size++;
                assertEquals(label, labels.plane(p / (w * h))[p % (w * h)]);
                for (int n = 0; n < 27; n++) {
                    int dx = n % 3 - 1;
                    int dy = n / 3 % 3 - 1;
                    int dz = n / 9 - 1;
                    if (adjacency == 6 && Math.abs(dx) + Math.abs(dy) + Math.abs(dz) != 1) continue;
                    int x = p % w + dx;
                    int y = p / w % h + dy;
                    int z = p / (w * h) + dz;
                    if (x < 0 || x >= w || y < 0 || y >= h || z < 0 || z >= mask.depth() || !mask.get(x, y, z))
                        continue;
                    int q = (z * h + y) * w + x;
                    if (!seen[q]) queue.add(q);
                    seen[q] = true;
                }
            }
            sizes.add(size);
        }
        sizes.sort(Collections.reverseOrder());
        return sizes;
    }

    @Test
    void numbersFallWithSizeAndTiesKeepTheirOrder() {
        Volume v = Phantoms.volume(12, 1, 1, (x, y, z) -> x == 0 || x == 2 || x >= 4 && x < 7 || x == 9 ? 1 : 0);
        Components found = Components.of(PhaseMask.nonZero(v, Progress.SILENT), 6, Progress.SILENT);
        float[] labels = found.labels(v.size(), Progress.SILENT).asVolume().plane(0);
        assertEquals("[2.0, 0.0, 3.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 4.0, 0.0, 0.0]", Arrays.toString(labels));
    }

    @Test
    void moreThan65535ComponentsAreLabelledWith32Bits() {
        assertTrue(
                dots(60).labels(VoxelSize.pixels(), Progress.SILENT).labels().getType() instanceof UnsignedShortType);
        Components many = dots(90);
        assertEquals(91_125, many.count());
        LabelVolume labels = many.labels(VoxelSize.pixels(), Progress.SILENT);
        assertTrue(labels.labels().getType() instanceof FloatType);
        assertEquals(91_125, labels.asVolume().plane(88)[88 * 90 + 88]);
    }

    private static Components dots(int side) {
        return Components.of(dotted(side), 6, Progress.SILENT);
    }

    private static PhaseMask dotted(int side) {
        float[] dots = new float[side * side];
        for (int i = 0; i < dots.length; i++) dots[i] = i % side % 2 == 0 && i / side % 2 == 0 ? 1 : 0;
        float[] none = new float[side * side];
        return PhaseMask.where(side, side, side, z -> z % 2 == 0 ? dots : none, Progress.SILENT, (p, i) -> p[i] != 0);
    }

    @Test
    @Tag("proof")
    void moreComponentsThanLabelsAreRefused() {
        String sentence = assertThrows(InvalidInput.class, () -> dots(514)).getMessage();
        assertTrue(sentence.contains("16777216"), sentence);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 26})
    void eulerNumberOfDisjointBlocksAndRingsIsKnown(int adjacency) {
        // A block with a cavity (2), a ring (0) and a single voxel (1).
        Volume v = Phantoms.volume(70, 9, 9, (x, y, z) -> {
            boolean shell = x < 5 && y < 5 && z < 5 && !(x == 2 && y == 2 && z == 2);
            boolean ring = x >= 62 && x < 67 && y < 5 && z == 3 && (x == 62 || x == 66 || y == 0 || y == 4);
            return shell || ring || x == 69 && y == 8 && z == 8 ? 1 : 0;
        });
        PhaseMask mask = PhaseMask.nonZero(v, Progress.SILENT);
        assertEquals(3, EulerNumber.of(mask, adjacency, Progress.SILENT));
        assertEquals(1, Components.enclosed(mask.complement(), 32 - adjacency, Progress.SILENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 26})
    void edgeCorrectedEulerNumbersOfAdjoiningImagesAddUp(int adjacency) {
        PhaseMask whole = PhaseMask.equalTo(Phantoms.random(13, 9, 8, 2, 4), 1, Progress.SILENT);
        // Adjoining images share their border voxels, as bricks share their faces.
        PhaseMask left = whole.crop(new int[] {0, 0, 0}, new int[] {6, 9, 8});
        PhaseMask right = whole.crop(new int[] {5, 0, 0}, new int[] {13, 9, 8});
        if (adjacency == 6) {
            double sum = EulerNumber.edgeCorrected(left, 6, Progress.SILENT)
                    + EulerNumber.edgeCorrected(right, 6, Progress.SILENT);
            assertEquals(EulerNumber.edgeCorrected(whole, 6, Progress.SILENT), sum, 1e-9);
        } else {
            assertEquals(
                    -1 / 8.0 * 8 + 1, // a full block: 1 - 6/2 + 12/4 - 8/8
                    EulerNumber.edgeCorrected(
                            PhaseMask.nonZero(Phantoms.volume(5, 4, 3, (x, y, z) -> 1), Progress.SILENT),
                            26,
                            Progress.SILENT));
        }
    }

    @Test
    void eulerNumbersOfAPhaseAndItsComplementAreRelated() {
        // The sphere has Euler number 2: with a border of the other phase, chi26(phase) = chi6(rest) as 3-manifolds.
        for (int seed = 0; seed < 5; seed++) {
            PhaseMask phase = PhaseMask.equalTo(Phantoms.random(9, 8, 7, 2, seed), 1, Progress.SILENT)
                    .padded(new int[] {2, 2, 2}, false);
            long chi = EulerNumber.of(phase, 26, Progress.SILENT);
            long rest = EulerNumber.of(phase.complement(), 6, Progress.SILENT);
            assertEquals(chi, rest - 1); // the surface's Euler number is twice that of either side; the rest is a ball
        }
    }
}
