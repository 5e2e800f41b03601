package sinterj.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelFitTest {
    @Test
    void theImprovementsLogarithmIsSmoothWhereItChangesItsFormula() {
        assertEquals(ExpectedImprovement.logGain(-19.999999), ExpectedImprovement.logGain(-20.000001), 1e-3);
        assertEquals(Math.log(1 / Math.sqrt(2 * Math.PI)), ExpectedImprovement.logGain(0), 1e-12);
        assertEquals(Math.log(10), ExpectedImprovement.logGain(10), 1e-12);
    }

    @Test
    void aBoxHoldsTheMinimum() {
        BoxMinimum.Result found = BoxMinimum.of(
                (x, g) -> {
                    g[0] = 2 * (x[0] - 3) + x[1];
                    g[1] = 8 * (x[1] + 1) + x[0];
                    return (x[0] - 3) * (x[0] - 3) + 4 * (x[1] + 1) * (x[1] + 1) + x[0] * x[1];
                },
                new double[] {0, 0},
                new double[] {-1, -1},
                new double[] {2, 2},
                50);
        assertEquals(2, found.at()[0], 1e-9);
        assertEquals(-1, found.at()[1], 1e-6);
    }

    @Test
    void aMatrixTimesItsInverseIsOne() {
        SplittableRandom random = new SplittableRandom(1);
        int n = 7;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) a[i][j] = i == j ? 5 : 0;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = random.nextDouble();
                a[j][i] = a[i][j];
            }
        }
        double[][] copy = new double[n][];
        for (int i = 0; i < n; i++) copy[i] = a[i].clone();
        double[][] inverse = Cholesky.of(copy).inverse();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += a[i][k] * inverse[k][j];
                assertEquals(i == j ? 1 : 0, sum, 1e-12);
            }
        }
    }
}
