package sinterj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CubicSplineTest {
    private static double value(double[] coefficients, double x) {
        int left = (int) Math.floor(x);
        double[] weights = new double[4];
        CubicSpline.weights(x - left, weights);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += weights[i] * coefficients[Mirror.at(left - 1 + i, coefficients.length)];
        }
        return sum;
    }

    @Test
    void theCurvePassesThroughItsValues() {
        for (int n : new int[] {1, 2, 3, 7, 40}) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) values[i] = Math.sin(1.7 * i * i);
            double[] coefficients = values.clone();
            CubicSpline.toCoefficients(coefficients);
            for (int i = 0; i < n; i++) assertEquals(values[i], value(coefficients, i), 1e-12, n + " values, at " + i);
        }
    }

    @Property(tries = 50)
    void farFromTheEndsItReproducesCubics(@ForAll @DoubleRange(min = 30, max = 50) double x) {
        double[] coefficients = new double[80];
        for (int i = 0; i < 80; i++) coefficients[i] = cubic(i);
        CubicSpline.toCoefficients(coefficients);
        assertEquals(cubic(x), value(coefficients, x), 1e-9);
    }

    private static double cubic(double x) {
        double t = (x - 40) / 10;
        return 3 - t + 2 * t * t - t * t * t;
    }

    @Property(tries = 50)
    void weightsAddUpToOne(@ForAll @DoubleRange(min = 0, max = 1) double fraction) {
        double[] w = new double[4];
        CubicSpline.weights(fraction, w);
        assertEquals(1, w[0] + w[1] + w[2] + w[3], 1e-14);
        assertEquals(fraction, -w[0] + w[2] + 2 * w[3], 1e-14);
    }

    @Test
    void placesBeyondTheEndsAreMirroredAboutTheOutermostValues() {
        assertEquals(1, Mirror.at(-1, 5));
        assertEquals(3, Mirror.at(5, 5));
        assertEquals(0, Mirror.at(-3, 1));
        assertEquals(1, Mirror.at(-3, 2));
        assertEquals(2, Mirror.at(10, 5));
    }
}
