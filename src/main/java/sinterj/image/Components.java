package sinterj.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The connected parts of a phase, numbered from 1 by size; of equally large ones the first in the order of z, y, x has
 * the smaller number. Cost: O(voxels) time; 12 bytes for each run of voxels along x.
 */
public final class Components {
    private final PhaseMask mask;
    private final RunForest runs;
    private final int[] ids;
    private final long[] sizes;

    /** Told of each run of voxels along x. */
    public interface RunVisitor {
        /**
         * @param id component
         * @param y row
         * @param from first voxel
         * @param to voxel behind the last
         */
        void visit(int id, int y, int from, int to);
    }

    private Components(PhaseMask mask, RunForest runs) {
        this.mask = mask;
        this.runs = runs;
        ids = runs.roots();
        sizes = number();
    }

    /**
     * Finds the components of a phase.
     *
     * @param mask not changed
     * @param adjacency 6 if voxels are connected through faces, 26 if through edges and corners too
     * @throws InvalidInput if there are more than a label image can hold
     */
    public static Components of(PhaseMask mask, int adjacency, Progress progress) {
        return new Components(mask, new RunForest(mask, adjacency == 26, progress));
    }

    /**
     * The number of components of a phase that reach no face of the image; of a complement, the cavities.
     *
     * @param mask not changed
     * @param adjacency 6 or 26
     */
    public static long enclosed(PhaseMask mask, int adjacency, Progress progress) {
        RunForest runs = new RunForest(mask, adjacency == 26, progress);
        int[] roots = runs.roots();
        long[] reaches = new long[(roots.length + 63) >> 6];
        for (int z = 0; z < runs.planes(); z++) {
            for (int y = 0; y < mask.height(); y++) {
                boolean face = z == 0 || z == mask.depth() - 1 || y == 0 || y == mask.height() - 1;
                for (int i = runs.row(z, y); i < runs.row(z, y + 1); i++) {
                    if (face || runs.from(z, i) == 0 || runs.to(z, i) == mask.width()) {
                        int root = roots[runs.first(z) + i];
                        reaches[root >> 6] |= 1L << root;
                    }
                }
            }
        }
        long count = 0;
        for (int i = 0; i < roots.length; i++) if (roots[i] == i && (reaches[i >> 6] >>> i & 1) == 0) count++;
        return count;
    }

    /**
     * The voxels of a phase that are connected, through faces of voxels, to both faces of the image across an axis.
     *
     * @param mask not changed
     * @param axis 0, 1 or 2 for x, y or z
     */
    public static PhaseMask spanning(PhaseMask mask, int axis, Progress progress) {
        RunForest runs = new RunForest(mask, false, progress);
        int[] roots = runs.roots();
        byte[] reaches = new byte[roots.length]; // 1 for the first face, 2 for the last
        for (int z = 0; z < runs.planes(); z++) {
            for (int y = 0; y < mask.height(); y++) {
                for (int i = runs.row(z, y); i < runs.row(z, y + 1); i++) {
                    boolean first = axis == 0 ? runs.from(z, i) == 0 : (axis == 1 ? y : z) == 0;
                    boolean last = axis == 0
                            ? runs.to(z, i) == mask.width()
                            : axis == 1 ? y == mask.height() - 1 : z == mask.depth() - 1;
                    reaches[roots[runs.first(z) + i]] |= (byte) ((first ? 1 : 0) | (last ? 2 : 0));
                }
            }
        }
        long[][] words = new long[mask.depth()][];
        Parallel.forEach(progress, mask.depth(), z -> {
            words[z] = new long[mask.wordsPerRow() * mask.height()];
            for (int y = 0; y < mask.height(); y++) {
                for (int i = runs.row(z, y); i < runs.row(z, y + 1); i++) {
                    if (reaches[roots[runs.first(z) + i]] != 3) continue;
                    for (int x = runs.from(z, i); x < runs.to(z, i); x++) {
                        words[z][y * mask.wordsPerRow() + (x >> 6)] |= 1L << x;
                    }
                }
            }
        });
        return PhaseMask.ofWords(mask.width(), mask.height(), words);
    }

    /** Replaces roots by numbers in the order of size. */
    private long[] number() {
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            boolean isRoot = ids[i] == i;
            // Roots stand before the runs that point to them, which thus find the number already in place.
            ids[i] = isRoot ? count++ : ids[ids[i]];
            if (count > LabelVolume.MAX_LABEL) {
                throw new InvalidInput("The phase has more than " + LabelVolume.MAX_LABEL + " components, the most that"
                        + " a label image can hold. Smooth the image, crop it, or choose 'adjacency=26'.");
            }
        }
        long[] voxels = new long[count];
        for (int z = 0; z < runs.planes(); z++) {
            for (int i = 0; i < runs.first(z + 1) - runs.first(z); i++) {
                voxels[ids[runs.first(z) + i]] += runs.to(z, i) - runs.from(z, i);
            }
        }
        long[] order = new long[count];
        for (int c = 0; c < count; c++) order[c] = -voxels[c] << 25 | c;
        Arrays.sort(order);
        int[] rank = new int[count];
        long[] sorted = new long[count + 1];
        for (int k = 0; k < count; k++) {
            int c = (int) (order[k] & (1 << 25) - 1);
            rank[c] = k + 1;
            sorted[k + 1] = voxels[c];
        }
        for (int i = 0; i < ids.length; i++) ids[i] = rank[ids[i]];
        return sorted;
    }

    /** Number of components. */
    public int count() {
        return sizes.length - 1;
    }

    /** Number of voxels of a component, counted from 1. */
    public long size(int id) {
        return sizes[id];
    }

    /** The phase whose components these are. */
    public PhaseMask mask() {
        return mask;
    }

    /** Tells of the runs of plane z, row by row. */
    public void visit(int z, RunVisitor visitor) {
        for (int y = 0; y < mask.height(); y++) {
            for (int i = runs.row(z, y); i < runs.row(z, y + 1); i++) {
                visitor.visit(ids[runs.first(z) + i], y, runs.from(z, i), runs.to(z, i));
            }
        }
    }

    /**
     * The components as an image: 16-bit if their numbers fit, else 32-bit.
     *
     * @param voxel side lengths
     */
    public LabelVolume labels(VoxelSize voxel, Progress progress) {
        int width = mask.width();
        int pixels = width * mask.height();
        if (count() <= 0xffff) {
            List<short[]> planes = new ArrayList<>();
            for (int z = 0; z < mask.depth(); z++) planes.add(new short[pixels]);
            Parallel.forEach(
                    progress,
                    mask.depth(),
                    z -> visit(
                            z,
                            (id, y, from, to) ->
                                    Arrays.fill(planes.get(z), y * width + from, y * width + to, (short) id)));
            return new LabelVolume(Planes.ofShorts(planes, width, mask.height()), voxel);
        }
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < mask.depth(); z++) planes.add(new float[pixels]);
        Parallel.forEach(
                progress,
                mask.depth(),
                z -> visit(
                        z,
                        (id, y, from, to) -> Arrays.fill(planes.get(z), y * width + from, y * width + to, (float) id)));
        return new LabelVolume(Planes.ofFloats(planes, width, mask.height()), voxel);
    }
}
