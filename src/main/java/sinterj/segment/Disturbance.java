package sinterj.segment;

import sinterj.base.InvalidInput;

/**
 * How strongly patches are disturbed in training: the largest strength of each fault, of which chance takes a part. Grey
 * values are normalised, from about -1 to 1.
 *
 * @param curtaining stripes along y
 * @param charging halos around dark parts
 * @param noise shot noise, where it is bright
 * @param defocus standard deviation of the blur, in pixels
 * @param shift of neighbouring slices, in whole pixels
 * @param brightness standard deviation of the logarithm of the contrast, and a little less of the grey level
 * @param tone how far middle greys are moved while dark and bright stay
 * @param brightnessJumps the same as brightness, from slice to slice
 * @param shineThrough part of what lies behind dark parts
 * @param missing chance that a neighbouring slice was not recorded
 */
public record Disturbance(
        double curtaining,
        double charging,
        double noise,
        double defocus,
        int shift,
        double brightness,
        double tone,
        double brightnessJumps,
        double shineThrough,
        double missing) {
    /** Patches as they are. */
    public static final Disturbance NONE = new Disturbance(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    /** Brightness and contrast only: images that were recorded one by one differ in them. */
    public static final Disturbance TONE = new Disturbance(0, 0, 0, 0, 0, 0.1, 0.1, 0, 0, 0);
    /**
     * The faults of a FIB-SEM measurement. As strong as they are in bad stacks, two thirds more than here, they hide from
     * a small network in a few hundred steps what it is to learn; half as strong, a network that learns from a clean stack
     * fails on a faulty one more often.
     */
    public static final Disturbance FIBSEM = new Disturbance(0.21, 0.48, 0.21, 0.9, 2, 0.15, 0.06, 0.06, 0.36, 0.05);

    private static final double MOST = 100;

    public Disturbance {
        double[] all = {curtaining, charging, noise, defocus, shift, brightness, tone, brightnessJumps, shineThrough};
        for (double strength : all) {
            if (strength >= 0 && strength <= MOST) continue;
            throw new InvalidInput("Patches cannot be disturbed by a strength of " + strength + ".");
        }
        if (!(missing >= 0 && missing <= 1)) {
            throw new InvalidInput("The chance of a missing slice is " + missing + ", not from 0 to 1.");
        }
    }
}
