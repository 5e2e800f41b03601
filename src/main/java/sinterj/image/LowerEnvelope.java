package sinterj.image;

/**
 * One line of the distance transform: each value is replaced by the smallest of {@code f[j] + weight (i - j)^2} over
 * the run of voxels it belongs to and the borders of that run, where f is 0. Runs are independent, which keeps the work
 * in the cache and skips what lies outside the phase. One object for each thread; the arrays are its scratch.
 */
final class LowerEnvelope {
    private final double weight;
    private final double[] inverse;
    private final int[] position;
    private final int[] start;
    private final double[] height;
    private final float[] cyclic;
    private int top;

    /**
     * @param weight of squared steps along the line
     * @param length voxels in a line
     * @param edge what lies beyond the ends
     */
    LowerEnvelope(double weight, int length, EdgeRule edge) {
        this.weight = weight;
        int longest = edge == EdgeRule.PERIODIC ? 3 * length : length;
        inverse = new double[longest + 2];
        for (int k = 1; k < inverse.length; k++) inverse[k] = 0.5 / (weight * k);
        position = new int[longest + 2];
        start = new int[longest + 2];
        height = new double[longest + 2];
        cyclic = new float[edge == EdgeRule.PERIODIC ? longest : 0];
    }

    /** Transforms the runs of a line of n values that starts at {@code from}. */
    void transform(float[] f, int from, LineRuns runs) {
        for (int r = 0; r < runs.count(); r++) {
            int a = runs.from(r);
            int b = runs.to(r);
            run(f, from + a, b - a, runs.borderBefore(r), runs.borderAfter(r));
        }
        if (runs.wraps()) wrapped(f, from, runs);
    }

    /** The run that leaves at the end of the line and comes back at its start. */
    private void wrapped(float[] f, int from, LineRuns runs) {
        int n = runs.length();
        int tail = n - runs.wrapFrom();
        int length = tail + runs.wrapTo();
        System.arraycopy(f, from + runs.wrapFrom(), cyclic, 0, tail);
        System.arraycopy(f, from, cyclic, tail, runs.wrapTo());
        int middle = 0;
        if (runs.wrapsWholly()) {
            // Three copies of the line: from the middle one, every voxel is at most half a period away.
            System.arraycopy(cyclic, 0, cyclic, n, n);
            System.arraycopy(cyclic, 0, cyclic, 2 * n, n);
            run(cyclic, 0, 3 * n, false, false);
            middle = n;
        } else {
            run(cyclic, 0, length, true, true);
        }
        System.arraycopy(cyclic, middle, f, from + runs.wrapFrom(), tail);
        System.arraycopy(cyclic, middle + tail, f, from, runs.wrapTo());
    }

    private void run(float[] f, int from, int length, boolean borderBefore, boolean borderAfter) {
        top = -1;
        if (borderBefore) push(-1, 0, length);
        for (int i = 0; i < length; i++) {
            float value = f[from + i];
            if (value < Float.POSITIVE_INFINITY) push(i, value, length);
        }
        if (borderAfter) push(length, 0, length);
        int end = length;
        for (; top >= 0; top--) {
            int centre = position[top];
            double lowest = height[top];
            for (int i = start[top]; i < end; i++) {
                int d = i - centre;
                f[from + i] = (float) (lowest + weight * ((long) d * d));
            }
            end = start[top];
        }
    }

    private void push(int q, double value, int length) {
        while (top >= 0) {
            double toOld = start[top] - position[top];
            double toNew = start[top] - q;
            if (height[top] + weight * toOld * toOld <= value + weight * toNew * toNew) break;
            top--;
        }
        if (top < 0) {
            top = 0;
            start[0] = 0;
        } else {
            int p = position[top];
            double meet = (value - height[top] + weight * (q - p) * (q + p)) * inverse[q - p];
            if (!(meet < length - 1)) return;
            start[++top] = (int) Math.floor(meet) + 1;
        }
        position[top] = q;
        height[top] = value;
    }
}
