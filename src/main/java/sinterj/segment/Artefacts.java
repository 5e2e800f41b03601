package sinterj.segment;

import sinterj.base.InvalidInput;

/**
 * How strongly a FIB-SEM stack is disturbed. Strengths without a unit are parts of the grey step from void to
 * superconductor.
 *
 * @param curtaining standard deviation of the stripes along y
 * @param charging height of the bright halo around voids and of the streaks to their right
 * @param noise standard deviation of the shot noise in the superconductor
 * @param drift standard deviation of the shift from slice to slice, along x and y, in pixels
 * @param brightnessJumps standard deviation of the gain of a slice, as a part of 1
 * @param shineThrough part of a void's grey value that comes from what lies behind it
 * @param missing chance, below 1, that a slice was milled away without being recorded
 */
public record Artefacts(
        double curtaining,
        double charging,
        double noise,
        double drift,
        double brightnessJumps,
        double shineThrough,
        double missing) {
    /** An undisturbed stack. */
    public static final Artefacts NONE = new Artefacts(0, 0, 0, 0, 0, 0, 0);

    public Artefacts {
        for (double strength :
                new double[] {curtaining, charging, noise, drift, brightnessJumps, shineThrough, missing}) {
            if (!(strength >= 0))
                throw new InvalidInput("An artefact has the strength " + strength + ". Give 0 or more.");
        }
        if (missing >= 1) {
            throw new InvalidInput("The chance of a missing slice is " + missing + ". Give less than 1.");
        }
    }
}
