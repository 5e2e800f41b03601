package sinterj.benchmarks;

import java.lang.management.ManagementFactory;

/** A loop that is always the same: when it is slow, so is the machine just then, and so was what ran beside it. */
final class FixedLoop {
    private static final float[][] A = new float[3][4_000_000];
    private static double best = Double.POSITIVE_INFINITY;

    private FixedLoop() {}

    /** Processor time of an element, the best of some passes over 48 MB. */
    static double nanoseconds() {
        double now = Double.POSITIVE_INFINITY;
        for (int pass = 0; pass < 12; pass++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            triad(A[0], A[1], A[2]);
            double each = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / (double) A[0].length;
            now = Math.min(now, each);
        }
        best = Math.min(best, now);
        return now;
    }

    /** The best of all calls so far. */
    static double best() {
        return best;
    }

    private static void triad(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) a[i] = b[i] + 0.5f * c[i];
    }
}
