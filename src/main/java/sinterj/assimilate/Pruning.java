package sinterj.assimilate;

import java.util.Collection;
import java.util.List;
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
    private final double[] growth;

    private Pruning(double limit, double[] atLeast, double[] growth) {
        this.limit = limit;
        this.atLeast = atLeast;
        this.growth = growth;
    }

    /** Never ends a trial. */
    static Pruning none(int frames) {
        return new Pruning(Double.POSITIVE_INFINITY, new double[frames + 1], new double[frames]);
    }

    /** From the trials on the same grid that have ended; a whole one without a part for each frame tells nothing. */
    static Pruning from(Collection<TrialResult> all, int frames) {
        List<TrialResult> results = all.stream()
                .filter(r -> r.outcome() != Trial.Outcome.COMPLETE || r.parts().length == frames)
                .toList();
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
        return new Pruning(best + MARGIN, atLeast, growth(results, least));
    }

    /** By how much the excess over the least cost grows from each frame to the last: the mean of the whole trials. */
    private static double[] growth(Collection<TrialResult> results, double[] least) {
        int frames = least.length;
        double[] logs = new double[frames];
        int[] count = new int[frames];
        for (TrialResult result : results) {
            if (result.outcome() != Trial.Outcome.COMPLETE) continue;
            double[] excess = new double[frames];
            for (int t = 0; t < frames; t++) {
                excess[t] = (t == 0 ? 0 : excess[t - 1]) + result.parts()[t] - least[t];
            }
            for (int t = 0; t < frames; t++) {
                if (!(excess[t] > MARGIN)) continue;
                logs[t] += StrictMath.log(excess[frames - 1] / excess[t]);
                count[t]++;
            }
        }
        double[] growth = new double[frames];
        for (int t = 0; t < frames; t++) {
            // Without an example, as if each frame added in proportion to its number.
            double even = t == 0 ? frames : (double) frames * (frames - 1) / (t * (t + 1.0));
            growth[t] = count[t] == 0 ? even : StrictMath.exp(logs[t] / count[t]);
        }
        return growth;
    }

    /** What a trial costs at least, whose cost up to a frame, that one included, is known. */
    double bound(double sum, int frame) {
        return sum + atLeast[frame + 1];
    }

    /**
     * What a trial would cost in the end, by how the excess of others grew from that frame on. A sampler that were told the
     * bound would take the far side of a slope for a plain.
     */
    double expected(double sum, int frame) {
        double soFar = atLeast[0] - atLeast[frame + 1];
        return atLeast[0] + Math.max(0, sum - soFar) * growth[frame];
    }

    /** Whether to end it. */
    boolean ends(double sum, int frame) {
        return bound(sum, frame) > limit;
    }
}
