package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;

class NoiseEstimateTest {
    private static final int SIDE = 128;

    /** Balls of up to 20 counts on a fifth of a count. */
    private static double balls(int i) {
        double sum = 0.2;
        double x = i % SIDE;
        double y = i / SIDE % SIDE;
        for (int k = 0; k < 5; k++) {
            double r = Math.hypot(x - 20 - 21 * k, y - 30 - 47 * k % 70) / (10 + 3 * k);
            if (r < 1) sum += (6 + 3 * k) * Math.sqrt(1 - r * r);
        }
        return sum;
    }

    private static List<float[]> series(DetectorNoise noise) {
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            planes.add(Detector.image(noise, SIDE * SIDE, NoiseEstimateTest::balls, 100 + k));
        }
        return planes;
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 0, 0.5", "1, 0, 3", "2.5, 0, 1", "2.5, 0, 3", "10, 0, 3", "205, 950, 102.5"})
    void gainAndVarianceAreRightToFivePercent(double gain, double offset, double readNoise) {
        DetectorNoise truth = new DetectorNoise(gain, offset, readNoise);
        NoiseEstimate estimate = NoiseEstimate.of(series(truth), SIDE, SIDE, Progress.SILENT);
        assertTrue(estimate.isPoissonGaussian());
        assertEquals(gain, estimate.slope(), 0.05 * gain, estimate.toString());
        for (double counts : new double[] {0.2, 1, 5, 20}) {
            double value = offset + gain * counts;
            double variance = truth.variance(value);
            assertEquals(variance, estimate.slope() * value + estimate.floor(), 0.05 * variance, estimate.toString());
        }
        DetectorNoise found = estimate.detector(Double.NaN, offset, Double.NaN);
        // What the read noise adds to the variance is only as certain as the variance in the dark.
        double floor = readNoise * readNoise;
        assertEquals(floor, found.readNoise() * found.readNoise(), 0.05 * (floor + 0.2 * gain * gain) * 2);
    }

    @Test
    void offsetIsPutAtTheDarkestLevelWhereTheVarianceShowsOne() {
        NoiseEstimate estimate =
                NoiseEstimate.of(series(new DetectorNoise(205, 950, 102.5)), SIDE, SIDE, Progress.SILENT);
        DetectorNoise found = estimate.detector(Double.NaN, Double.NaN, Double.NaN);
        // The darkest parts hold a fifth of a count, and single bins a little less.
        assertEquals(950 + 0.2 * 205, found.offset(), 60);
        assertEquals(
                new DetectorNoise(205, 950, 102.5).variance(3000), found.variance(3000), 0.05 * found.variance(3000));
    }

    @ParameterizedTest
    @CsvSource({"0.5", "3", "40"})
    void gaussianSigmaIsRightToFivePercent(double sigma) {
        Random random = new Random(3);
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            float[] plane = new float[SIDE * SIDE];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (float) (sigma * (10 * balls(i) / 20 + random.nextGaussian()));
            }
            planes.add(plane);
        }
        NoiseEstimate estimate = NoiseEstimate.of(planes, SIDE, SIDE, Progress.SILENT);
        assertEquals(sigma, estimate.sigma(), 0.05 * sigma);
        assertFalse(estimate.isPoissonGaussian(), estimate.toString());
    }

    @Test
    void standardErrorsTellTheScatterOfEstimates() {
        DetectorNoise truth = new DetectorNoise(2.5, 0, 1);
        NoiseEstimate estimate = NoiseEstimate.of(series(truth), SIDE, SIDE, Progress.SILENT);
        assertTrue(estimate.slopeError() > 0.002 && estimate.slopeError() < 0.1, estimate.toString());
        assertEquals(2.5, estimate.slope(), 5 * estimate.slopeError() + 0.05);
    }

    @Test
    void tooSmallAnImageIsRefused() {
        assertThrows(InvalidInput.class, () -> NoiseEstimate.of(List.of(new float[25]), 5, 5, Progress.SILENT));
    }
}
