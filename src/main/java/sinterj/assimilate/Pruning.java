package sinterj.assimilate;

import java.util.Collection;
import sinterj.optimize.Trial;
import sinterj.optimize.TrialResult;

/**
 * When a trial can be ended early. Nearly all of a cost is noise that no parameters remove, so the sum so far never
 * passes that of the best trial before the end. But what is still to come costs at least about what it has cost the
 * cheapest trial in each frame; a trial is given up when even with that it is worse than the best by a margin.
 */
final class Pruning {
    /** In units of a logarithm of the likelihood: a trial this much worse is improbable by e^-20. */
    private static final double MARGIN = 20;

    private final double limit;
    private final double[] atLeast;

    private Pruning(double limit, double[] atLeast) {
        this.limit = limit;
        this.atLeast = atLeast;
    }

    /** Never ends a trial. */
    static Pruning none(int frames) {
        return new Pruning(Double.POSITIVE_INFINITY, new double[frames + 1]);
    }

    /** From the trials on the same grid that have ended. */
    static Pruning from(Collection<TrialResult> results, int frames) {
        double best = Double.POSITIVE_INFINITY;
        double[] least = new double[frames];
        java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (TrialResult result : results) {
            if (result.outcome() == Trial.Outcome.COMPLETE) best = Math.min(best, result.cost());
            for (int t = 0; t < result.parts().length && t < frames; t++) {
                least[t] = Math.min(least[t], result.parts()[t]);
            }
        }
        if (Double.isInfinite(best)) return none(frames);
        double[] atLeast = new double[frames + 1];
        for (int t = frames - 1; t >= 0; t--) atLeast[t] = atLeast[t + 1] + least[t];
        return new Pruning(best + MARGIN, atLeast);
    }

    /** What a trial costs at least, whose cost up to a frame, that one included, is known. */
    double bound(double sum, int frame) {
        return sum + atLeast[frame + 1];
    }

    /** Whether to end it. */
    boolean ends(double sum, int frame) {
        return bound(sum, frame) > limit;
    }
}
