package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sinterj.base.Progress;

class NoiseWeightsTest {
    private final Geometry geometry = new Geometry(TomoTesting.range(-60, 5, 25), 40, 40, 40, false);
    private final Projector projector = new Projector(geometry, Progress.SILENT);
    private final float[][] volume = TomoTesting.ball(40, 30, 40, 0, 0, 0, 12);

    private float[][] noisy(double base, double slope) {
        float[][] data = RowImages.zeros(geometry.rayRows(), 30);
        projector.project(volume, data, Progress.SILENT);
        Random random = new Random(5);
        for (float[] row : data) {
            for (int y = 0; y < 30; y++) row[y] += (float) (Math.sqrt(base + slope * row[y]) * random.nextGaussian());
        }
        return data;
    }

    @Test
    void lineOfTheNoiseIsFoundFromTheMisfit() {
        float[][] expected = RowImages.zeros(geometry.rayRows(), 30);
        projector.project(volume, expected, Progress.SILENT);
        double[] line = NoiseWeights.line(expected, noisy(0.8, 1.7), projector.rayLengths());
        assertEquals(0.8, line[0], 0.04);
        assertEquals(1.7, line[1], 0.09);
    }

    @Test
    void weightsHaveAMeanOfOneAndFallWithTheSignal() {
        float[][] weights = NoiseWeights.of(projector, volume, noisy(0.5, 2), Progress.SILENT);
        double sum = 0;
        for (float[] row : weights) for (float w : row) sum += w;
        assertEquals(1, sum / weights.length / 30, 1e-4);
        float[][] expected = RowImages.zeros(geometry.rayRows(), 30);
        projector.project(volume, expected, Progress.SILENT);
        double mean = 0;
        for (float[] row : expected) for (float v : row) mean += (0.5 + 2 * v) / weights.length / 30;
        double dark = weights[0][0] * (0.5 + mean);
        double bright = weights[12 * 40 + 20][15] * (0.5 + 2 * expected[12 * 40 + 20][15] + mean);
        assertEquals(1, dark / bright, 0.05);
    }

    @Test
    void noiseThatIsTheSameEverywhereGivesEqualWeights() {
        float[][] weights = NoiseWeights.of(projector, volume, noisy(1, 0), Progress.SILENT);
        for (float[] row : weights) for (float w : row) assertEquals(1, w, 0.05);
    }
}
