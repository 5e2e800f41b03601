package sinterj.optimize;

/**
 * A point that was tried out.
 *
 * @param number counted from 0 in the order of asking
 * @param at place in the cube of the {@link SearchSpace}; not to be written to
 * @param cost what it cost; for a trial that was ended early a cost that it would at least have had; NaN if it failed
 * @param outcome how it ended
 */
public record Trial(int number, double[] at, double cost, Outcome outcome) {
    /** How a trial ended. */
    public enum Outcome {
        /** It went to its end. */
        COMPLETE,
        /** It was ended when it could no longer become the best. */
        PRUNED,
        /** It has no cost. */
        FAILED
    }

    public Trial {
        if (Double.isNaN(cost) != (outcome == Outcome.FAILED) || Double.isInfinite(cost)) {
            throw new IllegalArgumentException("trial " + number + " " + outcome + " with the cost " + cost);
        }
    }

    /** A trial that went to its end. */
    public static Trial complete(int number, double[] at, double cost) {
        return new Trial(number, at, cost, Outcome.COMPLETE);
    }
}
