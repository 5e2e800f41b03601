package sinterj.command;

import java.util.OptionalDouble;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.PhaseValue;
import sinterj.image.Volume;
import sinterj.op.Inputs;
import sinterj.op.NumberOr;

/** Reads the phase that a command is asked to measure, and the region it is to look at. */
final class PhaseInput {
    private PhaseInput() {}

    /**
     * The voxels of a phase.
     *
     * @param phase a value, or {@code auto} for 255 or 1, whichever the mask holds
     * @throws InvalidInput if the image is grey or the phase is empty
     */
    static PhaseMask phase(Volume volume, NumberOr phase, Progress progress) {
        return PhaseMask.of(volume, meant(phase), progress);
    }

    /**
     * The value of a phase.
     *
     * @param phase a value, or {@code auto} for 255 or 1, whichever the mask holds
     * @throws InvalidInput if the image is grey or the phase is empty
     */
    static double value(Volume volume, NumberOr phase, Progress progress) {
        return PhaseValue.of(volume, meant(phase), progress);
    }

    private static OptionalDouble meant(NumberOr phase) {
        return phase.isNumber() ? OptionalDouble.of(phase.number()) : OptionalDouble.empty();
    }

    /**
     * The voxels other than 0 of an optional mask; null if it is not given.
     *
     * @throws InvalidInput if its size is not that of the input
     */
    static PhaseMask region(Inputs in, String key, Progress progress) {
        if (!in.has(key)) return null;
        Volume mask = in.volume(key);
        Volume input = in.volume("input");
        if (mask.width() != input.width() || mask.height() != input.height() || mask.depth() != input.depth()) {
            throw new InvalidInput("'" + key + "' has " + size(mask) + " voxels but the input has " + size(input)
                    + ". Give a mask of the same size.");
        }
        return PhaseMask.nonZero(mask, progress);
    }

    private static String size(Volume volume) {
        return volume.width() + " x " + volume.height() + " x " + volume.depth();
    }

    /** Number of voxels of all frames of the input. */
    static long voxels(Inputs in) {
        return in.volume("input").count() * in.frames("input").count();
    }
}
