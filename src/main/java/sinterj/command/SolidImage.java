package sinterj.command;

import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.DistinctValues;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
import sinterj.image.Volume;
import sinterj.phasefield.ParticleSplit;

/** Understands an image of a solid: labels, a mask or a density. */
final class SolidImage {
    private final Volume volume;
    private final boolean labelled;
    private final float threshold;

    private SolidImage(Volume volume, boolean labelled, float threshold) {
        this.volume = volume;
        this.labelled = labelled;
        this.threshold = threshold;
    }

    /**
     * Looks at an image. Labels are whole numbers of which neighbours mostly share one; a mask holds 0 and one other
     * value; in a density, solid is what is above a half, or above half of the largest value if that is not about 1.
     */
    static SolidImage of(Volume volume, Progress progress) {
        DistinctValues values = DistinctValues.of(volume, progress);
        int nonZero = 0;
        for (float value : values.values()) if (value != 0) nonZero++;
        if (nonZero == 0) {
            throw new InvalidInput("The image holds nothing but 0. Give labels, a mask or a density of a solid.");
        }
        boolean twoValues = values.complete() && values.values().length <= 2 && nonZero == 1;
        if (!twoValues && LabelVolume.isLikely(volume, progress)) return new SolidImage(volume, true, 0);
        float most = 0;
        for (int z = 0; z < volume.depth(); z++) for (float value : volume.plane(z)) most = Math.max(most, value);
        return new SolidImage(volume, false, most < 2 && most > 0.5f ? 0.5f : 0.5f * most);
    }

    /** Whether a value belongs to the solid. */
    boolean isSolid(float value) {
        return value > threshold;
    }

    /** The solid. */
    PhaseMask mask(Progress progress) {
        return PhaseMask.where(
                volume.width(),
                volume.height(),
                volume.depth(),
                volume::plane,
                progress,
                (pixels, i) -> isSolid(pixels[i]));
    }

    /** Its particles: the labels, or the solid split at its necks. */
    LabelVolume particles(Progress progress) {
        if (labelled) return LabelVolume.of(volume);
        return ParticleSplit.of(mask(progress), volume.size(), progress);
    }
}
