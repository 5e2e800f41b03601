package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sinterj.base.Progress;
import sinterj.image.Volume;
import sinterj.tomo.WeightedBackProjection.Filter;

class WeightedBackProjectionTest {
    private static final float ALL = Float.MAX_VALUE;

    @ParameterizedTest
    @EnumSource(Filter.class)
    void halfATurnGivesTheDensityOfABall(Filter filter) {
        int n = 61;
        Geometry geometry = new Geometry(TomoTesting.range(-90, 1.5, 120), n, n, n, false);
        float[][] ball = TomoTesting.ball(n, 9, n, 5, 0, -4, 17);
        float[][] data = RowImages.zeros(geometry.rayRows(), 9);
        new Projector(geometry, Progress.SILENT).project(ball, data, Progress.SILENT);
        float[][] found = WeightedBackProjection.reconstruct(geometry, data, filter, -ALL, ALL, Progress.SILENT);
        double inside = 0;
        double outside = 0;
        int insideCount = 0;
        int outsideCount = 0;
        for (int r = 0; r < found.length; r++) {
            double x = r % n - 30.0 - 5;
            double z = r / n - 30.0 + 4;
            double distance = Math.hypot(x, z);
            if (distance < 13) {
                inside += found[r][4];
                insideCount++;
            } else if (distance > 20 && Math.hypot(r % n - 30.0, r / n - 30.0) < 29) {
                outside += found[r][4];
                outsideCount++;
            }
        }
        assertEquals(1, inside / insideCount, 0.02);
        assertEquals(0, outside / outsideCount, 0.02);
    }

    @Test
    void responseIsTheFrequency() {
        double[] ramp = WeightedBackProjection.response(256, Filter.RAMP);
        assertEquals(129, ramp.length);
        for (int k = 0; k <= 128; k++) assertEquals(k / 256.0, ramp[k], 2e-3);
        double[] hann = WeightedBackProjection.response(256, Filter.HANN);
        assertEquals(ramp[64] / 2, hann[64], 1e-12);
        assertEquals(0, hann[128], 1e-12);
    }

    @Test
    void sharesOfHalfATurnAddUpToIt() {
        double[] uneven = {-90, -70, -65, -30, -29, 0, 20, 50, 71};
        double sum = 0;
        for (double share : WeightedBackProjection.angleShares(uneven)) sum += share;
        assertEquals(Math.PI, sum, 0.8); // the widest gap counts as a wedge
        double[] even = WeightedBackProjection.angleShares(TomoTesting.range(-90, 3, 60));
        for (double share : even) assertEquals(Math.PI / 60, share, 1e-12);
    }

    @Test
    void evenTiltsWithAWedgeShareEvenly() {
        double[] shares = WeightedBackProjection.angleShares(TomoTesting.range(-40, 2, 41));
        for (double share : shares) assertEquals(Math.toRadians(2), share, 1e-12);
        double[] turned = WeightedBackProjection.angleShares(TomoTesting.range(140, 2, 41));
        assertArrayEquals(shares, turned, 1e-12);
        assertArrayEquals(new double[] {Math.PI}, WeightedBackProjection.angleShares(new double[] {17}));
    }

    @Test
    void repeatedAnglesShareWhatOneWouldHave() {
        double[] shares = WeightedBackProjection.angleShares(new double[] {0, 10, 10, 20, 30, 40});
        assertEquals(Math.toRadians(5), shares[1], 1e-12);
        assertEquals(shares[1], shares[2], 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"RAMP,false,0.931", "HANN,true,0.742"})
    void reachesTheErrorsOfTheSpecification(Filter filter, boolean positive, double expected) {
        Volume truth = TestData.truth128();
        Geometry geometry = Geometry.of(TestData.balls128(), 128, 0);
        float[][] data = RowImages.rows(TestData.balls128(), Progress.SILENT);
        for (float[] row : data) for (int y = 0; y < row.length; y++) row[y] = (row[y] - 0.244f) / 0.4878f;
        float[][] rows =
                WeightedBackProjection.reconstruct(geometry, data, filter, positive ? 0 : -ALL, ALL, Progress.SILENT);
        VolumeComparison found =
                new VolumeComparison(RowImages.volume(rows, 128, 0, truth.size(), Progress.SILENT), truth);
        assertEquals(1, found.scaledError() / expected, 0.03);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        Geometry geometry = new Geometry(TomoTesting.range(-60, 11, 12), 24, 26, 15, false);
        float[][] data = TomoTesting.random(geometry.rayRows(), 7, 1);
        float[][] one =
                WeightedBackProjection.reconstruct(geometry, data, Filter.RAMP, -ALL, ALL, TomoTesting.threads(1));
        float[][] many =
                WeightedBackProjection.reconstruct(geometry, data, Filter.RAMP, -ALL, ALL, TomoTesting.threads(4));
        for (int r = 0; r < one.length; r++) assertArrayEquals(one[r], many[r]);
        assertTrue(TomoTesting.norm(one) > 0);
    }
}
