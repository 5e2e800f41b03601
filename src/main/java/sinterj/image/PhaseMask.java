package sinterj.image;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Which voxels of a volume belong to a phase, one bit a voxel. Each row of a plane starts with a word of its own: voxel
 * (x, y) is bit {@code x % 64} of word {@code y * wordsPerRow + x / 64}. Bits beyond the width are 0.
 */
public final class PhaseMask {
    private final int width;
    private final int height;
    private final int wordsPerRow;
    private final long[][] planes;

    private PhaseMask(int width, int height, int depth) {
        this(width, height, new long[depth][Math.multiplyExact((width + 63) >> 6, height)]);
    }

    private PhaseMask(int width, int height, long[][] planes) {
        this.width = width;
        this.height = height;
        wordsPerRow = (width + 63) >> 6;
        this.planes = planes;
    }

    /**
     * The voxels of one value.
     *
     * @param volume a mask of two values, a segmentation into a few phases, or labels; not changed
     * @param phase the value meant; if empty, 255 or 1, whichever a mask of 0 and one of them holds
     * @throws sinterj.base.InvalidInput if the image is no segmentation, or if none of its voxels has the value: the sentence says
     *     which values occur
     */
    public static PhaseMask of(Volume volume, OptionalDouble phase, Progress progress) {
        return equalTo(volume, (float) PhaseValue.of(volume, phase, progress), progress);
    }

    /** The voxels that hold exactly this value. */
    public static PhaseMask equalTo(Volume volume, float value, Progress progress) {
        return where(volume, progress, (pixels, i) -> pixels[i] == value);
    }

    /** The voxels that hold anything but 0. */
    public static PhaseMask nonZero(Volume volume, Progress progress) {
        return where(volume, progress, (pixels, i) -> pixels[i] != 0);
    }

    /** Looks at one pixel of a plane. */
    public interface Test {
        /** Whether pixel i of a plane belongs to the phase. */
        boolean holds(float[] pixels, int i);
    }

    private static PhaseMask where(Volume volume, Progress progress, Test test) {
        return where(volume.width(), volume.height(), volume.depth(), volume::plane, progress, test);
    }

    /**
     * The voxels for which a test holds.
     *
     * @param plane gives plane z as {@code width * height} values; called from several threads
     */
    public static PhaseMask where(
            int width, int height, int depth, IntFunction<float[]> plane, Progress progress, Test test) {
        PhaseMask mask = new PhaseMask(width, height, depth);
        Parallel.forEach(progress, depth, z -> {
            float[] pixels = plane.apply(z);
            long[] bits = mask.planes[z];
            for (int y = 0, i = 0; y < height; y++) {
                int row = y * mask.wordsPerRow;
                for (int x = 0; x < width; x++, i++) {
                    if (test.holds(pixels, i)) bits[row + (x >> 6)] |= 1L << x;
                }
            }
        });
        return mask;
    }

    /**
     * A mask of the given words, which are not copied.
     *
     * @param words for each plane those of its rows, as {@link PhaseMask} lays them out
     */
    public static PhaseMask ofWords(int width, int height, long[][] words) {
        return new PhaseMask(width, height, words);
    }

    /** Voxels along x. */
    public int width() {
        return width;
    }

    /** Voxels along y. */
    public int height() {
        return height;
    }

    /** Voxels along z. */
    public int depth() {
        return planes.length;
    }

    /** Words in each row of a plane. */
    public int wordsPerRow() {
        return wordsPerRow;
    }

    /** The words of plane z, row by row: do not write to them. */
    public long[] words(int z) {
        return planes[z];
    }

    /** Whether a voxel belongs to the phase. */
    public boolean get(int x, int y, int z) {
        return (planes[z][y * wordsPerRow + (x >> 6)] >>> x & 1) != 0;
    }

    /** Number of voxels of the phase. */
    public long count() {
        long count = 0;
        for (long[] plane : planes) for (long word : plane) count += Long.bitCount(word);
        return count;
    }

    /** Number of voxels of the image. */
    public long size() {
        return (long) width * height * depth();
    }

    /** The voxels that do not belong to the phase. */
    public PhaseMask complement() {
        PhaseMask other = new PhaseMask(width, height, depth());
        long lastWord = (width & 63) == 0 ? -1L : (1L << width) - 1;
        for (int z = 0; z < depth(); z++) {
            for (int i = 0; i < planes[z].length; i++) {
                other.planes[z][i] = ~planes[z][i] & ((i + 1) % wordsPerRow == 0 ? lastWord : -1L);
            }
        }
        return other;
    }

    /**
     * The mask with more voxels at each side: repeats of the image, or voxels of the other phase.
     *
     * @param margin voxels added at each end of x, y and z
     * @param repeats whether the image repeats itself there
     */
    public PhaseMask padded(int[] margin, boolean repeats) {
        PhaseMask wide = new PhaseMask(width + 2 * margin[0], height + 2 * margin[1], depth() + 2 * margin[2]);
        for (int z = 0; z < wide.depth(); z++) {
            for (int y = 0; y < wide.height; y++) {
                boolean outside = z < margin[2] || z >= margin[2] + depth() || y < margin[1] || y >= margin[1] + height;
                if (outside && !repeats) continue;
                int fromZ = Math.floorMod(z - margin[2], depth());
                int fromY = Math.floorMod(y - margin[1], height);
                for (int x = 0; x < wide.width; x++) {
                    boolean inside = x >= margin[0] && x < margin[0] + width;
                    if ((inside || repeats) && get(Math.floorMod(x - margin[0], width), fromY, fromZ)) {
                        wide.planes[z][y * wide.wordsPerRow + (x >> 6)] |= 1L << x;
                    }
                }
            }
        }
        return wide;
    }

    /**
     * A copy of a box.
     *
     * @param from first voxel along x, y and z
     * @param to voxel behind the last along x, y and z
     */
    public PhaseMask crop(int[] from, int[] to) {
        PhaseMask box = new PhaseMask(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
        for (int z = from[2]; z < to[2]; z++) {
            for (int y = from[1]; y < to[1]; y++) {
                int row = (y - from[1]) * box.wordsPerRow;
                for (int x = from[0]; x < to[0]; x++) {
                    if (get(x, y, z)) box.planes[z - from[2]][row + (x - from[0] >> 6)] |= 1L << x - from[0];
                }
            }
        }
        return box;
    }

    /**
     * The first voxel of a row, at x or beyond, that belongs to the phase.
     *
     * @return its x, or the width if there is none
     */
    public int nextInside(int x, int y, int z) {
        return next(x, y, z, 0);
    }

    /**
     * The first voxel of a row, at x or beyond, that does not belong to the phase.
     *
     * @return its x, or the width if there is none
     */
    public int nextOutside(int x, int y, int z) {
        return next(x, y, z, -1L);
    }

    private int next(int x, int y, int z, long flip) {
        if (x >= width) return width;
        long[] bits = planes[z];
        int row = y * wordsPerRow;
        int w = x >> 6;
        long word = (bits[row + w] ^ flip) & -1L << x;
        while (word == 0) {
            if (++w == wordsPerRow) return width;
            word = bits[row + w] ^ flip;
        }
        return Math.min(width, (w << 6) + Long.numberOfTrailingZeros(word));
    }
}
