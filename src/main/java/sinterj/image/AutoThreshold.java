package sinterj.image;

import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * The grey value that best separates two phases, one for all frames so that sizes can be compared over time. Values from
 * 0 to 1 that are no mask are fractions or probabilities, whose threshold is one half; others are split by Otsu's method
 * (1979, doi:10.1109/TSMC.1979.4310076) on a histogram of 1024 bins.
 */
public final class AutoThreshold {
    private static final int BINS = 1024;

    private AutoThreshold() {}

    /**
     * The threshold of a series.
     *
     * @param frames not changed
     * @return the value at which, and above which, a voxel is solid
     * @throws InvalidInput if all voxels hold the same value
     */
    public static double of(List<Volume> frames, Progress progress) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (Volume volume : frames) {
            for (int z = 0; z < volume.depth(); z++) {
                progress.check();
                for (float value : volume.plane(z)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low == high) {
            throw new InvalidInput("Every voxel holds " + low + ", so there are no particles. Choose another image.");
        }
        if (low >= 0 && high <= 1) return 0.5;
        return otsu(histogram(frames, low, high, progress), low, high);
    }

    private static long[] histogram(List<Volume> frames, float low, float high, Progress progress) {
        long[] counts = new long[BINS];
        double scale = BINS / ((double) high - low);
        for (Volume volume : frames) {
            for (int z = 0; z < volume.depth(); z++) {
                progress.check();
                for (float value : volume.plane(z)) counts[Math.min(BINS - 1, (int) ((value - low) * scale))]++;
            }
        }
        return counts;
    }

    /** The border between bins with the largest variance between the classes; half-way if several are equal. */
    private static double otsu(long[] counts, double low, double high) {
        double all = 0;
        double sum = 0;
        for (int b = 0; b < BINS; b++) {
            all += counts[b];
            sum += (double) b * counts[b];
        }
        double below = 0;
        double sumBelow = 0;
        double best = -1;
        int first = 0;
        int last = 0;
        for (int b = 0; b < BINS - 1; b++) {
            below += counts[b];
            sumBelow += (double) b * counts[b];
            double above = all - below;
            if (below == 0 || above == 0) continue;
            double apart = sumBelow / below - (sum - sumBelow) / above;
            double variance = below * above * apart * apart;
            if (variance > best * (1 + 1e-12)) {
                best = variance;
                first = b;
            }
            if (variance >= best * (1 - 1e-12)) last = b;
        }
        return low + (0.5 * (first + last) + 1) * (high - low) / BINS;
    }
}
