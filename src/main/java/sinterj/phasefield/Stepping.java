package sinterj.phasefield;

import sinterj.base.InvalidInput;

/**
 * How time is stepped through.
 *
 * @param euler whether Euler's method is used, else the adaptive method
 * @param seconds length of Euler's steps; 0 for 0.8 of the longest stable one
 * @param tolerance of the adaptive method: error of a step over its change
 * @param mostStages of the adaptive method
 * @param mostEvaluations how often the rates may be worked out in a run
 */
public record Stepping(boolean euler, double seconds, double tolerance, int mostStages, long mostEvaluations) {
    public Stepping {
        if (!(seconds >= 0) || !(tolerance > 0 && tolerance < 1)) {
            throw new InvalidInput("A time step of " + seconds + " s with the tolerance " + tolerance
                    + " is not possible. Give a step from 0 on and a tolerance between 0 and 1.");
        }
    }

    /** The usual tolerance: the change of the density in a whole run is then right to 0.2 per cent. */
    private static final double USUAL = 0.1;

    /**
     * The same where grains are crystals: the estimate sees more of the directions that change in a few voxels than is left
     * in the result.
     */
    private static final double USUAL_OF_CRYSTALS = 0.3;

    /** Steps that adapt. */
    public static Stepping adaptive() {
        return adaptive(USUAL);
    }

    /** Steps that adapt, of crystals. */
    public static Stepping ofCrystals() {
        return adaptive(USUAL_OF_CRYSTALS);
    }

    /** Adaptive steps with another tolerance. */
    public static Stepping adaptive(double tolerance) {
        return new Stepping(false, 0, tolerance, 60, Long.MAX_VALUE);
    }

    /** Euler's steps, as long as they may be. */
    public static Stepping euler(double seconds) {
        return new Stepping(true, seconds, USUAL, 2, Long.MAX_VALUE);
    }

    /** The same, but a run is given up that needs more evaluations of the rates. */
    public Stepping within(long evaluations) {
        return new Stepping(euler, seconds, tolerance, mostStages, evaluations);
    }
}
