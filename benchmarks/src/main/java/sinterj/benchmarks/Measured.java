package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The most memory that this process ever held, in units of 10^6 bytes; -1 where the system does not tell. */
    static long mostResidentMb() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return -1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_000_000)
                .findFirst()
                .orElse(-1);
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
