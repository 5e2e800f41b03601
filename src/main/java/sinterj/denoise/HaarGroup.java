package sinterj.denoise;

import static sinterj.denoise.BlockBasis.AREA;

/**
 * The coefficients of a group of alike blocks, transformed along the group by Haar's wavelet. Blocks are laid down in
 * bit-reversed order, so that the partners of each level are the first and the second half, and a level is one long
 * loop over two arrays.
 */
final class HaarGroup {
    /** Averages; after {@link #forward} the first 64 values belong to the whole group. */
    private final float[] low;

    /** Differences by level, finest first: half of the group, a quarter, ... */
    private final float[][] high;

    private int size;

    /** @param largest most blocks, a power of two */
    HaarGroup(int largest) {
        low = new float[Math.max(1, largest / 2) * AREA];
        high = new float[Integer.numberOfTrailingZeros(largest)][];
        for (int level = 0; level < high.length; level++) high[level] = new float[(largest >> level + 1) * AREA];
    }

    /** Takes over blocks; their number is a power of two. */
    void load(float[] coefficients, int[] blocks, int count) {
        size = count;
        for (int j = 0; j < count; j++) {
            System.arraycopy(coefficients, blocks[reversed(j, count)] * AREA, holder(j), offset(j), AREA);
        }
    }

    private float[] holder(int j) {
        return 2 * j < size || size == 1 ? low : high[0];
    }

    private int offset(int j) {
        return (2 * j < size || size == 1 ? j : j - size / 2) * AREA;
    }

    private static int reversed(int j, int count) {
        return count == 1 ? 0 : Integer.reverse(j) >>> 32 - Integer.numberOfTrailingZeros(count);
    }

    void forward() {
        int level = 0;
        for (int half = size / 2; half >= 1; half /= 2, level++) {
            Rows.haar(half * AREA, low, high[level]);
            if (half > 1) System.arraycopy(low, half / 2 * AREA, high[level + 1], 0, half / 2 * AREA);
        }
    }

    void inverse() {
        int level = Integer.numberOfTrailingZeros(size) - 1;
        for (int half = 1; half < size; half *= 2, level--) {
            Rows.haar(half * AREA, low, high[level]);
            if (level > 0) System.arraycopy(high[level], 0, low, half * AREA, half * AREA);
        }
    }

    /** Drops small coefficients but never the mean of the group; returns how many are left. */
    int threshold(float t) {
        int kept = 1 + Rows.threshold(1, AREA, t, low);
        for (int level = 0, half = size / 2; half >= 1; half /= 2, level++) {
            kept += Rows.threshold(0, half * AREA, t, high[level]);
        }
        return kept;
    }

    /** Weighs coefficients by a guide, which is used up; returns the sum of squared weights. */
    float wiener(HaarGroup guide, float variance) {
        float mean = low[0];
        Rows.wiener(AREA, variance, guide.low, low);
        // The mean of the group stays: else the result would depend on where the grey scale has its zero.
        low[0] = mean;
        guide.low[0] = 1;
        float energy = Rows.energy(AREA, guide.low);
        for (int level = 0, half = size / 2; half >= 1; half /= 2, level++) {
            Rows.wiener(half * AREA, variance, guide.high[level], high[level]);
            energy += Rows.energy(half * AREA, guide.high[level]);
        }
        return energy;
    }

    /** Adds the blocks, times a weight, to where they came from. */
    void addTo(float[] coefficients, int[] blocks, float weight) {
        for (int j = 0; j < size; j++) {
            float[] from = holder(j);
            int at = offset(j);
            int to = blocks[reversed(j, size)] * AREA;
            for (int i = 0; i < AREA; i++) coefficients[to + i] += weight * from[at + i];
        }
    }
}
