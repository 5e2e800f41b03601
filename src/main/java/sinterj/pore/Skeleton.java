package sinterj.pore;

import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.VoxelSize;

/**
 * Thins a phase to lines that keep its components, tunnels and cavities (26 neighbours for the phase, 6 for the rest),
 * and measures their length. Layer by layer and from six sides, border voxels are taken away that are simple (Malandain
 * and Bertrand 1992: one part of the phase among the 26 neighbours, one part of the rest that shares a face) and no
 * ends of lines. Each is looked at again just before it goes, in the order of z, y, x, so that topology is safe. Cost:
 * O(voxels) for each voxel of thickness, on one thread.
 */
final class Skeleton {
    private static final int CENTRE = 13;
    private static final int[] TOUCHING = new int[27];
    private static final int[] SHARING_FACE = new int[27];
    private static final int SHARING_FACE_CENTRE = 1 << 4 | 1 << 10 | 1 << 12 | 1 << 14 | 1 << 16 | 1 << 22;
    private static final int WITHIN_18;

    static {
        int near = 0;
        for (int a = 0; a < 27; a++) {
            if (steps(a, CENTRE) < 3) near |= 1 << a;
            for (int b = 0; b < 27; b++) {
                if (a == b || a == CENTRE || b == CENTRE) continue;
                boolean touches = Math.abs(a % 3 - b % 3) < 2
                        && Math.abs(a / 3 % 3 - b / 3 % 3) < 2
                        && Math.abs(a / 9 - b / 9) < 2;
                if (touches) TOUCHING[a] |= 1 << b;
                if (steps(a, b) == 1) SHARING_FACE[a] |= 1 << b;
            }
        }
        WITHIN_18 = near & ~(1 << CENTRE);
    }

    private final int width;
    private final int height;
    private final long[][] words;
    private final int wordsPerRow;

    private Skeleton(PhaseMask mask) {
        width = mask.width();
        height = mask.height();
        wordsPerRow = mask.wordsPerRow();
        words = new long[mask.depth()][];
        for (int z = 0; z < words.length; z++) words[z] = mask.words(z).clone();
    }

    private static int steps(int a, int b) {
        return Math.abs(a % 3 - b % 3) + Math.abs(a / 3 % 3 - b / 3 % 3) + Math.abs(a / 9 - b / 9);
    }

    /** The skeleton of a phase. */
    static PhaseMask of(PhaseMask mask, Progress progress) {
        Skeleton skeleton = new Skeleton(mask);
        long left = mask.count();
        long all = left;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int side = 0; side < 6; side++) {
                long removed = skeleton.peel(side, progress);
                changed |= removed > 0;
                left -= removed;
                progress.report(1 - (double) left / all, "Thinning");
            }
        }
        return PhaseMask.ofWords(mask.width(), mask.height(), skeleton.words);
    }

    /** Takes away one layer, seen from one side. */
    private long peel(int side, Progress progress) {
        long[][] border = new long[words.length][];
        for (int z = 0; z < words.length; z++) border[z] = candidates(z, side);
        long removed = 0;
        for (int z = 0; z < words.length; z++) {
            progress.check();
            if (border[z] == null) continue;
            for (int i = 0; i < border[z].length; i++) {
                for (long bits = border[z][i]; bits != 0; bits &= bits - 1) {
                    int x = (i % wordsPerRow << 6) + Long.numberOfTrailingZeros(bits);
                    int around = around(x, i / wordsPerRow, z);
                    if (Integer.bitCount(around) < 2 || !isSimple(around)) continue;
                    words[z][i] &= ~(bits & -bits);
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Voxels of plane z whose neighbour on a side is outside and that may go; null if there are none. */
    private long[] candidates(int z, int side) {
        long[] plane = words[z];
        long[] found = new long[plane.length];
        boolean any = false;
        for (int i = 0; i < plane.length; i++) {
            if (plane[i] == 0) continue;
            long bits = plane[i] & ~neighbour(z, i, side);
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                int x = (i % wordsPerRow << 6) + Long.numberOfTrailingZeros(rest);
                int around = around(x, i / wordsPerRow, z);
                if (Integer.bitCount(around) < 2 || !isSimple(around)) bits &= ~(rest & -rest);
            }
            found[i] = bits;
            any |= bits != 0;
        }
        return any ? found : null;
    }

    /** For each voxel of a word whether its neighbour on a side belongs to the phase. */
    private long neighbour(int z, int i, int side) {
        int column = i % wordsPerRow;
        return switch (side) {
            case 0 -> words[z][i] << 1 | (column > 0 ? words[z][i - 1] >>> 63 : 0);
            case 1 -> words[z][i] >>> 1 | (column + 1 < wordsPerRow ? words[z][i + 1] << 63 : 0);
            case 2 -> i >= wordsPerRow ? words[z][i - wordsPerRow] : 0;
            case 3 -> i + wordsPerRow < words[z].length ? words[z][i + wordsPerRow] : 0;
            case 4 -> z > 0 ? words[z - 1][i] : 0;
            default -> z + 1 < words.length ? words[z + 1][i] : 0;
        };
    }

    /** The 26 neighbours as bits x + 3 y + 9 z; what lies outside the image is not of the phase. */
    private int around(int x, int y, int z) {
        int bits = 0;
        for (int dz = -1; dz <= 1; dz++) {
            if (z + dz < 0 || z + dz >= words.length) continue;
            for (int dy = -1; dy <= 1; dy++) {
                if (y + dy < 0 || y + dy >= height) continue;
                bits |= three(words[z + dz], (y + dy) * wordsPerRow, x) << (3 * (dy + 1) + 9 * (dz + 1));
            }
        }
        return bits & ~(1 << CENTRE);
    }

    private int three(long[] plane, int row, int x) {
        int bits = 0;
        for (int i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
            bits |= (int) (plane[row + (i >> 6)] >>> i & 1) << (i - x + 1);
        }
        return bits;
    }

    private static boolean isSimple(int around) {
        if (spread(around & -around, around, TOUCHING) != around) return false;
        int rest = ~around & WITHIN_18;
        int faces = rest & SHARING_FACE_CENTRE;
        if (faces == 0) return false;
        return (faces & ~spread(faces & -faces, rest, SHARING_FACE)) == 0;
    }

    /** What can be reached within some voxels from a first one. */
    private static int spread(int start, int within, int[] neighbours) {
        int reached = start;
        int fresh = start;
        while (fresh != 0) {
            int next = 0;
            for (int bits = fresh; bits != 0; bits &= bits - 1) next |= neighbours[Integer.numberOfTrailingZeros(bits)];
            fresh = next & within & ~reached;
            reached |= fresh;
        }
        return reached;
    }

    /**
     * Length of a skeleton: steps between neighbouring voxels, without those over an edge or a corner that shorter steps
     * make up for. Steps follow the grid, so oblique lines come out up to 8 % long.
     */
    static double length(PhaseMask mask, VoxelSize voxel, Progress progress) {
        Skeleton skeleton = new Skeleton(mask);
        double[] lengths = new double[27];
        for (int n = 0; n < 27; n++) {
            int[] step = {n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1};
            lengths[n] = Directions.length(step, voxel);
        }
        double sum = 0;
        for (int z = 0; z < mask.depth(); z++) {
            progress.check();
            for (int y = 0; y < mask.height(); y++) {
                for (int x = mask.nextInside(0, y, z); x < mask.width(); x = mask.nextInside(x + 1, y, z)) {
                    int around = skeleton.around(x, y, z);
                    // Each pair once: neighbours that come later in the order of z, y, x.
                    for (int n = CENTRE + 1; n < 27; n++) {
                        if ((around >>> n & 1) != 0 && isDirect(around, n)) sum += lengths[n];
                    }
                }
            }
        }
        return sum;
    }

    /** Whether no third voxel lies between the centre and a neighbour: nearer to both than they are to each other. */
    private static boolean isDirect(int around, int n) {
        int direct = steps(n, CENTRE);
        for (int bits = around & TOUCHING[n]; bits != 0; bits &= bits - 1) {
            int between = Integer.numberOfTrailingZeros(bits);
            if (steps(between, CENTRE) < direct && steps(between, n) < direct) return false;
        }
        return true;
    }
}
