package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.Progress;

class CoarseToFineTest {
    private static final TotalVariation.Settings LIMITS =
            TotalVariation.Settings.of(0, 1).withStartBalance(0.05).withRelaxation(1.5);

    /** Even and odd sides: halved and doubled, the ball must stay where it is. */
    @ParameterizedTest
    @CsvSource({"130, 20, 40", "129, 21, 41", "70, 1, 35", "40, 9, 30"})
    void firstVolumeShowsTheBallWhereItIs(int width, int height, int depth) {
        Geometry geometry = new Geometry(TomoTesting.range(-60, 10, 13), width, width, depth, false);
        double radius = 0.15 * width;
        float[][] truth = TomoTesting.ball(width, height, depth, 3.3, 0, -2.2, Math.min(radius, depth / 3.0));
        float[][] data = RowImages.zeros(geometry.rayRows(), height);
        new Projector(geometry, Progress.SILENT).project(truth, data, Progress.SILENT);
        float[][] noise = TomoTesting.random(data.length, height, 2);
        for (int r = 0; r < data.length; r++) for (int y = 0; y < height; y++) data[r][y] += noise[r][y];
        float[][] found = CoarseToFine.volume(geometry, data, LIMITS, Progress.SILENT);
        assertEquals(truth.length, found.length);
        assertEquals(height, found[0].length);
        double[] expected = centre(truth, width);
        assertArrayEquals(expected, centre(found, width), 0.35);
        assertTrue(TomoTesting.distance(found, truth) < 0.55 * TomoTesting.norm(truth));
        float[][] again = CoarseToFine.volume(geometry, data, LIMITS, TomoTesting.threads(3));
        for (int r = 0; r < found.length; r++) assertArrayEquals(found[r], again[r]);
    }

    @Test
    void everyLevelCountsDifferencesAlongZByTheirFactor() {
        Geometry geometry = new Geometry(TomoTesting.range(-60, 10, 13), 70, 70, 64, false);
        float[][] data = RowImages.zeros(geometry.rayRows(), 9);
        new Projector(geometry, Progress.SILENT)
                .project(TomoTesting.ball(70, 9, 64, 3, 0, -2, 12), data, Progress.SILENT);
        float[][] noise = TomoTesting.random(data.length, 9, 2);
        for (int r = 0; r < data.length; r++) for (int y = 0; y < 9; y++) data[r][y] += 3 * noise[r][y];
        double[] along = new double[3];
        double[] weights = {0.25, 1, 4};
        for (int i = 0; i < 3; i++) {
            float[][] x = CoarseToFine.volume(geometry, data, LIMITS.withZWeight(weights[i]), Progress.SILENT);
            for (int r = 0; r + 70 < x.length; r++) along[i] += Math.abs(x[r][4] - x[r + 70][4]);
        }
        assertTrue(along[0] > 1.03 * along[1] && along[1] > 1.03 * along[2], Arrays.toString(along));
    }

    /** Centre of mass of what is denser than one half. */
    private static double[] centre(float[][] rows, int width) {
        double[] sum = new double[3];
        double mass = 0;
        for (int r = 0; r < rows.length; r++) {
            for (int y = 0; y < rows[r].length; y++) {
                if (rows[r][y] <= 0.5) continue;
                sum[0] += r % width;
                sum[1] += y;
                sum[2] += r / width;
                mass++;
            }
        }
        for (int d = 0; d < 3; d++) sum[d] /= mass;
        return sum;
    }
}
