package sinterj.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.pore.Ball;
import sinterj.pore.Distribution;
import sinterj.pore.LocalThickness;

/**
 * CPU seconds of local thickness on a thresholded Gaussian field, beside SciPy's {@code distance_transform_edt} on the
 * same volume in the same run. Arguments: sigma, width, height, depth; without any the two cases of the target,
 * {@code 4 256 256 256} (at most 1.0 times SciPy) and {@code 12 256 256 256} (at most 1.5 times). SciPy is run with the
 * Python named by the property {@code python} (default python3), and left out above 512 million voxels or with
 * {@code -Dpython=none}.
 */
public final class ThicknessBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final String SCIPY = "import sys,time,numpy as n;from scipy.ndimage import distance_transform_edt as e;"
            + "v=n.fromfile(sys.argv[1],n.uint8).reshape([int(a) for a in sys.argv[2:]]);"
            + "t=time.process_time();d=e(v);t=time.process_time()-t;print(t,d.max())";

    private ThicknessBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 4) {
            run(Double.parseDouble(args[0]), number(args[1]), number(args[2]), number(args[3]));
        } else {
            run(4, 256, 256, 256);
            run(12, 256, 256, 256);
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static void run(double sigma, int width, int height, int depth) throws IOException, InterruptedException {
        Volume volume = field(sigma, width, height, depth);
        double scipy = scipy(volume);
        // The first time includes the compiler's work, as for a user who runs the command once.
        for (int repeat = 0; repeat < 3; repeat++) report(sigma, volume, scipy, repeat);
    }

    private static void report(double sigma, Volume volume, double scipy, int repeat) {
        long wall = System.nanoTime();
        double t0 = cpuSeconds();
        PhaseMask phase = PhaseMask.equalTo(volume, 255, Progress.SILENT);
        double t1 = cpuSeconds();
        double t2 = t1;
        if (repeat == 2) {
            DistanceMap.squared(phase, LatticeMetric.of(volume.size()), EdgeRule.IGNORE, Progress.SILENT);
            t2 = cpuSeconds();
        }
        Volume map = LocalThickness.measure(phase, volume.size(), Ball.OPEN, EdgeRule.IGNORE, Progress.SILENT);
        double t3 = cpuSeconds();
        Distribution found = Distribution.of(map, null, Progress.SILENT);
        double t4 = cpuSeconds();
        double total = t1 - t0 + t4 - t2;
        OUT.printf(
                Locale.ROOT,
                "sigma %.0f, %d x %d x %d, run %d: %.2f CPU s (mask %.2f, thickness %.2f, statistics %.2f; distances"
                        + " alone %.2f), SciPy distances %.2f, ratio %.2f; wall %.2f s, peak %s; mean %.4f, max %.4f%n",
                sigma,
                volume.width(),
                volume.height(),
                volume.depth(),
                repeat + 1,
                total,
                t1 - t0,
                t3 - t2,
                t4 - t3,
                t2 - t1,
                scipy,
                total / scipy,
                (System.nanoTime() - wall) * 1e-9,
                peakMemory(),
                found.mean(),
                found.max());
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() * 1e-9;
    }

    private static String peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse("unknown")
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            return "unknown"; // other systems do not tell
        }
    }

    private static double scipy(Volume volume) throws IOException, InterruptedException {
        String python = System.getProperty("python", "python3");
        if (python.equals("none") || volume.count() > 512_000_000L) return Double.NaN;
        Path file = Files.createTempFile("thickness", ".raw");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
                byte[] bytes = new byte[volume.width() * volume.height()];
                for (int z = 0; z < volume.depth(); z++) {
                    float[] plane = volume.plane(z);
                    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) plane[i];
                    out.write(bytes);
                }
            }
            Process process = new ProcessBuilder(
                            python, "-c", SCIPY, file.toString(), "" + volume.depth(), "" + volume.height(), ""
                                    + volume.width())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) return Double.NaN;
            return Double.parseDouble(answer.trim().split(" ")[0]);
        } finally {
            Files.delete(file);
        }
    }

    /** White noise, smoothed by three running means along each axis (nearly a Gaussian), above its median: 0 and 255. */
    static Volume field(double sigma, int width, int height, int depth) {
        float[][] planes = new float[depth][width * height];
        Parallel.forEach(Progress.SILENT, depth, z -> {
            Random random = new Random(1000L + z);
            for (int i = 0; i < planes[z].length; i++) planes[z][i] = (float) random.nextGaussian();
            for (int y = 0; y < height; y++) smooth(planes[z], y * width, 1, width, sigma);
            for (int x = 0; x < width; x++) smooth(planes[z], x, width, height, sigma);
        });
        Parallel.forEach(Progress.SILENT, height, y -> {
            float[] line = new float[depth];
            for (int x = 0; x < width; x++) {
                for (int z = 0; z < depth; z++) line[z] = planes[z][y * width + x];
                smooth(line, 0, 1, depth, sigma);
                for (int z = 0; z < depth; z++) planes[z][y * width + x] = line[z];
            }
        });
        byte[][] mask = new byte[depth][width * height];
        float median = median(planes);
        for (int z = 0; z < depth; z++) {
            for (int i = 0; i < mask[z].length; i++) mask[z][i] = (byte) (planes[z][i] > median ? 255 : 0);
        }
        return new Volume(Planes.ofBytes(Arrays.asList(mask), width, height), VoxelSize.pixels());
    }

    private static float median(float[][] planes) {
        float[] sample = new float[1_000_000];
        Random random = new Random(1);
        for (int i = 0; i < sample.length; i++) {
            float[] plane = planes[random.nextInt(planes.length)];
            sample[i] = plane[random.nextInt(plane.length)];
        }
        Arrays.sort(sample);
        return sample[sample.length / 2];
    }

    private static void smooth(float[] values, int from, int step, int n, double sigma) {
        int half = Math.max(1, (int) Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
        double[] line = new double[n];
        for (int pass = 0; pass < 3; pass++) {
            double sum = 0;
            for (int k = -half; k <= half; k++) sum += values[from + mirrored(k, n) * step];
            for (int i = 0; i < n; i++) {
                line[i] = sum / (2 * half + 1);
                sum += values[from + mirrored(i + half + 1, n) * step] - values[from + mirrored(i - half, n) * step];
            }
            for (int i = 0; i < n; i++) values[from + i * step] = (float) line[i];
        }
    }

    private static int mirrored(int i, int n) {
        int m = Math.floorMod(i, 2 * n);
        return m < n ? m : 2 * n - 1 - m;
    }
}
