package sinterj.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Median of the best of 100 trials over 20 seeds. The limits are the upper quartiles of Optuna 3.1 (TPE, 20 seeds) and
 * of expected improvement with scikit-learn's Gaussian process (10 seeds) on the same functions.
 */
class SamplerComparisonTest {
    private static final int TRIALS = 100;
    private static final int SEEDS = 20;

    private static double median(TestFunctions function, LongFunction<Sampler> sampler) {
        double[] best = LongStream.range(0, SEEDS)
                .parallel()
                .mapToDouble(seed -> function.best(sampler.apply(seed), TRIALS, seed))
                .toArray();
        Arrays.sort(best);
        return (best[SEEDS / 2 - 1] + best[SEEDS / 2]) / 2;
    }

    private static void check(String who, String function, double limit, double median) {
        assertTrue(median <= limit, who + " on " + function + ": median " + median + ", limit " + limit);
    }

    @ParameterizedTest
    @CsvSource({"SPHERE, 0.645", "ROSENBROCK, 7.59", "ACKLEY, 10.6", "HARTMANN, -2.98"})
    void parzenAxisByAxisIsWithinOptunasQuartilesOrBetter(TestFunctions function, double limit) {
        check("TPE", function.name(), limit, median(function, seed -> TreeParzen.univariate()));
    }

    @ParameterizedTest
    @CsvSource({"SPHERE, 0.703", "ROSENBROCK, 13.7", "ACKLEY, 9.85", "HARTMANN, -3.06"})
    void parzenOfAllAxesIsWithinOptunasQuartilesOrBetter(TestFunctions function, double limit) {
        check("joint TPE", function.name(), limit, median(function, seed -> TreeParzen.multivariate()));
    }

    @ParameterizedTest
    @CsvSource({"SPHERE, 0.937", "ROSENBROCK, 7.71", "ACKLEY, 8.66", "HARTMANN, -2.96"})
    void covarianceAdaptationIsWithinOptunasQuartilesOrBetter(TestFunctions function, double limit) {
        check("CMA-ES", function.name(), limit, median(function, seed -> new CovarianceAdaptation()));
    }

    @Tag("proof")
    @ParameterizedTest
    @CsvSource({"SPHERE, 0.0012", "ROSENBROCK, 8.6", "ACKLEY, 5.5", "HARTMANN, -3.203"})
    void expectedImprovementIsWithinTheUpperQuartile(TestFunctions function, double limit) {
        check("GP", function.name(), limit, median(function, seed -> new ExpectedImprovement()));
    }

    @Test
    void theMinimaAreWhereTheLiteratureHasThem() {
        double[] at = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573};
        assertEquals(-3.32237, TestFunctions.HARTMANN.applyAsDouble(at), 1e-4);
        double[] seven = new double[5];
        Arrays.fill(seven, (7 / 32.768 + 1) / 2);
        assertEquals(0, TestFunctions.ACKLEY.applyAsDouble(seven), 1e-12);
    }
}
