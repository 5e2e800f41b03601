package sinterj.denoise;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * What single pixels of a stack say of the noise: a squared detail of the 3 x 3 pixels about them, and the level around
 * in two halves. The three use different pixels, so with white noise they are independent: sorting by the first half
 * biases neither the variance nor the second half, however dark the image. Pixels where the surroundings slope most are
 * left out, and the choice too uses none of the 3 x 3 pixels.
 */
final class NoiseSamples {
    static final int BINS = 48;
    static final int GROUPS = 40;
    private static final int MOST = 2_000_000;
    private static final double KEPT = 0.6;
    private static final int RIM = 3;

    private final float[] level;
    private final float[] other;
    private final float[] slope;
    private final float[] detail;
    private final int perPlane;

    /** Sums over the samples by [group][bin]: number, level, squared detail. */
    final double[][][] sums = new double[GROUPS][BINS][3];

    /** Samples that were kept, and their details, for a robust spread. */
    final float[] details;

    /** @param planes images of {@code width * height} pixels, at least 7 x 7 */
    NoiseSamples(List<float[]> planes, int width, int height, Progress progress) {
        long all = (long) (width - 2 * RIM) * (height - 2 * RIM) * planes.size();
        int stride = (int) Math.max(1, Math.ceil(Math.sqrt((double) all / MOST)));
        int across = (width - 2 * RIM + stride - 1) / stride;
        int down = (height - 2 * RIM + stride - 1) / stride;
        perPlane = across * down;
        int count = perPlane * planes.size();
        level = new float[count];
        other = new float[count];
        slope = new float[count];
        detail = new float[count];
        Parallel.forEach(progress, planes.size(), k -> {
            for (int j = 0; j < down; j++) {
                for (int i = 0; i < across; i++) {
                    int at = RIM + i * stride + width * (RIM + j * stride);
                    sample(planes.get(k), width, at, k * perPlane + j * across + i);
                }
            }
        });
        details = sort(count);
    }

    private void sample(float[] p, int w, int at, int out) {
        float[] halves = new float[2];
        float gx = 0;
        float gy = 0;
        for (int y = -RIM; y <= RIM; y++) {
            for (int x = -RIM; x <= RIM; x++) {
                if (Math.abs(x) <= 1 && Math.abs(y) <= 1) continue;
                float v = p[at + x + w * y];
                halves[x + y & 1] += v;
                gx += x * v;
                gy += y * v;
            }
        }
        level[out] = halves[0] / 20;
        other[out] = halves[1] / 20;
        slope[out] = gx * gx + gy * gy;
        float corners = p[at - w - 1] + p[at - w + 1] + p[at + w - 1] + p[at + w + 1];
        float edges = p[at - w] + p[at - 1] + p[at + 1] + p[at + w];
        detail[out] = (corners - 2 * edges + 4 * p[at]) / 6;
    }

    /** Sorts the samples into bins of level and sums up the flatter ones of each. */
    private float[] sort(int count) {
        float[] sorted = level.clone();
        Arrays.sort(sorted);
        double low = sorted[(int) (count * 0.001)];
        double high = sorted[(int) Math.min(count - 1L, (long) (count * 0.999))];
        double scale = high > low ? BINS / (high - low) : 0;
        int[] bin = new int[count];
        int[] size = new int[BINS];
        for (int i = 0; i < count; i++) {
            bin[i] = (int) Math.max(0, Math.min(BINS - 1.0, (level[i] - low) * scale));
            size[bin[i]]++;
        }
        float[] limit = limits(bin, size);
        float[] kept = new float[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (slope[i] > limit[bin[i]]) continue;
            double[] sum = sums[(int) ((long) i * GROUPS / count)][bin[i]];
            sum[0]++;
            sum[1] += other[i];
            sum[2] += (double) detail[i] * detail[i];
            kept[n++] = Math.abs(detail[i]);
        }
        return Arrays.copyOf(kept, n);
    }

    private float[] limits(int[] bin, int[] size) {
        float[][] slopes = new float[BINS][];
        for (int b = 0; b < BINS; b++) slopes[b] = new float[size[b]];
        int[] next = new int[BINS];
        for (int i = 0; i < bin.length; i++) slopes[bin[i]][next[bin[i]]++] = slope[i];
        float[] limit = new float[BINS];
        for (int b = 0; b < BINS; b++) {
            if (size[b] == 0) continue;
            Arrays.sort(slopes[b]);
            limit[b] = slopes[b][(int) (KEPT * (size[b] - 1))];
        }
        return limit;
    }
}
