package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sinterj.base.Progress;

class ProjectorTest {
    private static final double[] ALL_ROUND = {
        -90, -75.3, -45.001, -44, -12.5, 0, 7, 44.999, 45, 45.001, 60, 89, 90, 137
    };

    private static Geometry geometry(double[] angles, int rays, int width, int depth) {
        return new Geometry(angles, rays, width, depth, false);
    }

    private static float[][] project(Geometry geometry, float[][] volume) {
        float[][] series = RowImages.zeros(geometry.rayRows(), volume[0].length);
        new Projector(geometry, Progress.SILENT).project(volume, series, Progress.SILENT);
        return series;
    }

    @ParameterizedTest
    @CsvSource({"31,31,17,5", "30,37,21,1", "9,9,40,3", "64,81,33,70", "1,1,1,1", "7,2,3,9", "200,210,20,2"})
    void backProjectionIsTheTransposeOfProjection(int rays, int width, int depth, int length) {
        for (boolean wholeRays : new boolean[] {false, true}) {
            Geometry geometry = new Geometry(ALL_ROUND, rays, width, depth, wholeRays);
            float[][] x = TomoTesting.random(geometry.voxelRows(), length, 1);
            float[][] y = TomoTesting.random(geometry.rayRows(), length, 2);
            float[][] ax = project(geometry, x);
            float[][] aty = RowImages.zeros(geometry.voxelRows(), length);
            BackProjector.transposeOf(geometry, Progress.SILENT).backProject(y, aty, Progress.SILENT);
            double error = Math.abs(TomoTesting.dot(ax, y) - TomoTesting.dot(x, aty));
            // Rounding of float sums only: the weights are the same numbers. The specification allows 1e-6.
            assertTrue(error <= 1e-6 * (TomoTesting.norm(ax) * TomoTesting.norm(y) + 1e-30), "error " + error);
        }
    }

    @Test
    void weightsAreThoseOfTheTransposedMatrixBitByBit() {
        for (boolean wholeRays : new boolean[] {false, true}) {
            Geometry geometry = new Geometry(ALL_ROUND, 8, 9, 8, wholeRays);
            int voxels = geometry.voxelRows();
            int rays = geometry.rayRows();
            float[][] forward = RowImages.zeros(rays, voxels);
            new Projector(geometry, Progress.SILENT).project(identity(voxels), forward, Progress.SILENT);
            float[][] back = RowImages.zeros(voxels, rays);
            BackProjector.transposeOf(geometry, Progress.SILENT).backProject(identity(rays), back, Progress.SILENT);
            for (int v = 0; v < voxels; v++) {
                for (int r = 0; r < rays; r++) assertEquals(forward[r][v], back[v][r], 0f);
            }
        }
    }

    private static float[][] identity(int size) {
        float[][] rows = new float[size][size];
        for (int i = 0; i < size; i++) rows[i][i] = 1;
        return rows;
    }

    @Test
    void rayLengthsAndVoxelSumsAreRowAndColumnSumsOfTheMatrix() {
        Geometry geometry = geometry(ALL_ROUND, 8, 8, 8);
        Projector projector = new Projector(geometry, Progress.SILENT);
        float[][] matrix = RowImages.zeros(geometry.rayRows(), geometry.voxelRows());
        projector.project(identity(geometry.voxelRows()), matrix, Progress.SILENT);
        float[] lengths = projector.rayLengths();
        float[] sums = projector.voxelSums();
        long weights = 0;
        for (int r = 0; r < matrix.length; r++) {
            double sum = 0;
            for (float weight : matrix[r]) sum += weight;
            assertEquals(sum, lengths[r], 1e-5);
            for (float weight : matrix[r]) weights += weight > 0 ? 1 : 0;
        }
        for (int v = 0; v < sums.length; v++) {
            double sum = 0;
            for (float[] row : matrix) sum += row[v];
            assertEquals(sum, sums[v], 1e-5);
        }
        assertEquals(weights, projector.weights());
    }

    @Test
    void projectionAgreesWithOneRayByRayInDouble() {
        int width = 41;
        int depth = 29;
        int rays = 37;
        Geometry geometry = geometry(ALL_ROUND, rays, width, depth);
        float[][] x = TomoTesting.random(geometry.voxelRows(), 1, 3);
        double[] slice = new double[x.length];
        for (int i = 0; i < slice.length; i++) slice[i] = Math.abs(x[i][0] = Math.abs(x[i][0]));
        float[][] series = project(geometry, x);
        for (int a = 0; a < ALL_ROUND.length; a++) {
            double[] expected = TomoTesting.slowProjection(slice, width, depth, rays, ALL_ROUND[a]);
            // Sums of up to 80 floats of order 1.
            for (int u = 0; u < rays; u++) assertEquals(expected[u], series[a * rays + u][0], 1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 20, 40, 60, 90})
    void projectionOfABallIsItsChordLength(double angle) {
        int n = 128;
        double radius = 40.3;
        double[] centre = {5.2, -3.7, 9.1};
        Geometry geometry = geometry(new double[] {angle}, n, n, n);
        float[][] series = project(geometry, TomoTesting.ball(n, n, n, centre[0], centre[1], centre[2], radius));
        double cos = Math.cos(Math.toRadians(angle));
        double sin = Math.sin(Math.toRadians(angle));
        double error = 0;
        double total = 0;
        for (int u = 0; u < n; u++) {
            for (int y = 0; y < n; y++) {
                double chord = meanChord(
                        u - (n - 1) / 2.0 - centre[0] * cos - centre[2] * sin, y - (n - 1) / 2.0 - centre[1], radius);
                error += Math.pow(series[u][y] - chord, 2);
                total += chord * chord;
            }
        }
        assertTrue(Math.sqrt(error / total) <= 0.011, "relative error " + Math.sqrt(error / total));
    }

    /** Chord through a ball, averaged over a pixel as a detector does. */
    private static double meanChord(double u, double y, double radius) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
            double du = u + (i % 4 - 1.5) / 4;
            double dy = y + (i / 4 - 1.5) / 4;
            sum += 2 * Math.sqrt(Math.max(0, radius * radius - du * du - dy * dy));
        }
        return sum / 16;
    }

    @Test
    void everyProjectionHoldsTheMassOfTheVolume() {
        int n = 65;
        float[][] ball = TomoTesting.ball(n, n, n, 4, -2, 3, 21);
        double mass = 0;
        for (float[] row : ball) for (float v : row) mass += v;
        double[] angles = TomoTesting.range(-90, 7.5, 25);
        float[][] series = project(geometry(angles, n, n, n), ball);
        for (int a = 0; a < angles.length; a++) {
            double sum = 0;
            for (int u = 0; u < n; u++) for (float v : series[a * n + u]) sum += v;
            assertEquals(1, sum / mass, 1e-3, "at " + angles[a]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-80, -40, -10, 10, 40, 80})
    void voxelIsSeenAtXCosPlusZSin(double angle) {
        int n = 61;
        int x = 45;
        int z = 20;
        float[][] volume = RowImages.zeros(n * n, 1);
        volume[z * n + x][0] = 1;
        float[][] series = project(geometry(new double[] {angle}, n, n, n), volume);
        double mass = 0;
        double moment = 0;
        for (int u = 0; u < n; u++) {
            mass += series[u][0];
            moment += series[u][0] * (u - 30);
        }
        double radians = Math.toRadians(angle);
        double expected = (x - 30) * Math.cos(radians) + (z - 30) * Math.sin(radians);
        double mirrored = (x - 30) * Math.cos(radians) - (z - 30) * Math.sin(radians);
        assertEquals(expected, moment / mass, 0.5);
        assertTrue(Math.abs(mirrored - moment / mass) > 1, "the sign of the angle matters");
    }

    @Test
    void wholeRaysOnlyLeavesOutRaysThroughTheSides() {
        Geometry all = geometry(new double[] {0, 45, 80}, 40, 40, 10);
        float[] lengths = new Projector(all, Progress.SILENT).rayLengths();
        float[] whole = new Projector(all.withWholeRaysOnly(), Progress.SILENT).rayLengths();
        for (int u = 0; u < 40; u++) assertEquals(lengths[u], whole[u], "straight rays stay inside");
        for (int u = 0; u < 40; u++) {
            // At 45 degrees a ray through 9 steps of depth moves by 9 voxels along x.
            double entry = (u - 19.5 + 4.5 * Math.sqrt(0.5)) / Math.sqrt(0.5) + 19.5;
            boolean inside = entry <= 39 && entry - 9 >= 0;
            assertEquals(inside ? lengths[40 + u] : 0, whole[40 + u], 1e-6, "ray " + u);
        }
        for (int u = 0; u < 40; u++) {
            boolean steepInside =
                    Math.abs(u - 19.5) + 4.5 * Math.sin(Math.toRadians(80)) < 19.5 * Math.cos(Math.toRadians(80));
            assertEquals(steepInside, whole[80 + u] > 0, "steep ray " + u);
        }
    }

    @Test
    void bitsDoNotDependOnThreadsNorOnTheLengthOfRows() {
        Geometry geometry = geometry(TomoTesting.range(-70, 7, 21), 50, 55, 31);
        float[][] x = TomoTesting.random(geometry.voxelRows(), 300, 5);
        Projector projector = new Projector(geometry, Progress.SILENT);
        BackProjector back = BackProjector.transposeOf(geometry, Progress.SILENT);
        float[][] one = RowImages.zeros(geometry.rayRows(), 300);
        float[][] oneBack = RowImages.zeros(geometry.voxelRows(), 300);
        projector.project(x, one, TomoTesting.threads(1));
        back.backProject(one, oneBack, TomoTesting.threads(1));
        for (int threads : new int[] {2, 3, 7}) {
            float[][] many = RowImages.zeros(geometry.rayRows(), 300);
            float[][] manyBack = RowImages.zeros(geometry.voxelRows(), 300);
            projector.project(x, many, TomoTesting.threads(threads));
            back.backProject(many, manyBack, TomoTesting.threads(threads));
            for (int r = 0; r < one.length; r++) assertArrayEquals(one[r], many[r]);
            for (int r = 0; r < oneBack.length; r++) assertArrayEquals(oneBack[r], manyBack[r]);
        }
        float[][] last = new float[x.length][1];
        for (int r = 0; r < x.length; r++) last[r][0] = x[r][299];
        float[][] single = RowImages.zeros(geometry.rayRows(), 1);
        projector.project(last, single, TomoTesting.threads(2));
        for (int r = 0; r < one.length; r++) assertEquals(one[r][299], single[r][0], 0f);
    }

    @Test
    void randomGeometriesAreTransposedToo() {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            double[] angles = new double[1 + random.nextInt(6)];
            for (int a = 0; a < angles.length; a++) angles[a] = random.nextDouble() * 720 - 360;
            Geometry g = geometry(angles, 1 + random.nextInt(30), 1 + random.nextInt(30), 1 + random.nextInt(30));
            float[][] x = TomoTesting.random(g.voxelRows(), 2, i);
            float[][] y = TomoTesting.random(g.rayRows(), 2, -i);
            float[][] aty = RowImages.zeros(g.voxelRows(), 2);
            BackProjector.transposeOf(g, Progress.SILENT).backProject(y, aty, Progress.SILENT);
            double scale = TomoTesting.norm(y) * TomoTesting.norm(project(g, x)) + 1e-30;
            assertEquals(0, (TomoTesting.dot(project(g, x), y) - TomoTesting.dot(x, aty)) / scale, 1e-6);
        }
    }
}
