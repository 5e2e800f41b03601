package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.image.Volume;

/** How near a reconstruction comes to what is true, in the measures of the specification. */
public final class VolumeComparison {
    private final float[][] found;
    private final float[][] truth;
    private final int width;
    private final int height;

    /** @param found a reconstruction @param truth of the same size */
    public VolumeComparison(Volume found, Volume truth) {
        this.found = planes(found);
        this.truth = planes(truth);
        width = truth.width();
        height = truth.height();
        if (found.width() != width || found.height() != height || found.depth() != truth.depth()) {
            throw new IllegalArgumentException("volumes of different sizes");
        }
    }

    private static float[][] planes(Volume volume) {
        float[][] planes = new float[volume.depth()][];
        for (int z = 0; z < planes.length; z++) planes[z] = volume.plane(z);
        return planes;
    }

    /** Norm of the difference over the norm of the truth. */
    public double error() {
        return error(1);
    }

    /** The same after the best factor. */
    public double scaledError() {
        return error(bestScale());
    }

    private double bestScale() {
        double cross = 0;
        double square = 0;
        for (int z = 0; z < truth.length; z++) {
            for (int i = 0; i < truth[z].length; i++) {
                cross += (double) found[z][i] * truth[z][i];
                square += (double) found[z][i] * found[z][i];
            }
        }
        return cross / square;
    }

    private double error(double scale) {
        double difference = 0;
        double total = 0;
        for (int z = 0; z < truth.length; z++) {
            for (int i = 0; i < truth[z].length; i++) {
                double d = scale * found[z][i] - truth[z][i];
                difference += d * d;
                total += (double) truth[z][i] * truth[z][i];
            }
        }
        return Math.sqrt(difference / total);
    }

    /** Overlap over union of what lies above Otsu's threshold with the truth above one half. */
    public double overlap() {
        return overlap(threshold(found), 0.5);
    }

    /** Overlap over union of what lies above two thresholds. */
    public double overlap(double foundAbove, double truthAbove) {
        long both = 0;
        long either = 0;
        for (int z = 0; z < truth.length; z++) {
            for (int i = 0; i < truth[z].length; i++) {
                boolean f = found[z][i] > foundAbove;
                boolean t = truth[z][i] > truthAbove;
                if (f && t) both++;
                if (f || t) either++;
            }
        }
        return (double) both / either;
    }

    /** Otsu's threshold over 256 bins from the smallest to the largest value. */
    public static double threshold(float[][] planes) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float[] plane : planes) {
            for (float v : plane) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        double bin = (high - low) / 256.0;
        long[] counts = new long[256];
        for (float[] plane : planes) for (float v : plane) counts[Math.min(255, (int) ((v - low) / bin))]++;
        return low + (otsu(counts) + 0.5) * bin;
    }

    private static int otsu(long[] counts) {
        double total = 0;
        double moment = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i];
            moment += (double) i * counts[i];
        }
        double below = 0;
        double momentBelow = 0;
        double best = -1;
        int at = 0;
        for (int i = 0; i < counts.length - 1; i++) {
            below += counts[i];
            momentBelow += (double) i * counts[i];
            if (below == 0 || below == total) continue;
            double gap = momentBelow / below - (moment - momentBelow) / (total - below);
            double between = below * (total - below) * gap * gap;
            if (between > best) {
                best = between;
                at = i;
            }
        }
        return at;
    }

    /** Mean structural similarity over cubes of 7 voxels, range 1, after scaling and clipping to -0.5 .. 1.5. */
    public double similarity() {
        double scale = bestScale();
        float[][] scaled = new float[found.length][];
        for (int z = 0; z < found.length; z++) {
            scaled[z] = new float[found[z].length];
            for (int i = 0; i < scaled[z].length; i++) {
                scaled[z][i] = (float) Math.max(-0.5, Math.min(1.5, scale * found[z][i]));
            }
        }
        return structuralSimilarity(scaled);
    }

    private double structuralSimilarity(float[][] a) {
        double[][] ma = boxMean(a, null);
        double[][] mb = boxMean(truth, null);
        double[][] aa = boxMean(a, a);
        double[][] bb = boxMean(truth, truth);
        double[][] ab = boxMean(a, truth);
        double unbiased = 343.0 / 342;
        double sum = 0;
        long count = 0;
        for (int z = 3; z < a.length - 3; z++) {
            for (int y = 3; y < height - 3; y++) {
                for (int x = 3; x < width - 3; x++) {
                    int i = y * width + x;
                    double va = unbiased * (aa[z][i] - ma[z][i] * ma[z][i]);
                    double vb = unbiased * (bb[z][i] - mb[z][i] * mb[z][i]);
                    double cov = unbiased * (ab[z][i] - ma[z][i] * mb[z][i]);
                    double m = ma[z][i] * ma[z][i] + mb[z][i] * mb[z][i] + 1e-4;
                    sum += (2 * ma[z][i] * mb[z][i] + 1e-4) * (2 * cov + 9e-4) / (m * (va + vb + 9e-4));
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** Mean of a times b (or of a) over cubes of 7 voxels; right where the cube lies inside. */
    private double[][] boxMean(float[][] a, float[][] b) {
        double[][] values = new double[a.length][width * height];
        for (int z = 0; z < a.length; z++) {
            for (int i = 0; i < values[z].length; i++) values[z][i] = a[z][i] * (b == null ? 1.0 : b[z][i]);
        }
        double[][] alongX = new double[a.length][width * height];
        double[][] alongY = new double[a.length][width * height];
        double[][] alongZ = new double[a.length][width * height];
        for (int z = 0; z < a.length; z++) {
            for (int i = 3; i < width * height - 3; i++) {
                for (int k = -3; k <= 3; k++) alongX[z][i] += values[z][i + k] / 7;
            }
            for (int i = 3 * width; i < (height - 3) * width; i++) {
                for (int k = -3; k <= 3; k++) alongY[z][i] += alongX[z][i + k * width] / 7;
            }
        }
        for (int z = 3; z < a.length - 3; z++) {
            for (int i = 0; i < width * height; i++) {
                for (int k = -3; k <= 3; k++) alongZ[z][i] += alongY[z + k][i] / 7;
            }
        }
        return alongZ;
    }

    /**
     * Length of balls along z over their length along x, over the same in the truth: the median; 1 is right.
     *
     * @param centres x, y, z of ball centres in voxels counted from 0
     */
    public double elongation(double[][] centres) {
        List<Double> ratios = new ArrayList<>();
        double threshold = threshold(found);
        for (double[] c : centres) {
            int x = (int) Math.round(c[0]);
            int y = (int) Math.round(c[1]);
            int z = (int) Math.round(c[2]);
            double f = runRatio(found, threshold, x, y, z);
            double t = runRatio(truth, 0.5, x, y, z);
            if (f > 0 && t > 0 && t <= 1.3 && t >= 1 / 1.3) ratios.add(f / t);
        }
        double[] sorted = ratios.stream().mapToDouble(r -> r).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private double runRatio(float[][] planes, double above, int x, int y, int z) {
        if (!(planes[z][y * width + x] > above)) return 0;
        int low = x;
        int high = x;
        while (low > 0 && planes[z][y * width + low - 1] > above) low--;
        while (high + 1 < width && planes[z][y * width + high + 1] > above) high++;
        int front = z;
        int back = z;
        while (front > 0 && planes[front - 1][y * width + x] > above) front--;
        while (back + 1 < planes.length && planes[back + 1][y * width + x] > above) back++;
        return (back - front + 1.0) / (high - low + 1.0);
    }

    /** Error, scaled error, overlap and similarity, for a message. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "error %.4f, scaled %.4f, overlap %.4f, similarity %.4f",
                error(),
                scaledError(),
                overlap(),
                similarity());
    }

    /** All values of a volume, sorted. */
    public static float[] sorted(Volume volume) {
        float[] all = new float[Math.toIntExact(volume.count())];
        int size = volume.width() * volume.height();
        for (int z = 0; z < volume.depth(); z++) System.arraycopy(volume.plane(z), 0, all, z * size, size);
        Arrays.sort(all);
        return all;
    }
}
