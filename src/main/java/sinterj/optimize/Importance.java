package sinterj.optimize;

import java.util.function.ToDoubleFunction;

/**
 * How much of the differences of a cost over the cube is due to each parameter, alone or together with others: the
 * total effects of Sobol, by the estimator of Jansen (1999, doi:10.1016/S0010-4655(98)00154-4). They sum to 1 if
 * parameters act independently of each other, to more if not.
 */
public final class Importance {
    private static final int POINTS = 1024;

    private Importance() {}

    /**
     * @param surface a cost that is quick to compute, such as a surface through trials
     * @param dimensions number of parameters
     * @param seed same seed, same bits
     * @return one share for each parameter, 0 or more; all 0 if the cost is the same everywhere
     */
    public static double[] of(ToDoubleFunction<double[]> surface, int dimensions, long seed) {
        double[] changes = new double[dimensions];
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < POINTS; k++) {
            double[] pair = EvenPoints.point(k, 2 * dimensions, seed);
            double[] at = java.util.Arrays.copyOf(pair, dimensions);
            double here = surface.applyAsDouble(at);
            sum += here;
            squares += here * here;
            for (int i = 0; i < dimensions; i++) {
                double[] moved = at.clone();
                moved[i] = pair[dimensions + i];
                double change = surface.applyAsDouble(moved) - here;
                changes[i] += change * change / 2;
            }
        }
        double variance = squares - sum * sum / POINTS;
        for (int i = 0; i < dimensions; i++) changes[i] = variance > 0 ? changes[i] / variance : 0;
        return changes;
    }
}
