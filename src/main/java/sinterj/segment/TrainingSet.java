package sinterj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Mirror;
import sinterj.image.Volume;

/**
 * Labelled slices as a network sees them: normalised, at the working scale, with the neighbours that belong to them.
 *
 * @param classes what there is to learn
 * @param context slices that go in together; the labelled one is in the middle
 * @param scale working scale
 * @param depth how often the network shall halve the sides
 * @param alike whether neighbouring slices resemble each other
 * @param normalisation how grey values become numbers
 * @param width pixels a row, at the working scale
 * @param height rows
 * @param stackDepth slices of the stack, labelled or not
 * @param planes normalised planes by slice, those that are needed
 * @param labels classes by labelled slice, -1 where nobody labelled
 * @param weights of each class, 1 over the root of its part of the labels, their mean 1
 * @param darkest number of the class that is darkest on average: voids, in FIB-SEM stacks
 */
public record TrainingSet(
        LabelClasses classes,
        int context,
        double scale,
        int depth,
        boolean alike,
        Normalisation normalisation,
        int width,
        int height,
        int stackDepth,
        Map<Integer, float[]> planes,
        Map<Integer, byte[]> labels,
        float[] weights,
        int darkest) {
    /**
     * What the user may decide.
     *
     * @param unlabelled the value that means nothing; NaN for none
     * @param context slices that go in together, odd; 0 to choose
     * @param scale working scale; 0 to choose
     * @param depth of the network; 0 to choose
     */
    public record Choices(double unlabelled, int context, double scale, int depth) {}

    /**
     * Prepares labelled slices.
     *
     * @throws InvalidInput if image and labels do not fit together, or there is nothing to learn
     */
    public static TrainingSet of(Volume image, Volume labels, Choices choices, Progress progress) {
        requireSameSize(image, labels);
        LabelClasses classes = LabelClasses.of(labels, choices.unlabelled(), progress);
        boolean alike = Neighbours.resemble(image);
        int context = choices.context() > 0 ? choices.context() : alike ? 3 : 1;
        Normalisation normalisation =
                Normalisation.of(alike || context > 1 ? Normalisation.Rule.STACK : Normalisation.Rule.SLICE, image);
        Map<Integer, byte[]> full = new LinkedHashMap<>();
        for (int z = 0; z < labels.depth(); z++) {
            progress.check();
            byte[] plane = classes.plane(labels.plane(z));
            if (hasLabels(plane)) full.put(z, plane);
            progress.report((z + 1.0) / labels.depth(), "Reading labels");
        }
        double scale = choices.scale();
        int depth = choices.depth();
        if (scale == 0 || depth == 0) {
            ObjectSize size = ObjectSize.of(
                    full,
                    z -> normalisation.apply(image.plane(z)),
                    image.width(),
                    image.height(),
                    classes.count(),
                    progress);
            if (scale == 0) scale = size.scale();
            if (depth == 0) depth = size.depth();
        }
        return scaled(image, full, classes, context, scale, depth, alike, normalisation, progress);
    }

    private static TrainingSet scaled(
            Volume image,
            Map<Integer, byte[]> full,
            LabelClasses classes,
            int context,
            double scale,
            int depth,
            boolean alike,
            Normalisation normalisation,
            Progress progress) {
        int width = Rescale.side(image.width(), scale);
        int height = Rescale.side(image.height(), scale);
        Map<Integer, float[]> planes = new LinkedHashMap<>();
        Map<Integer, byte[]> labels = new LinkedHashMap<>();
        full.forEach((z, plane) -> {
            byte[] small = Rescale.classes(plane, image.width(), image.height(), width, height, classes.count());
            labels.put(z, small);
            for (int k = 0; k < context; k++) {
                int at = Mirror.at(z + k - context / 2, image.depth());
                progress.check();
                planes.computeIfAbsent(
                        at,
                        s -> Rescale.grey(
                                normalisation.apply(image.plane(s)), image.width(), image.height(), width, height));
            }
        });
        requireAllClasses(labels, classes, scale);
        return new TrainingSet(
                classes,
                context,
                scale,
                depth,
                alike,
                normalisation,
                width,
                height,
                image.depth(),
                planes,
                labels,
                weights(labels, classes.count()),
                darkest(planes, labels, classes.count()));
    }

    private static void requireSameSize(Volume image, Volume labels) {
        if (image.width() == labels.width() && image.height() == labels.height() && image.depth() == labels.depth()) {
            return;
        }
        throw new InvalidInput("The image has " + image.width() + " x " + image.height() + " x " + image.depth()
                + " voxels but the labels have " + labels.width() + " x " + labels.height() + " x " + labels.depth()
                + ". Give labels of the same size; slices that nobody labelled are filled with the value of"
                + " 'unlabelled'.");
    }

    static boolean hasLabels(byte[] plane) {
        for (byte c : plane) if (c >= 0) return true;
        return false;
    }

    static long[] counts(Iterable<byte[]> planes, int classes) {
        long[] counts = new long[classes];
        for (byte[] plane : planes) for (byte c : plane) if (c >= 0) counts[c]++;
        return counts;
    }

    private static void requireAllClasses(Map<Integer, byte[]> labels, LabelClasses classes, double scale) {
        long[] counts = counts(labels.values(), classes.count());
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0) continue;
            throw new InvalidInput("Class " + classes.values()[c] + " vanishes at the working scale of " + scale
                    + ", since its parts are too thin. Set 'scale' to 1.");
        }
    }

    private static float[] weights(Map<Integer, byte[]> labels, int classes) {
        long[] counts = counts(labels.values(), classes);
        double all = Arrays.stream(counts).sum();
        double[] w = new double[classes];
        for (int c = 0; c < classes; c++) w[c] = 1 / Math.sqrt(counts[c] / all);
        double mean = Arrays.stream(w).sum() / classes;
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) weights[c] = (float) (w[c] / mean);
        return weights;
    }

    private static int darkest(Map<Integer, float[]> planes, Map<Integer, byte[]> labels, int classes) {
        double[] sums = new double[classes];
        labels.forEach((z, plane) -> {
            float[] grey = planes.get(z);
            for (int i = 0; i < plane.length; i++) if (plane[i] >= 0) sums[plane[i]] += grey[i];
        });
        long[] counts = counts(labels.values(), classes);
        int darkest = 0;
        for (int c = 1; c < classes; c++) if (sums[c] / counts[c] < sums[darkest] / counts[darkest]) darkest = c;
        return darkest;
    }

    /** The same with other labels, or fewer. */
    TrainingSet withLabels(Map<Integer, byte[]> others) {
        return new TrainingSet(
                classes,
                context,
                scale,
                depth,
                alike,
                normalisation,
                width,
                height,
                stackDepth,
                planes,
                others,
                weights,
                darkest);
    }

    /** The planes that go in with a labelled slice. */
    public float[][] inputs(int z) {
        float[][] in = new float[context][];
        for (int k = 0; k < context; k++) in[k] = planes.get(Mirror.at(z + k - context / 2, stackDepth));
        return in;
    }

    /** Numbers of the labelled slices, rising. */
    public List<Integer> slices() {
        return new ArrayList<>(labels.keySet());
    }
}
