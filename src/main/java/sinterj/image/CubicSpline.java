package sinterj.image;

/**
 * The smooth curve through equally spaced values: cubic B-splines, with the values mirrored beyond either end. Exact at
 * the values themselves. Unser, Aldroubi and Eden 1993, doi:10.1109/78.193220.
 */
public final class CubicSpline {
    private static final double POLE = Math.sqrt(3) - 2;

    /** After so many steps the pole's powers are below the last digit of a double. */
    private static final int HORIZON = 28;

    private CubicSpline() {}

    /**
     * Turns values along a line into the coefficients of its curve, in place.
     *
     * @param line equally spaced values
     */
    public static void toCoefficients(double[] line) {
        int n = line.length;
        if (n == 1) return; // mirrored, it is a constant, and the weights add up to 1
        double sum = line[0];
        double power = POLE;
        for (int i = 1; i < HORIZON; i++, power *= POLE) sum += power * line[Mirror.at(i, n)];
        line[0] = sum;
        for (int i = 1; i < n; i++) line[i] += POLE * line[i - 1];
        line[n - 1] = POLE / (POLE * POLE - 1) * (line[n - 1] + POLE * line[n - 2]);
        for (int i = n - 2; i >= 0; i--) line[i] = POLE * (line[i + 1] - line[i]);
        for (int i = 0; i < n; i++) line[i] *= 6;
    }

    /**
     * The weights of the four coefficients around a point.
     *
     * @param fraction how far the point lies behind the second of the four, 0 to 1
     * @param weights overwritten
     */
    public static void weights(double fraction, double[] weights) {
        double f = fraction;
        double g = 1 - f;
        weights[0] = g * g * g / 6;
        weights[1] = 2 / 3.0 - f * f * (2 - f) / 2;
        weights[2] = 2 / 3.0 - g * g * (2 - g) / 2;
        weights[3] = f * f * f / 6;
    }
}
