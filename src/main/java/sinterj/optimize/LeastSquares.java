package sinterj.optimize;

import java.util.List;

/** A cost that is half a sum of squares, each of which is known. */
@FunctionalInterface
public interface LeastSquares {
    /**
     * The residuals at some points, which may be worked out side by side.
     *
     * @param points places in the cube with sides of 1
     * @return for each point its residuals in units of their standard deviation, always as many; null for a point that
     *     has none
     */
    List<float[]> residuals(List<double[]> points);

    /**
     * Tells where the lowest sum is by now thought to be, for weights that depend on it. Residuals may be others from
     * here on; nothing changes by default.
     *
     * @param point in the cube, of which there are residuals
     */
    default void near(double[] point) {}
}
