package sinterj.assimilate;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether an observation follows the model at all. Estimates and deviations always come out; they mean something only if
 * the best simulation is like what was seen, and goes through the frames in their order.
 */
final class Informative {
    /** Overlap of a frame over that of the first. */
    private static final double LEAST_OVERLAP = 0.85;

    /** Deviations by which a frame's looks may differ from its time. */
    private static final double FARTHEST = 5;

    /** Share of frames that may differ by more, and share of the time by which they must differ to count. */
    private static final double MOST_ASTRAY = 0.25;

    private static final double LEAST_PART = 0.1;

    private Informative() {}

    /** Judges by the frames that have a weight. */
    static boolean judge(Observation seen, List<Answer.FrameFit> fits, List<String> remarks) {
        int[] judged = IntStream.range(1, fits.size())
                .filter(t -> seen.weights()[t] > 0 && !Double.isNaN(fits.get(t).jaccard()))
                .toArray();
        if (judged.length == 0) {
            remarks.add("Not informative: no frame after the first has a weight and solid in the voxels that count."
                    + " Check 'weights' and 'mask'.");
            return false;
        }
        double first = fits.get(0).jaccard();
        for (int t : judged) {
            if (!(fits.get(t).jaccard() < LEAST_OVERLAP * first)) continue;
            remarks.add(String.format(
                    Locale.ROOT,
                    "Not informative: frame %d overlaps with the best simulation by %.0f %% only, the first frame by"
                            + " %.0f %%. Check that all frames show the same specimen in the same place.",
                    t + 1,
                    100 * fits.get(t).jaccard(),
                    100 * first));
            return false;
        }
        double span = seen.seconds()[seen.frames() - 1] - seen.seconds()[0];
        int astray = 0;
        for (int t : judged) {
            Answer.FrameFit fit = fits.get(t);
            if (Math.abs(fit.late()) > FARTHEST * fit.lateSd() && Math.abs(fit.late()) > LEAST_PART * span) astray++;
        }
        if (astray <= MOST_ASTRAY * judged.length) return true;
        remarks.add("Not informative: " + astray + " of " + judged.length + " frames look like another time than"
                + " theirs in the best simulation. Check the order and the times of the frames.");
        return false;
    }
}
