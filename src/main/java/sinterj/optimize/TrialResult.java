package sinterj.optimize;

/**
 * What a trial has come to.
 *
 * @param cost its cost, or for one that was ended early what it would at least have cost; NaN if it failed
 * @param outcome how it ended
 * @param parts the cost's parts, for instance by frame, as far as they are known; may be empty
 * @param seconds how long it took
 */
public record TrialResult(double cost, Trial.Outcome outcome, double[] parts, double seconds) {
    public TrialResult {
        if (Double.isNaN(cost) != (outcome == Trial.Outcome.FAILED) || Double.isInfinite(cost)) {
            throw new IllegalArgumentException(outcome + " with the cost " + cost);
        }
    }

    /** A trial without a result. */
    public static TrialResult failed(double seconds) {
        return new TrialResult(Double.NaN, Trial.Outcome.FAILED, new double[0], seconds);
    }
}
