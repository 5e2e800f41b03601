package sinterj.segment;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Volume;

/**
 * The classes of a label image: which values there are, which one means that nobody labelled.
 *
 * @param values the value of each class, rising
 * @param voxels voxels of each class
 * @param unlabelled the value that means nothing; NaN for none
 */
public record LabelClasses(int[] values, long[] voxels, double unlabelled) {
    /** Fewer voxels than this teach nothing. */
    private static final int FEWEST = 16;

    private static final int MOST = 100;
    private static final int LARGEST = 255;

    /**
     * Counts the classes of a label image.
     *
     * @param unlabelled the value that means nothing; NaN for none
     * @throws InvalidInput if there are not at least two classes with at least 16 voxels each, with the counts
     */
    public static LabelClasses of(Volume labels, double unlabelled, Progress progress) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int z = 0; z < labels.depth(); z++) {
            progress.check();
            int last = -1;
            long run = 0;
            for (float v : labels.plane(z)) {
                if (v == unlabelled) continue;
                if ((int) v != last) {
                    if (run > 0) counts.merge(last, run, Long::sum);
                    last = (int) v;
                    run = 0;
                }
                run++;
            }
            if (run > 0) counts.merge(last, run, Long::sum);
            if (counts.size() > MOST) {
                throw new InvalidInput("The labels hold more than " + MOST
                        + " values. Give a label image with one value" + " for each phase.");
            }
        }
        String without = Double.isNaN(unlabelled) ? "" : " beside " + (long) unlabelled + ", which means unlabelled";
        if (counts.isEmpty()) {
            throw new InvalidInput("Every voxel of the labels is " + (long) unlabelled
                    + ", which means unlabelled. Label some voxels of each phase, or set 'unlabelled' to none.");
        }
        if (counts.size() == 1) {
            throw new InvalidInput("The labels hold only the class "
                    + counts.keySet().iterator().next() + without
                    + ". Label at least two classes, or set 'unlabelled' to none if every value is a class.");
        }
        if (counts.values().stream().anyMatch(n -> n < FEWEST)) {
            String list = counts.entrySet().stream()
                    .map(e -> "class " + e.getKey() + ": " + e.getValue())
                    .collect(Collectors.joining(", "));
            throw new InvalidInput("A class has fewer than " + FEWEST + " labelled voxels (" + list
                    + "). Label more of it, or leave it out.");
        }
        int largest = counts.keySet().stream().mapToInt(v -> v).max().orElse(0);
        if (largest > LARGEST) {
            throw new InvalidInput("The labels hold the value " + largest + ", but classes go up to " + LARGEST
                    + ". Give the classes smaller numbers.");
        }
        return new LabelClasses(
                counts.keySet().stream().mapToInt(v -> v).toArray(),
                counts.values().stream().mapToLong(n -> n).toArray(),
                unlabelled);
    }

    /** How many there are. */
    public int count() {
        return values.length;
    }

    /** A plane of labels as class numbers, -1 where nobody labelled. */
    byte[] plane(float[] labels) {
        byte[] out = new byte[labels.length];
        float last = Float.NaN;
        byte code = -1;
        for (int i = 0; i < out.length; i++) {
            if (labels[i] != last) {
                last = labels[i];
                code = last == unlabelled ? -1 : (byte) java.util.Arrays.binarySearch(values, (int) last);
            }
            out[i] = code;
        }
        return out;
    }
}
