package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorModelTest {
    private static final DetectorModel DETECTOR = new DetectorModel(24.4, 100, 0.01, 0.5, 200, 1000);

    @ParameterizedTest
    @ValueSource(floats = {0, 13, 150})
    void storedNumbersHaveTheMeanAndVarianceOfTheModel(float pathNm) {
        float[] path = new float[200_000];
        Arrays.fill(path, pathNm);
        float[] stored = DETECTOR.expose(path, new SplittableRandom(1));
        double mean = 0;
        for (float v : stored) mean += v / stored.length;
        double variance = 0;
        for (float v : stored) variance += (v - mean) * (v - mean) / stored.length;
        double electrons = 24.4 * (pathNm / 100 + 0.01);
        double expected = 200 * 200 * (electrons + 0.25);
        assertEquals(1000 + 200 * electrons, mean, 4 * Math.sqrt(expected / stored.length));
        assertEquals(expected, variance, 0.02 * expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2})
    void levelsAreWhatTheReconstructionMustSubtractAndDivideBy(double pixelNm) {
        double twelvePixels = 1000 + 200 * DETECTOR.expectedElectrons(12 * pixelNm);
        double found = (twelvePixels - DETECTOR.emptyLevel()) / DETECTOR.perPixelPath(pixelNm);
        assertEquals(12, found, 1e-9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void sameSeedSameNoise(long seed) {
        float[] path = {0, 10, 20};
        assertArrayEquals(
                DETECTOR.expose(path, new SplittableRandom(seed)), DETECTOR.expose(path, new SplittableRandom(seed)));
    }
}
