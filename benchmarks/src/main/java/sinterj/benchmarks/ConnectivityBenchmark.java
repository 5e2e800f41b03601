package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;
import sinterj.pore.PoreConnectivity;

/**
 * Time and memory of the connectivity of a thresholded Gaussian field, labels included. Arguments: sigma, width, height,
 * depth, number of probe diameters; without any {@code 4 256 256 256 20}.
 */
public final class ConnectivityBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private ConnectivityBenchmark() {}

    public static void main(String[] args) throws IOException {
        String[] a = args.length == 5 ? args : new String[] {"4", "256", "256", "256", "20"};
        Volume volume = ThicknessBenchmark.field(
                Double.parseDouble(a[0]), Integer.parseInt(a[1]), Integer.parseInt(a[2]), Integer.parseInt(a[3]));
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double cpu = system.getProcessCpuTime() * 1e-9;
        long wall = System.nanoTime();
        PhaseMask voids = PhaseMask.equalTo(volume, 0, Progress.SILENT);
        PoreConnectivity found =
                PoreConnectivity.of(voids, null, volume.size(), 6, Integer.parseInt(a[4]), Progress.SILENT);
        LabelVolume labels = found.pores().components().labels(volume.size(), Progress.SILENT);
        OUT.printf(
                Locale.ROOT,
                "%s: %d components, Euler %d and %d, %d cavities, %.1f CPU s, %.1f s wall, labels as %s, %s%n",
                String.join(" ", a),
                found.pores().components().count(),
                found.euler6(),
                found.euler26(),
                found.cavities(),
                system.getProcessCpuTime() * 1e-9 - cpu,
                (System.nanoTime() - wall) * 1e-9,
                labels.labels().getType().getClass().getSimpleName(),
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse(""));
    }
}
