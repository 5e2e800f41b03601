package sinterj.assimilate;

/**
 * What a segmentation shows of a simulated density: {@code H(rho) = (1 + tanh((rho - 0.5) / w)) / 2} with w = 0.15.
 * Compared with a mask, the density itself is biased: the width of its interface, far from what a mask shows, outweighs
 * what the parameters change by more than ten. A step would be exact but not smooth, so that small changes of a
 * parameter had no effect.
 */
final class SharpView {
    private static final double WIDTH = 0.15;
    private static final int STEPS = 1 << 12;
    private static final float[] TABLE = new float[STEPS + 2];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = (float) (0.5 * (1 + StrictMath.tanh(((double) i / STEPS - 0.5) / WIDTH)));
        }
    }

    private SharpView() {}

    /** H of a density; below 0 and above 1 the density counts as 0 and 1. Interpolated, right to 1e-6. */
    static float of(float density) {
        float at = Math.min(1, Math.max(0, density)) * STEPS;
        int i = (int) at;
        float part = at - i;
        return TABLE[i] + part * (TABLE[i + 1] - TABLE[i]);
    }
}
