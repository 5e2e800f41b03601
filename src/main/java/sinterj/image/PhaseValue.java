package sinterj.image;

import java.util.OptionalDouble;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/** Which value of a mask or label image is the phase that is meant; grey images have none and are refused. */
public final class PhaseValue {
    /** So few values are taken for phases however they are strewn, as in a noisy segmentation. */
    private static final int FEW = 8;

    private PhaseValue() {}

    /**
     * The value that is meant.
     *
     * @param volume a mask of two values, a segmentation into a few phases, or labels of many particles; not changed
     * @param phase the value meant; if empty, 255 or 1, whichever a mask of 0 and one of them holds
     * @throws InvalidInput if the image is no segmentation, or none of its voxels has the value: the sentence says which
     *     values occur
     */
    public static double of(Volume volume, OptionalDouble phase, Progress progress) {
        DistinctValues values = DistinctValues.of(volume, progress);
        requireSegmented(volume, values, progress);
        if (phase.isPresent()) {
            double value = phase.getAsDouble();
            if (values.contains(value) || !values.complete() && occurs(volume, value, progress)) return value;
            throw new InvalidInput("The phase is empty: no voxel has the value " + number(value) + ". The image holds "
                    + values.text() + "; set 'phase' to one of them.");
        }
        if (isMask(values, 255)) return 255;
        if (isMask(values, 1)) return 1;
        if (values.values().length == 1 && values.contains(0)) {
            throw new InvalidInput("The phase is empty: every voxel is 0. Nothing can be measured.");
        }
        throw new InvalidInput("The image is not binary, it holds the values " + values.text()
                + ". Say with 'phase' which of them is meant, or give a mask of 0 and 255.");
    }

    /**
     * Looks whether an image is a mask, a segmentation or labels.
     *
     * @throws InvalidInput if it is a grey image: it holds fractions, or more than a few values of which neighbours seldom
     *     share one
     */
    public static void requireSegmented(Volume volume, Progress progress) {
        requireSegmented(volume, DistinctValues.of(volume, progress), progress);
    }

    private static void requireSegmented(Volume volume, DistinctValues values, Progress progress) {
        boolean few = values.areLabels() && values.values().length <= FEW;
        if (few || values.areWhole() && LabelVolume.isLikely(volume, progress)) return;
        throw new InvalidInput("The image is not binary, it holds the values " + values.text()
                + ", and they are grey values, not phases or labels. Segment it first, for instance with"
                + " Image > Adjust > Threshold or Segment With U-Net..., into 0 and 255.");
    }

    private static boolean occurs(Volume volume, double phase, Progress progress) {
        for (int z = 0; z < volume.depth(); z++) {
            progress.check();
            for (float value : volume.plane(z)) if (value == phase) return true;
        }
        return false;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static boolean isMask(DistinctValues values, float phase) {
        if (!values.complete()) return false;
        for (float value : values.values()) if (value != 0 && value != phase) return false;
        return values.contains(phase);
    }
}
