package sinterj.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomDrawsTest {
    private static double[] meanAndVariance(int count, DoubleSupplier draw) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double x = draw.getAsDouble();
            sum += x;
            squares += x * x;
        }
        double mean = sum / count;
        return new double[] {mean, squares / count - mean * mean};
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.24, 3.7, 29.9, 30, 30.1, 200, 1234.5, 2e6, 3e9})
    void poissonHasItsMeanAsVariance(double mean) {
        SplittableRandom random = new SplittableRandom(1);
        int count = 100_000;
        double[] found = meanAndVariance(count, () -> RandomDraws.poisson(random, mean));
        assertEquals(mean, found[0], 4 * Math.sqrt(mean / count));
        // The variance of a sample variance of Poisson numbers is (mean + 2 mean^2) / count.
        assertEquals(mean, found[1], 4 * Math.sqrt((mean + 2 * mean * mean) / count));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 2.5, 45})
    void poissonNumbersAreAsFrequentAsTheirProbability(double mean) {
        SplittableRandom random = new SplittableRandom(2);
        int count = 200_000;
        int[] seen = new int[200];
        for (int i = 0; i < count; i++) seen[(int) RandomDraws.poisson(random, mean)]++;
        PoissonDistribution exact = new PoissonDistribution(mean);
        double chi2 = 0;
        int cells = 0;
        for (int k = 0; k < seen.length; k++) {
            double expected = count * exact.probability(k);
            if (expected < 10) continue;
            chi2 += (seen[k] - expected) * (seen[k] - expected) / expected;
            cells++;
        }
        assertTrue(chi2 < cells + 4 * Math.sqrt(2.0 * cells), "chi2 " + chi2 + " over " + cells + " cells");
    }

    @Test
    void poissonOfMeanZeroIsZero() {
        assertEquals(0, RandomDraws.poisson(new SplittableRandom(3), 0));
    }

    @Test
    void gaussianHasMeanZeroVarianceOneAndNormalTails() {
        SplittableRandom random = new SplittableRandom(4);
        int count = 400_000;
        int[] beyondTwo = new int[1];
        double[] found = meanAndVariance(count, () -> {
            double x = RandomDraws.gaussian(random);
            if (Math.abs(x) > 2) beyondTwo[0]++;
            return x;
        });
        assertEquals(0, found[0], 4 / Math.sqrt(count));
        assertEquals(1, found[1], 4 * Math.sqrt(2.0 / count));
        assertEquals(0.0455, (double) beyondTwo[0] / count, 4 * Math.sqrt(0.0455 / count));
    }

    @Test
    void streamsDoNotDependOnTheirNumberAndDiffer() {
        SplittableRandom[] few = RandomDraws.streams(5, 2);
        SplittableRandom[] many = RandomDraws.streams(5, 9);
        long first = few[0].nextLong();
        long second = few[1].nextLong();
        assertEquals(first, many[0].nextLong());
        assertEquals(second, many[1].nextLong());
        assertTrue(first != second);
    }

    @Test
    void drawsAreTheSameBitsOnEveryMachine() {
        SplittableRandom random = RandomDraws.streams(7, 1)[0];
        long bits = 0;
        for (int i = 0; i < 1000; i++) {
            bits = 31 * bits + Double.doubleToLongBits(RandomDraws.gaussian(random));
            bits = 31 * bits + RandomDraws.poisson(random, 0.1 * i);
        }
        assertEquals(-2454149148627045209L, bits);
    }
}
