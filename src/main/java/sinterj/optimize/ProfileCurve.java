package sinterj.optimize;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Profile likelihood: the least cost that is possible when one parameter is held, against its value. Where the curve
 * is 2 above its lowest point (1.92, half the 95 % quantile of chi squared), the 95 % interval ends; a flat curve says
 * that the data do not tell the parameter. Raue et al. 2009, doi:10.1093/bioinformatics/btp358.
 *
 * @param unit places of the held parameter in its range
 * @param cost the least costs, in units of a logarithm of the likelihood
 */
public record ProfileCurve(double[] unit, double[] cost) {
    private static final double DIFFERENCE = 1e-5;
    private static final int STEPS = 60;

    /**
     * Works the curve out from a cost that is quick to compute, such as a surface through trials.
     *
     * @param surface the cost on the cube
     * @param best lowest known point
     * @param parameter the one to hold
     * @param from lowest place
     * @param to highest place
     * @param count number of places, at least 2
     */
    public static ProfileCurve of(
            ToDoubleFunction<double[]> surface, double[] best, int parameter, double from, double to, int count) {
        double[] unit = new double[count];
        double[] cost = new double[count];
        int middle = 0;
        for (int k = 0; k < count; k++) {
            unit[k] = from + (to - from) * k / (count - 1);
            if (Math.abs(unit[k] - best[parameter]) < Math.abs(unit[middle] - best[parameter])) middle = k;
        }
        // From the best point outwards, each place starting where its neighbour ended.
        double[] here = best;
        for (int k = middle; k < count; k++) here = lowest(surface, here, parameter, unit, cost, k);
        here = best;
        for (int k = middle - 1; k >= 0; k--) here = lowest(surface, here, parameter, unit, cost, k);
        return new ProfileCurve(unit, cost);
    }

    private static double[] lowest(
            ToDoubleFunction<double[]> surface, double[] from, int held, double[] unit, double[] cost, int k) {
        double[] start = from.clone();
        start[held] = unit[k];
        double[] low = new double[start.length];
        double[] high = new double[start.length];
        Arrays.fill(high, 1);
        low[held] = unit[k];
        high[held] = unit[k];
        BoxMinimum.Result found = BoxMinimum.of((x, g) -> withSlope(surface, x, g, held), start, low, high, STEPS);
        cost[k] = found.value();
        return found.at();
    }

    private static double withSlope(ToDoubleFunction<double[]> surface, double[] x, double[] g, int held) {
        double value = surface.applyAsDouble(x);
        for (int i = 0; i < x.length; i++) {
            if (i == held) continue;
            double[] moved = x.clone();
            double h = x[i] > 0.5 ? -DIFFERENCE : DIFFERENCE;
            moved[i] += h;
            g[i] = (surface.applyAsDouble(moved) - value) / h;
        }
        g[held] = 0;
        return value;
    }
}
