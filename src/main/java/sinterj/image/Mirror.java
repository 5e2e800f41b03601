package sinterj.image;

/** A line of samples that goes on beyond its ends as in a mirror. */
public final class Mirror {
    private Mirror() {}

    /**
     * Where position i lies on a line of n, mirrored at its first and last sample as often as needed: -1 is 1.
     *
     * @param n at least 1
     */
    public static int at(int i, int n) {
        if (n == 1) return 0;
        int period = 2 * (n - 1);
        int j = Math.floorMod(i, period);
        return j < n ? j : period - j;
    }

    /**
     * The same, mirrored half a sample beyond the ends, so that these are repeated: -1 is 0.
     *
     * @param n at least 1
     */
    public static int repeatingEnds(int i, int n) {
        int j = Math.floorMod(i, 2 * n);
        return j < n ? j : 2 * n - 1 - j;
    }
}
