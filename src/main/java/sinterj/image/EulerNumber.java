package sinterj.image;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Euler number of a phase, the outside of the image being the other phase: components minus tunnels plus cavities. With
 * 26 neighbours the voxels are closed cubes; with 6 they are points joined by edges, squares and cubes of full
 * neighbourhoods. Summed along x, corners, edges, faces and cubes leave nothing but the number of runs in the rows
 * themselves and in the unions (26) or intersections (6) of neighbouring rows, so it takes a few operations on 64 voxels
 * at once.
 */
public final class EulerNumber {
    private EulerNumber() {}

    /**
     * The Euler number.
     *
     * @param mask not changed
     * @param adjacency 6 or 26
     */
    public static long of(PhaseMask mask, int adjacency, Progress progress) {
        boolean union = adjacency == 26;
        long[] parts = new long[mask.depth() + 1];
        // Row y, plane z is the last of the two or four rows that are combined; outside rows are empty.
        Parallel.forEach(progress, mask.depth() + 1, z -> parts[z] = plane(mask, z, union));
        long sum = 0;
        for (long part : parts) sum += part;
        return sum;
    }

    private static long plane(PhaseMask mask, int z, boolean union) {
        int words = mask.wordsPerRow();
        long[] none = new long[words * mask.height()];
        long[] here = z < mask.depth() ? mask.words(z) : none;
        long[] before = z > 0 ? mask.words(z - 1) : none;
        long sum = 0;
        for (int y = 0; y <= mask.height(); y++) {
            long carryRow = 0;
            long carryY = 0;
            long carryZ = 0;
            long carryYz = 0;
            for (int w = 0; w < words; w++) {
                long a = y < mask.height() ? here[y * words + w] : 0;
                long b = y > 0 ? here[(y - 1) * words + w] : 0;
                long c = y < mask.height() ? before[y * words + w] : 0;
                long d = y > 0 ? before[(y - 1) * words + w] : 0;
                long alongY = union ? a | b : a & b;
                long alongZ = union ? a | c : a & c;
                long alongYz = union ? a | b | c | d : a & b & c & d;
                sum += starts(a, carryRow) - starts(alongY, carryY) - starts(alongZ, carryZ) + starts(alongYz, carryYz);
                carryRow = a >>> 63;
                carryY = alongY >>> 63;
                carryZ = alongZ >>> 63;
                carryYz = alongYz >>> 63;
            }
        }
        return sum;
    }

    /** Number of runs that start within a word, given the last bit of the word before. */
    private static int starts(long word, long carry) {
        return Long.bitCount(word & ~(word << 1 | carry));
    }

    /**
     * The contribution of this image to the Euler number of a larger whole that it was cut from: what lies on a face
     * counts half, on an edge a quarter, on a corner an eighth (Odgaard and Gundersen 1993,
     * doi:10.1016/8756-3282(93)90245-6). The sum over adjoining images is then right.
     *
     * @param mask not changed
     * @param adjacency 6 or 26
     */
    public static double edgeCorrected(PhaseMask mask, int adjacency, Progress progress) {
        int[] n = {mask.width(), mask.height(), mask.depth()};
        double corrected = of(mask, adjacency, progress);
        // Each axis is taken whole, at its first or at its last voxel.
        for (int choice = 1; choice < 27; choice++) {
            int[] from = new int[3];
            int[] to = new int[3];
            int fixed = 0;
            for (int axis = 0, rest = choice; axis < 3; axis++, rest /= 3) {
                int side = rest % 3;
                if (side != 0) fixed++;
                from[axis] = side == 2 ? n[axis] - 1 : 0;
                to[axis] = side == 1 ? 1 : n[axis];
            }
            double weight = fixed == 1 ? -0.5 : fixed == 2 ? 0.25 : -0.125;
            corrected += weight * of(mask.crop(from, to), adjacency, progress);
        }
        return corrected;
    }
}
