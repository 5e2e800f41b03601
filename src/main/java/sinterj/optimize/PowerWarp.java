package sinterj.optimize;

import java.util.Arrays;

/**
 * Rising transformation of costs to something nearer to a normal distribution: the power of Box and Cox (1964) that
 * makes them most likely to be one, of the costs' height above a floor just below the lowest.
 */
final class PowerWarp {
    private static final double[] POWERS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

    private PowerWarp() {}

    /** The transformed costs, in the same order of size; the costs themselves if they are all equal. */
    static double[] of(double[] costs) {
        double low = Arrays.stream(costs).min().orElse(0);
        double[] sorted = Arrays.stream(costs).map(c -> c - low).sorted().toArray();
        double typical = sorted[sorted.length / 2];
        if (!(typical > 0)) return costs.clone();
        double[] heights =
                Arrays.stream(costs).map(c -> (c - low) / typical + FLOOR).toArray();
        double[] best = heights;
        double most = Double.NEGATIVE_INFINITY;
        for (double power : POWERS) {
            double[] warped = Arrays.stream(heights).map(h -> warp(h, power)).toArray();
            double likelihood = likelihood(warped, heights, power);
            if (likelihood <= most) continue;
            most = likelihood;
            best = warped;
        }
        return best;
    }

    /** Height of the lowest cost above the floor, in units of the middle cost's height. */
    private static final double FLOOR = 0.01;

    private static double warp(double height, double power) {
        return power == 0 ? StrictMath.log(height) : (StrictMath.pow(height, power) - 1) / power;
    }

    private static double likelihood(double[] warped, double[] heights, double power) {
        double mean = Arrays.stream(warped).average().orElse(0);
        double squares = 0;
        double logs = 0;
        for (int i = 0; i < warped.length; i++) {
            squares += (warped[i] - mean) * (warped[i] - mean);
            logs += StrictMath.log(heights[i]);
        }
        return -warped.length / 2.0 * StrictMath.log(squares / warped.length) + (power - 1) * logs;
    }
}
