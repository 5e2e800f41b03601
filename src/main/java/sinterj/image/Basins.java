package sinterj.image;

import java.util.Arrays;
import sinterj.base.InvalidInput;

/** Basins that grow around the maxima of a map and are merged where they meet: a union-find with the peak of each. */
final class Basins {
    private float[] peaks = new float[1 << 10];
    private int[] parents = new int[1 << 10];
    private int count;

    /** A new basin around a maximum, numbered from 1. */
    int open(float peak) {
        if (count == LabelVolume.MAX_LABEL) {
            throw new InvalidInput("The phase falls into more than " + LabelVolume.MAX_LABEL
                    + " basins, the most that a label image can hold. Smooth the image or crop it.");
        }
        if (++count == peaks.length) {
            peaks = Arrays.copyOf(peaks, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
        }
        peaks[count] = peak;
        parents[count] = count;
        return count;
    }

    /** The basin into which a basin was merged, or itself. */
    int root(int basin) {
        int i = basin;
        while (parents[i] != i) {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }
        return i;
    }

    /** Two basins meet at a saddle: they become one if the rule says so for the lower of their peaks. */
    void meet(int a, int b, float saddle, Watershed.MergeRule rule) {
        int x = root(a);
        int y = root(b);
        if (x == y || !rule.merges(Math.min(peaks[x], peaks[y]), saddle)) return;
        // The higher peak stays; of equal ones the first.
        boolean first = peaks[x] > peaks[y] || peaks[x] == peaks[y] && x < y;
        if (first) parents[y] = x;
        else parents[x] = y;
    }

    /** Number of basins ever opened. */
    int count() {
        return count;
    }
}
