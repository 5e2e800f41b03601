package sinterj.assimilate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class ViewFitTest {
    /** The operator fitted to masks that show solid with a given probability, over densities spread evenly. */
    private static SharpView fitted(DoubleUnaryOperator probability, int pairs) {
        SplittableRandom random = new SplittableRandom(5);
        ViewFit fit = new ViewFit();
        for (int i = 0; i < pairs; i++) {
            double rho = random.nextDouble();
            fit.add((float) rho, random.nextDouble() < probability.applyAsDouble(rho) ? 1 : 0, 1);
        }
        return fit.view();
    }

    private static void assertFollows(DoubleUnaryOperator probability, double tolerance) {
        SharpView view = fitted(probability, 200_000);
        for (double rho = 0; rho <= 1; rho += 0.01) {
            assertEquals(probability.applyAsDouble(rho), view.of((float) rho), tolerance, view.shape() + " at " + rho);
        }
    }

    @Test
    void anOperatorOfItsOwnKindIsFound() {
        for (double level : new double[] {0.4, 0.5, 0.65}) {
            assertFollows(new SharpView.Shape(level, 0.2, 1, 0.01)::at, 0.02);
        }
    }

    @Test
    void aThresholdMadeRoughByNoiseIsFollowed() {
        // As in the public twin: rho + 0.48 rho (1 - rho) N(0, 1) > 0.5, and one voxel in 500 wrong.
        assertFollows(
                rho -> {
                    double z = (rho - 0.5) / (0.48 * Math.max(1e-9, rho * (1 - rho)));
                    return 0.002 + 0.996 * 0.5 * Erf.erfc(-z / Math.sqrt(2));
                },
                0.025);
    }

    @Test
    void anExactMaskGivesTheSharpestOperatorThatIsSmooth() {
        SharpView view = fitted(rho -> rho > 0.5 ? 1 : 0, 200_000);
        assertTrue(view.of(0.44f) < 0.05 && view.of(0.56f) > 0.95, view.shape().toString());
        assertTrue(view.shape().width() >= 0.03, view.shape().toString());
    }

    @Test
    void itRisesWithDensity() {
        SharpView view = fitted(rho -> 0.1 + 0.8 * rho, 50_000);
        for (int k = 0; k < 100; k++) assertTrue(view.of(k / 100f) <= view.of((k + 1) / 100f), "at " + k);
    }

    @Test
    void fewPairsTellNothing() {
        assertSame(SharpView.USUAL, fitted(rho -> rho, 1000));
        assertSame(SharpView.USUAL, new ViewFit().view());
    }
}
