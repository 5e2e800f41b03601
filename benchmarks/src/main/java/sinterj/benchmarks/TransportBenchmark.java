package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.pore.Conductivities;
import sinterj.pore.Transport;

/**
 * CPU seconds of the conductivity along z of a thresholded Gaussian field, beside SciPy's conjugate gradients with
 * Jacobi's preconditioner on the same volume in the same run. Arguments: sigma, width, height, depth and how often;
 * without any the case of the target, {@code 4 128 128 128 3} (at most a tenth of SciPy). SciPy is run with the Python
 * named by the property {@code python} (default python3), once with the tolerance of the residual that a careful user
 * would take (1e-10) and once with the loosest that gives five digits of the conductivity (1e-6); it is left out above 20
 * million voxels or with {@code -Dpython=none}. The memory is the most that the process held.
 */
public final class TransportBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final double TOLERANCE = 1e-8;

    private TransportBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String[] a = args.length == 5 ? args : new String[] {"4", "128", "128", "128", "3"};
        Volume volume = ThicknessBenchmark.field(
                Double.parseDouble(a[0]), Integer.parseInt(a[1]), Integer.parseInt(a[2]), Integer.parseInt(a[3]));
        double[] careful = scipy(volume, "1e-10");
        double[] loose = scipy(volume, "1e-6");
        OUT.printf(
                Locale.ROOT,
                "SciPy: %.2f CPU s, %.0f iterations, k %.8f; to five digits %.2f CPU s, %.0f iterations, k %.8f%n",
                careful[0],
                careful[1],
                careful[2],
                loose[0],
                loose[1],
                loose[2]);
        // The first time includes the compiler's work, as for a user who runs the command once.
        for (int repeat = 0; repeat < Integer.parseInt(a[4]); repeat++) report(a, volume, careful, loose);
    }

    private static void report(String[] a, Volume volume, double[] careful, double[] loose) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double cpu = system.getProcessCpuTime() * 1e-9;
        long wall = System.nanoTime();
        Transport found =
                Transport.along(2, volume, Conductivities.ofPhase(255), TOLERANCE, false, Progress.SILENT);
        cpu = system.getProcessCpuTime() * 1e-9 - cpu;
        OUT.printf(
                Locale.ROOT,
                "sigma %s, %s x %s x %s: %.2f CPU s, SciPy takes %.1f times as much (to five digits %.1f), %.1f s wall,"
                        + " %d iterations, k %.8f, %s%n",
                a[0],
                a[1],
                a[2],
                a[3],
                cpu,
                careful[0] / cpu,
                loose[0] / cpu,
                (System.nanoTime() - wall) * 1e-9,
                found.iterations(),
                found.conductivity(),
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\s+", " "));
    }

    /** CPU seconds, iterations and conductivity. */
    private static double[] scipy(Volume volume, String tolerance) throws IOException, InterruptedException {
        String python = System.getProperty("python", "python3");
        double[] nothing = {Double.NaN, Double.NaN, Double.NaN};
        if (python.equals("none") || volume.count() > 20_000_000L) return nothing;
        Path file = Files.createTempFile("transport", ".raw");
        try (InputStream script = TransportBenchmark.class.getResourceAsStream("transport.py")) {
            write(volume, file);
            String code = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            String[] size = {"" + volume.depth(), "" + volume.height(), "" + volume.width()};
            Process process = new ProcessBuilder(
                            python, "-c", code, file.toString(), size[0], size[1], size[2], tolerance)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) return nothing;
            String[] words = answer.trim().split(" ");
            return new double[] {
                Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2])
            };
        } finally {
            Files.delete(file);
        }
    }

    private static void write(Volume volume, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            byte[] bytes = new byte[volume.width() * volume.height()];
            for (int z = 0; z < volume.depth(); z++) {
                float[] plane = volume.plane(z);
                for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (plane[i] > 0 ? 1 : 0);
                out.write(bytes);
            }
        }
    }
}
