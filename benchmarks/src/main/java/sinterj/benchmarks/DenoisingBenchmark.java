package sinterj.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import sinterj.denoise.BlockMatching;
import sinterj.denoise.Profile;

/**
 * CPU seconds of block matching (BM3D) on one thread over those of scikit-image's non-local means, on its cameraman of
 * 512 x 512 pixels with noise of 25, taking turns, after warm-up: the median of five pairs. Targets: at most 2.0 times
 * with the normal profile, 1.2 with the fast one and no more than 0.15 dB below; on two free cores at most 0.65 of the
 * time, with the same bits. Needs Python with scikit-image, see {@link PythonReference}.
 */
public final class DenoisingBenchmark {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int PAIRS = 5;
    private static final int SIGMA = 25;

    private final float[] clean;
    private final float[] noisy;
    private final int width;
    private final int height;

    private DenoisingBenchmark(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        height = bytes.getInt();
        width = bytes.getInt();
        clean = new float[width * height];
        noisy = new float[width * height];
        FloatBuffer values = bytes.asFloatBuffer();
        values.get(clean).get(noisy);
    }

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("sinterj-camera", ".raw");
        try (PythonReference means = new PythonReference("denoising.py", file.toString())) {
            OUT.printf(Locale.ROOT, "Non-local means: %.2f dB%n", means.first());
            DenoisingBenchmark benchmark = new DenoisingBenchmark(file);
            for (Profile profile : Profile.values()) benchmark.compare(profile, means);
        } finally {
            Files.delete(file);
        }
    }

    private float[] denoised(Profile profile, int threads) {
        return BlockMatching.denoise(noisy, width, height, SIGMA, profile, Measured.threads(threads));
    }

    private void compare(Profile profile, PythonReference means) {
        for (int warm = 0; warm < 4; warm++) denoised(profile, 1 + warm % 2);
        double[] ratios = new double[PAIRS];
        double[] seconds = new double[PAIRS];
        double[] walls = new double[PAIRS];
        float[] one = {};
        boolean equal = true;
        double before = means.cpuSeconds();
        for (int i = 0; i < PAIRS; i++) {
            double cpu = Measured.cpu();
            double wall = Measured.wall();
            one = denoised(profile, 1);
            seconds[i] = Measured.cpu() - cpu;
            double single = Measured.wall() - wall;
            double after = means.cpuSeconds();
            ratios[i] = seconds[i] / ((before + after) / 2);
            before = after;
            wall = Measured.wall();
            equal &= Arrays.equals(one, denoised(profile, 2));
            walls[i] = (Measured.wall() - wall) / single;
        }
        OUT.printf(
                Locale.ROOT,
                "BM3D %s: %.2f dB, %.2f CPU s (%.2f us a pixel), %.2f times non-local means (%.2f to %.2f);"
                        + " two threads take %.2f of the time, bits %s%n",
                profile.name().toLowerCase(Locale.ROOT),
                psnr(one),
                Measured.median(seconds),
                Measured.median(seconds) * 1e6 / noisy.length,
                Measured.median(ratios),
                Arrays.stream(ratios).min().orElse(0),
                Arrays.stream(ratios).max().orElse(0),
                Measured.median(walls),
                equal ? "equal" : "DIFFER");
    }

    private double psnr(float[] image) {
        double sum = 0;
        for (int i = 0; i < image.length; i++) sum += Math.pow(image[i] - clean[i], 2);
        return 10 * Math.log10(255.0 * 255 * image.length / sum);
    }
}
