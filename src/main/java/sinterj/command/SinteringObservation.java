package sinterj.command;

import java.util.Arrays;
import sinterj.base.InvalidInput;
import sinterj.image.Frames;
import sinterj.image.Volume;
import sinterj.op.Inputs;

/**
 * What was seen over time, from the frame at which the simulation starts.
 *
 * @param frames the frames, the first that of the start
 * @param times seconds since the start; null if there is one frame only
 */
record SinteringObservation(Frames frames, double[] times) {
    /** The observation that was given, the input if it has frames, or null. */
    static SinteringObservation of(Inputs in, SimulateSintering.Settings s) {
        Frames seen = in.has("observed") ? in.frames("observed") : in.has("input") ? in.frames("input") : null;
        if (seen == null || !in.has("observed") && seen.count() == 1) return null;
        if (seen.count() == 1) return new SinteringObservation(seen, null);
        if (!seen.times().isKnown()) {
            throw new InvalidInput(
                    "'" + seen.title() + "' has " + seen.count() + " frames but no times. Give 'times', a"
                            + " table with one time per frame in seconds, or set the frame interval in Image > Properties.");
        }
        int first = Math.min(s.frame(), seen.count()) - 1;
        double[] all = seen.times().seconds();
        double[] times = new double[all.length - first];
        for (int t = 0; t < times.length; t++) times[t] = all[first + t] - all[first];
        Frames later = new Frames(
                seen.title(),
                seen.volumes().subList(first, seen.count()),
                new sinterj.image.FrameTimes(Arrays.copyOfRange(all, first, all.length)),
                seen.notes());
        return new SinteringObservation(later, times);
    }

    /** The observed volume beside a frame of the simulation. */
    Volume volume(int t) {
        return frames.volumes().get(Math.min(t, frames.count() - 1));
    }

    void requireSize(int[] size) {
        Volume first = frames.first();
        if (first.width() == size[0] && first.height() == size[1] && first.depth() == size[2]) return;
        throw new InvalidInput("'" + frames.title() + "' has " + first.width() + " x " + first.height() + " x "
                + first.depth() + " voxels, but the simulation has " + size[0] + " x " + size[1] + " x " + size[2]
                + ". Give an observation on the same grid.");
    }
}
