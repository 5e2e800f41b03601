package sinterj.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sinterj.math.RandomDraws;

class ResidualTest {
    private static final int SIDE = 101;
    private static final NoiseModel NOISE = new NoiseModel(2, 100, 0);

    private static float[] clean() {
        float[] clean = new float[SIDE * SIDE];
        for (int i = 0; i < clean.length; i++) clean[i] = 150 + i % 40;
        return clean;
    }

    private static float[] noisy(float[] clean, double share) {
        SplittableRandom random = new SplittableRandom(3);
        float[] noisy = clean.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += (float) (share * RandomDraws.gaussian(random) * Math.sqrt(NOISE.variance(clean[i])));
        }
        return noisy;
    }

    @Test
    void noiseOfTheModelHasDeviationOneAndIsWhite() {
        Residual all = Residual.of(List.of(noisy(clean(), 1)), List.of(clean()), SIDE, NOISE);
        assertEquals(1, all.deviation(), 0.02);
        assertEquals(0, all.correlation(), 0.02);
        Residual half = Residual.of(List.of(noisy(clean(), 0.5)), List.of(clean()), SIDE, NOISE);
        assertEquals(0.5, half.deviation(), 0.01);
    }

    /** A pixel for which the model expects next to no noise says nothing about the others. */
    @Test
    void pixelsWithoutVarianceDoNotDecide() {
        float[] clean = clean();
        float[] noisy = noisy(clean, 1);
        for (int i = 0; i < clean.length; i += 500) {
            clean[i] = 100.0001f;
            noisy[i] = 110;
        }
        assertEquals(1, Residual.of(List.of(noisy), List.of(clean), SIDE, NOISE).deviation(), 0.05);
    }

    @Test
    void structureThatWasTakenAwayCorrelates() {
        float[] clean = clean();
        float[] noisy = clean.clone();
        for (int i = 0; i < noisy.length; i++) noisy[i] += (float) (10 * Math.sin(i % SIDE / 8.0));
        assertTrue(Residual.of(List.of(noisy), List.of(clean), SIDE, NOISE).correlation() > 0.9);
    }
}
