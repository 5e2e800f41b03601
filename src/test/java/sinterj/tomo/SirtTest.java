package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sinterj.base.Progress;
import sinterj.image.Volume;

class SirtTest {
    private static Reconstruction sirt(Geometry geometry, float[][] data, int iterations, Progress progress) {
        Projector projector = new Projector(geometry, progress);
        BackProjector back = BackProjector.transposeOf(geometry, progress);
        return Sirt.reconstruct(projector, back, data, null, iterations, 0, Float.MAX_VALUE, progress);
    }

    private static float[][] projected(Geometry geometry, float[][] volume) {
        float[][] data = RowImages.zeros(geometry.rayRows(), volume[0].length);
        new Projector(geometry, Progress.SILENT).project(volume, data, Progress.SILENT);
        return data;
    }

    @Test
    void findsABallFromAllAround() {
        Geometry geometry = new Geometry(TomoTesting.range(-90, 4, 45), 31, 31, 31, false);
        float[][] ball = TomoTesting.ball(31, 5, 31, 3, 0, -2, 9);
        Reconstruction found = sirt(geometry, projected(geometry, ball), 400, Progress.SILENT);
        double error = TomoTesting.distance(found.rows(), ball) / TomoTesting.norm(ball);
        assertTrue(error < 0.05, "error " + error);
        assertTrue(found.convergence().last().residual() < 5e-3);
    }

    @Test
    void misfitFallsWithEveryIteration() {
        Geometry geometry = new Geometry(TomoTesting.range(-40, 5, 17), 24, 24, 15, false);
        Reconstruction found =
                sirt(geometry, projected(geometry, TomoTesting.ball(24, 7, 15, 2, 0, 1, 6)), 60, Progress.SILENT);
        var steps = found.convergence().steps();
        assertEquals(60, steps.size());
        for (int i = 1; i < 60; i++)
            assertTrue(steps.get(i).objective() < steps.get(i - 1).objective());
    }

    @Test
    void objectiveIsThatOfTheVolumeAtHand() {
        Geometry geometry = new Geometry(TomoTesting.range(-40, 5, 17), 24, 24, 15, false);
        float[][] data = TomoTesting.random(geometry.rayRows(), 4, 1);
        Reconstruction found = sirt(geometry, data, 7, Progress.SILENT);
        double misfit = TomoTesting.distance(projected(geometry, found.rows()), data);
        assertEquals(1, found.convergence().last().objective() / (misfit * misfit / 2), 1e-5);
        assertEquals(misfit / TomoTesting.norm(data), found.convergence().last().residual(), 1e-6);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        Geometry geometry = new Geometry(TomoTesting.range(-60, 11, 12), 24, 26, 15, false);
        float[][] data = TomoTesting.random(geometry.rayRows(), 270, 1);
        float[][] one = sirt(geometry, data, 6, TomoTesting.threads(1)).rows();
        float[][] many = sirt(geometry, data, 6, TomoTesting.threads(4)).rows();
        for (int r = 0; r < one.length; r++) assertArrayEquals(one[r], many[r]);
    }

    @Test
    void reachesTheErrorsOfTheSpecification() {
        Volume truth = TestData.truth128();
        Geometry geometry = Geometry.of(TestData.balls128(), 128, 0);
        float[][] data = RowImages.rows(TestData.balls128(), Progress.SILENT);
        for (float[] row : data) for (int y = 0; y < row.length; y++) row[y] = (row[y] - 0.244f) / 0.4878f;
        int[] iterations = {20, 50, 100};
        double[] expected = {0.648, 0.639, 0.670};
        for (int i = 0; i < 3; i++) {
            float[][] rows =
                    sirt(geometry, data, iterations[i], Progress.SILENT).rows();
            Volume found = RowImages.volume(rows, 128, 0, truth.size(), Progress.SILENT);
            assertEquals(1, new VolumeComparison(found, truth).scaledError() / expected[i], 0.03);
        }
    }
}
