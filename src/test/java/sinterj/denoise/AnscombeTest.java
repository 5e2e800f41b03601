package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.Progress;

class AnscombeTest {
    /** Mean of a constant image after transform, block matching and inverse: within 1 % and 3 standard errors. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 1, 2, 5, 10, 20, 50})
    void constantImageKeepsItsMean(double mean) {
        int side = 96;
        DetectorNoise noise = new DetectorNoise(1, 0, 0.5);
        float[] image = Detector.image(noise, side * side, i -> mean, 7);
        Anscombe anscombe = new Anscombe(noise);
        float[] f = BlockMatching.denoise(anscombe.forward(image), side, side, 1, Profile.FAST, Progress.SILENT);
        anscombe.inverse(f);
        double sum = 0;
        for (float v : f) sum += v;
        double error = Math.sqrt((mean + 0.25) / image.length);
        assertEquals(mean, sum / image.length, 0.01 * mean + 3 * error);
    }

    @Test
    void inverseOfTheExpectedTransformIsTheMean() {
        DetectorNoise noise = new DetectorNoise(2.5, 40, 3);
        Anscombe anscombe = new Anscombe(noise);
        for (double mean : new double[] {0.3, 3, 30, 180, 220, 1000}) {
            float[] f = anscombe.forward(Detector.image(noise, 400_000, i -> mean, 11));
            double sum = 0;
            double square = 0;
            for (float v : f) {
                sum += v;
                square += (double) v * v;
            }
            double average = sum / f.length;
            double spread = Math.sqrt(square / f.length - average * average);
            // Three standard errors of the mean, carried through the inverse.
            double error = 3 * spread / Math.sqrt(f.length) * Math.max(1, average / 2);
            assertEquals(mean, anscombe.mean(average), error, "mean " + mean);
            if (mean >= 3) assertEquals(1, spread, 0.03, "spread at " + mean);
        }
    }

    @Test
    void inverseRisesAndHasNoJump() {
        Anscombe anscombe = new Anscombe(new DetectorNoise(1, 0, 0));
        double before = 0;
        for (double d = 0; d < 60; d += 0.001) {
            double mean = anscombe.mean(d);
            assertTrue(mean >= before && mean - before < 0.04, d + ": " + before + " to " + mean);
            before = mean;
        }
    }
}
