package sinterj.image;

import java.util.Arrays;

/** Numbers regions by size. */
final class SizeOrder {
    private SizeOrder() {}

    /**
     * Puts numbers by size, 1 the largest, in place of labels; of equally large regions the first in the order of z, y,
     * x has the smaller number.
     *
     * @param labels overwritten
     * @param into the region of each label; 0 for what is to be left out
     * @return number of regions
     */
    static int number(int[][] labels, int[] into) {
        long[] sizes = new long[into.length];
        int[] firsts = new int[into.length];
        int found = 0;
        for (int[] plane : labels) {
            for (int label : plane) {
                int region = into[label];
                if (region != 0 && sizes[region]++ == 0) firsts[found++] = region;
            }
        }
        long[] keys = new long[found];
        for (int k = 0; k < found; k++) keys[k] = -sizes[firsts[k]] << 25 | k;
        Arrays.sort(keys);
        int[] numbers = new int[into.length];
        for (int k = 0; k < found; k++) numbers[firsts[(int) (keys[k] & (1 << 25) - 1)]] = k + 1;
        for (int[] plane : labels) for (int i = 0; i < plane.length; i++) plane[i] = numbers[into[plane[i]]];
        return found;
    }

    /** Number of voxels of each label up to the largest. */
    static long[] sizes(int[][] labels) {
        int largest = 0;
        for (int[] plane : labels) for (int label : plane) largest = Math.max(largest, label);
        long[] sizes = new long[largest + 1];
        for (int[] plane : labels) for (int label : plane) sizes[label]++;
        return sizes;
    }
}
