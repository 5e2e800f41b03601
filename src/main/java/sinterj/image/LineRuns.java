package sinterj.image;

/**
 * The runs of voxels of one region along a line, and whether the line ends there or the region does. Under
 * {@link EdgeRule#PERIODIC} a run that leaves at the end and comes back at the start is kept apart. One object for each
 * thread, filled anew for each line.
 */
final class LineRuns {
    private final int length;
    private final EdgeRule edge;
    private final int[] bounds;
    private int count;
    private int wrapFrom;
    private int wrapTo;

    /**
     * @param length voxels in a line
     * @param edge what lies beyond the ends
     */
    LineRuns(int length, EdgeRule edge) {
        this.length = length;
        this.edge = length == 1 ? EdgeRule.IGNORE : edge;
        bounds = new int[2 * length];
    }

    /** The runs of a row of a mask. */
    void find(PhaseMask mask, int y, int z) {
        count = 0;
        for (int a = mask.nextInside(0, y, z); a < length; ) {
            int b = mask.nextOutside(a, y, z);
            add(a, b);
            a = mask.nextInside(b, y, z);
        }
        separateWrap(true);
    }

    /** The runs of values other than 0. */
    void find(float[] values, int from) {
        count = 0;
        for (int i = 0; i < length; ) {
            while (i < length && values[from + i] == 0) i++;
            int a = i;
            while (i < length && values[from + i] != 0) i++;
            if (i > a) add(a, i);
        }
        separateWrap(true);
    }

    /** The runs of equal labels other than 0. */
    void findLabels(float[] labels, int from) {
        count = 0;
        for (int i = 0; i < length; ) {
            int a = i;
            float label = labels[from + a];
            while (i < length && labels[from + i] == label) i++;
            if (label != 0) add(a, i);
        }
        separateWrap(labels[from] == labels[from + length - 1]);
    }

    private void add(int from, int to) {
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
    }

    private void separateWrap(boolean sameRegion) {
        wrapFrom = -1;
        if (edge != EdgeRule.PERIODIC || !sameRegion || count == 0) return;
        if (bounds[0] != 0 || bounds[2 * count - 1] != length) return;
        wrapFrom = count == 1 ? 0 : bounds[2 * count - 2];
        wrapTo = count == 1 ? 0 : bounds[1];
        count -= Math.min(2, count);
        System.arraycopy(bounds, 2, bounds, 0, 2 * count);
    }

    int length() {
        return length;
    }

    /** Number of runs, the wrapping one aside. */
    int count() {
        return count;
    }

    /** First voxel of a run. */
    int from(int run) {
        return bounds[2 * run];
    }

    /** The voxel behind the last of a run. */
    int to(int run) {
        return bounds[2 * run + 1];
    }

    /** Whether the region ends before the run, rather than the image. */
    boolean borderBefore(int run) {
        return from(run) > 0 || edge != EdgeRule.IGNORE;
    }

    /** Whether the region ends behind the run, rather than the image. */
    boolean borderAfter(int run) {
        return to(run) < length || edge != EdgeRule.IGNORE;
    }

    /** Whether there is a run that goes on at the other end of the line. */
    boolean wraps() {
        return wrapFrom >= 0;
    }

    /** Whether the wrapping run is the whole line, without a border. */
    boolean wrapsWholly() {
        return wrapFrom == 0;
    }

    /** Where the wrapping run starts. */
    int wrapFrom() {
        return wrapFrom;
    }

    /** Where the wrapping run, having come back at 0, ends. */
    int wrapTo() {
        return wrapTo;
    }
}
