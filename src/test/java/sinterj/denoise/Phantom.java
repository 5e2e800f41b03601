package sinterj.denoise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/** The ball phantom of the tomography tests: its measured counts, and its noise-free counts by analytic chords. */
final class Phantom {
    private Phantom() {}

    /** A file of the test data; the test is skipped, saying so, without it. */
    static Path file(String name) {
        String folder = System.getProperty("sinterj.data", "");
        Path path = Path.of(folder, "tomography", name);
        Assumptions.assumeTrue(!folder.isEmpty() && Files.exists(path), "skipped: no sinterj.data folder with " + name);
        return path;
    }

    /** Planes of an MRC file of 16-bit or float pixels, without an extended header, times a factor. */
    static List<float[]> planes(String name, double factor) {
        try {
            ByteBuffer mrc = ByteBuffer.wrap(Files.readAllBytes(file(name))).order(ByteOrder.LITTLE_ENDIAN);
            int pixels = mrc.getInt(0) * mrc.getInt(4);
            int mode = mrc.getInt(12); // 1: 16 bit, 2: float, 6: unsigned 16 bit
            List<float[]> planes = new ArrayList<>();
            mrc.position(1024);
            for (int z = 0; z < mrc.getInt(8); z++) {
                float[] plane = new float[pixels];
                for (int i = 0; i < pixels; i++) {
                    plane[i] = (float)
                            (factor * (mode == 2 ? mrc.getFloat() : mrc.getShort() & (mode == 6 ? 0xffff : -1)));
                }
                planes.add(plane);
            }
            return planes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Noise-free counts of tilts -40, -38, ... 40 degrees for a field of view of {@code size} pixels. */
    static List<float[]> truth(int size, int subRays) {
        double fovNm = 256;
        double dose = 250.0 / 41 * Math.pow(fovNm / size, 2);
        double[][] balls = balls(fovNm);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < 41; k++) {
            double[][] seen = tilted(balls, Math.toRadians(-40 + 2 * k));
            float[] plane = new float[size * size];
            for (int i = 0; i < plane.length; i++) {
                double path = path(seen, i % size, i / size, size, fovNm / size, subRays);
                plane[i] = (float) (dose * (path / 100 + 0.01));
            }
            planes.add(plane);
        }
        return planes;
    }

    private static double[][] balls(double fovNm) {
        try {
            return Files.readAllLines(file("cu24_spheres.csv")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(word -> fovNm * Double.parseDouble(word))
                            .toArray())
                    .collect(Collectors.toList())
                    .toArray(new double[0][]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Balls as u, y, depth along the beam, radius. */
    private static double[][] tilted(double[][] balls, double angle) {
        double[][] seen = new double[balls.length][];
        for (int i = 0; i < balls.length; i++) {
            double x = balls[i][0];
            double z = balls[i][2];
            seen[i] = new double[] {
                x * Math.cos(angle) + z * Math.sin(angle),
                balls[i][1],
                z * Math.cos(angle) - x * Math.sin(angle),
                balls[i][3]
            };
        }
        return seen;
    }

    private static double path(double[][] seen, int px, int py, int size, double pixelNm, int subRays) {
        double sum = 0;
        for (int s = 0; s < subRays * subRays; s++) {
            double u = (px - size / 2.0 + (s % subRays + 0.5) / subRays) * pixelNm;
            double y = (py - size / 2.0 + (s / subRays + 0.5) / subRays) * pixelNm;
            sum += union(seen, u, y);
        }
        return sum / (subRays * subRays);
    }

    /** Length of a ray within any of the balls. */
    private static double union(double[][] seen, double u, double y) {
        List<double[]> spans = new ArrayList<>();
        for (double[] ball : seen) {
            double h2 = ball[3] * ball[3] - (u - ball[0]) * (u - ball[0]) - (y - ball[1]) * (y - ball[1]);
            if (h2 > 0) spans.add(new double[] {ball[2] - Math.sqrt(h2), ball[2] + Math.sqrt(h2)});
        }
        spans.sort((a, b) -> Double.compare(a[0], b[0]));
        double length = 0;
        double end = Double.NEGATIVE_INFINITY;
        for (double[] span : spans) {
            length += Math.max(0, span[1] - Math.max(end, span[0]));
            end = Math.max(end, span[1]);
        }
        return length;
    }

    /** Electron counts of a made-up scene: five balls of different thickness before a dark background. */
    static float[] scene(int width, int height, double background, double brightest, int variant) {
        double[][] balls = {{.28, .30, .17}, {.70, .25, .12}, {.60, .66, .24}, {.22, .75, .14}, {.85, .85, .10}};
        float[] counts = new float[width * height];
        double radius = Math.min(width, height);
        for (int i = 0; i < counts.length; i++) {
            double sum = 0;
            for (double[] b : balls) {
                double dx = (i % width + 0.5) - (b[0] + 0.004 * variant) * width;
                double dy = (i / width + 0.5) - b[1] * height;
                double h = b[2] * b[2] - (dx * dx + dy * dy) / (radius * radius);
                if (h > 0) sum += Math.sqrt(h) / 0.24;
            }
            counts[i] = (float) (background + (brightest - background) * Math.min(1, sum));
        }
        return counts;
    }

    /** Several noisy images of the scene. */
    static List<float[]> scenes(
            int planes, int size, double background, double brightest, NoiseModel model, long seed) {
        List<float[]> noisy = new ArrayList<>();
        for (int k = 0; k < planes; k++) {
            noisy.add(noisy(scene(size, size, background, brightest, k), model, seed + k));
        }
        return noisy;
    }

    /** Noisy grey values of noise-free electron counts. */
    static float[] noisy(float[] electrons, NoiseModel model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noisy = new float[electrons.length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) (model.gain() * poisson(electrons[i], random)
                    + model.offset()
                    + model.readNoise() * random.nextGaussian());
        }
        return noisy;
    }

    /** A Poisson number: by products of uniform numbers, in portions that do not underflow. */
    static int poisson(double mean, SplittableRandom random) {
        int count = 0;
        for (double left = mean; left > 0; left -= 100) {
            double limit = Math.exp(-Math.min(100, left));
            for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) count++;
        }
        return count;
    }

    static Volume volume(List<float[]> planes, int width, int height) {
        return new Volume(Planes.ofFloats(planes, width, height), VoxelSize.pixels());
    }

    /** Signal to noise ratio in dB with the maximum of the noise-free values for a peak, over all planes together. */
    static double psnr(List<float[]> truth, List<float[]> planes) {
        double peak = 0;
        double squares = 0;
        long count = 0;
        for (int k = 0; k < truth.size(); k++) {
            float[] t = truth.get(k);
            float[] p = planes.get(k);
            for (int i = 0; i < t.length; i++) {
                peak = Math.max(peak, t[i]);
                squares += (p[i] - t[i]) * (double) (p[i] - t[i]);
                count++;
            }
        }
        return 10 * Math.log10(peak * peak * count / squares);
    }
}
