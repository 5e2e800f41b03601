package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import sinterj.base.Progress;

/** Times of this process, and a progress that only says how many threads there are. */
final class Measured {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Measured() {}

    /** CPU seconds of this process so far, its compiler and garbage collector included. */
    static double cpu() {
        return SYSTEM.getProcessCpuTime() * 1e-9;
    }

    /** Seconds on the clock. */
    static double wall() {
        return System.nanoTime() * 1e-9;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    static Progress threads(int count) {
        return new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {}

            @Override
            public int threads() {
                return count;
            }
        };
    }
}
