package sinterj.segment;

import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeSet;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * How far a segmentation agrees with the truth: voxels counted by true and found class. All scores follow from these
 * counts; of a class with TP voxels right, FP found in vain and FN missed, IoU = TP / (TP + FP + FN) and Dice =
 * 2 TP / (2 TP + FP + FN).
 *
 * @param classes the values that occur in either image, rising
 * @param counts voxels by true class (first) and found class
 */
public record Agreement(int[] classes, long[][] counts) {
    /** More values than this are no classes. */
    private static final int MOST_CLASSES = 1000;

    /**
     * Compares two label images of the same size.
     *
     * @param found whole numbers
     * @param truth whole numbers
     * @param ignore voxels with this value in the truth are left out; NaN to count all
     * @throws InvalidInput if the sizes differ, nothing is left to compare, or the values are no classes
     *     <p>Cost: two looks at every voxel.
     */
    public static Agreement of(Volume found, Volume truth, double ignore, Progress progress) {
        requireSameSize(found, truth);
        int[] classes = classes(found, truth, ignore, progress.part(0, 0.4));
        if (classes.length == 0) {
            throw new InvalidInput("Every voxel of the truth is " + (long) ignore
                    + ", the value to ignore: nothing is left to compare. Give another value in 'ignore'.");
        }
        int[] index = new int[classes[classes.length - 1] + 1];
        for (int c = 0; c < classes.length; c++) index[classes[c]] = c;
        int depth = truth.depth();
        long[][][] byPlane = new long[depth][][];
        Progress counting = progress.part(0.4, 1);
        Parallel.forEach(progress, depth, z -> {
            byPlane[z] = count(found.plane(z), truth.plane(z), ignore, index, classes.length);
            counting.report((z + 1.0) / depth, "Comparing");
        });
        long[][] counts = new long[classes.length][classes.length];
        for (long[][] plane : byPlane) {
            for (int t = 0; t < counts.length; t++) for (int f = 0; f < counts.length; f++) counts[t][f] += plane[t][f];
        }
        return new Agreement(classes, counts);
    }

    private static void requireSameSize(Volume a, Volume b) {
        if (a.width() == b.width() && a.height() == b.height() && a.depth() == b.depth()) return;
        throw new InvalidInput("The segmentation has " + a.width() + " x " + a.height() + " x " + a.depth()
                + " voxels but the truth has " + b.width() + " x " + b.height() + " x " + b.depth()
                + ". Crop or scale one of them.");
    }

    private static int[] classes(Volume found, Volume truth, double ignore, Progress progress) {
        TreeSet<Integer> values = new TreeSet<>();
        for (int z = 0; z < truth.depth(); z++) {
            progress.check();
            float[] f = found.plane(z);
            float[] t = truth.plane(z);
            BitSet seen = new BitSet();
            for (int i = 0; i < t.length; i++) {
                if (t[i] == ignore) continue;
                seen.set((int) t[i]);
                seen.set((int) f[i]);
            }
            seen.stream().forEach(values::add);
            if (values.size() > MOST_CLASSES) {
                throw new InvalidInput("The two images hold more than " + MOST_CLASSES
                        + " values, so they are no segmentations into phases. Give label images.");
            }
            progress.report((z + 1.0) / truth.depth(), "Looking for classes");
        }
        return values.stream().mapToInt(v -> v).toArray();
    }

    private static long[][] count(float[] found, float[] truth, double ignore, int[] index, int classes) {
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] != ignore) counts[index[(int) truth[i]]][index[(int) found[i]]]++;
        }
        return counts;
    }

    /** Voxels of class number c in the truth. */
    public long inTruth(int c) {
        return Arrays.stream(counts[c]).sum();
    }

    /** Voxels where class number c was found. */
    public long found(int c) {
        long sum = 0;
        for (long[] row : counts) sum += row[c];
        return sum;
    }

    /** Intersection over union of class number c, from 0 to 1. */
    public double iou(int c) {
        return counts[c][c] / (double) (inTruth(c) + found(c) - counts[c][c]);
    }

    /** Dice coefficient of class number c, from 0 to 1. */
    public double dice(int c) {
        return 2.0 * counts[c][c] / (inTruth(c) + found(c));
    }

    /** The part of what was found as class number c that is so; NaN if it was found nowhere. */
    public double precision(int c) {
        return counts[c][c] / (double) found(c);
    }

    /** The part of class number c that was found; NaN if the truth has none. */
    public double recall(int c) {
        return counts[c][c] / (double) inTruth(c);
    }

    /** Mean of the IoU over all classes. */
    public double meanIou() {
        double sum = 0;
        for (int c = 0; c < classes.length; c++) sum += iou(c);
        return sum / classes.length;
    }
}
