package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

class SimulatedSeriesTest {
    private static final double[] ANGLES = {-40, -10, 25, 60};
    private static final SimulatedSeries.Stage STILL = new SimulatedSeries.Stage(0, 0, 0);

    /** A ball of radius 9 off the centre, in a box of unequal sides. */
    private static Volume ball(int width, int height, int depth, double x, double y, double z) {
        var img = Planes.floats(width, height, depth);
        for (int k = 0; k < depth; k++) {
            for (int i = 0; i < width * height; i++) {
                double dx = i % width - (width - 1) / 2.0 - x;
                double dy = i / width - (height - 1) / 2.0 - y;
                double dz = k - (depth - 1) / 2.0 - z;
                double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
                Planes.sharedPlane(img, k)[i] = (float) Math.max(0, Math.min(1, 9.5 - r));
            }
        }
        return new Volume(img, VoxelSize.cube(2, "nm"));
    }

    private static DetectorModel bright(double electrons) {
        return new DetectorModel(electrons, 100, 0.01, 0.5, 1, 0);
    }

    @Test
    void theMeanCountFollowsThePath() {
        Volume ball = ball(41, 35, 33, 0, 0, 0);
        SimulatedSeries made = SimulatedSeries.of(ball, ANGLES, bright(20000), STILL, 1, Progress.SILENT);
        float[] counts = made.series().projection(1);
        double centre = counts[20 + 41 * 17];
        double expected = 20000 * (19 * 2 / 100.0 + 0.01); // a path of 19 pixels of 2 nm
        assertEquals(expected, centre, 6 * Math.sqrt(expected) + 0.02 * expected);
        double sum = 0;
        for (int i = 0; i < 41; i++) sum += counts[i];
        assertEquals(200, sum / 41, 4 * Math.sqrt(200.0 / 41));
    }

    @Test
    void anOffCentreBallIsSeenAtXCosPlusZSin() {
        SimulatedSeries made = SimulatedSeries.of(
                ball(61, 35, 61, 8, -3, 10), new double[] {-40, 40}, bright(1e5), STILL, 1, Progress.SILENT);
        for (int k = 0; k < 2; k++) {
            double t = Math.toRadians(k == 0 ? -40 : 40);
            double[] centre = centre(made.series().projection(k), 61, 1000);
            assertEquals(8 * Math.cos(t) + 10 * Math.sin(t), centre[0], 0.1);
            assertEquals(-3, centre[1], 0.1);
        }
    }

    /** Centre of mass of what is above the background, from the centre of the image. */
    private static double[] centre(float[] counts, int width, double background) {
        double sum = 0;
        double x = 0;
        double y = 0;
        int height = counts.length / width;
        for (int i = 0; i < counts.length; i++) {
            double mass = counts[i] > 3 * background ? counts[i] - background : 0;
            sum += mass;
            x += mass * (i % width - (width - 1) / 2.0);
            y += mass * (i / width - (height - 1) / 2.0);
        }
        return new double[] {x / sum, y / sum};
    }

    @Test
    void theTableOfMotionSaysWhereThingsAreSeen() {
        SimulatedSeries.Stage stage = new SimulatedSeries.Stage(4, 3, 10);
        SimulatedSeries made =
                SimulatedSeries.of(ball(71, 71, 31, 6, -8, 0), ANGLES, bright(1e5), stage, 5, Progress.SILENT);
        for (int k = 0; k < ANGLES.length; k++) {
            Affine motion = made.motion().get(k);
            double u = 6 * Math.cos(Math.toRadians(ANGLES[k]));
            double[] seen = centre(made.series().projection(k), 71, 1000);
            assertEquals(motion.x(u, -8), seen[0], 0.15);
            assertEquals(motion.y(u, -8), seen[1], 0.15);
        }
        // The axis leans counter-clockwise: its upper end (y below 0) is seen further left.
        assertTrue(made.motion().get(0).x(0, -10) < made.motion().get(0).x(0, 10));
    }

    @Test
    void noiseIsThatOfPoissonAndReading() {
        Volume nothing = new Volume(Planes.floats(64, 64, 3), VoxelSize.cube(1, "nm"));
        DetectorModel detector = new DetectorModel(500, 100, 0.02, 2, 1, 0); // expects 10, variance 10 + 4
        SimulatedSeries made = SimulatedSeries.of(nothing, ANGLES, detector, STILL, 3, Progress.SILENT);
        double sum = 0;
        double squares = 0;
        int n = 64 * 64 * ANGLES.length;
        for (int k = 0; k < ANGLES.length; k++) {
            for (float c : made.series().projection(k)) {
                sum += c;
                squares += (c - 10.0) * (c - 10);
            }
        }
        assertEquals(10, sum / n, 4 * Math.sqrt(14.0 / n));
        assertEquals(14, squares / n, 14 * 4 * Math.sqrt(2.5 / n));
    }

    @Test
    void theSeedDecidesAndNotTheNumberOfThreads() {
        Volume ball = ball(25, 13, 21, 0, 0, 0);
        SimulatedSeries.Stage stage = new SimulatedSeries.Stage(2, 0, 0);
        float[] one = SimulatedSeries.of(ball, ANGLES, bright(50), stage, 7, Progress.SILENT)
                .series()
                .projection(3);
        float[] same = SimulatedSeries.of(ball, ANGLES, bright(50), stage, 7, Progress.SILENT)
                .series()
                .projection(3);
        float[] other = SimulatedSeries.of(ball, ANGLES, bright(50), stage, 8, Progress.SILENT)
                .series()
                .projection(3);
        assertArrayEquals(one, same);
        assertTrue(!java.util.Arrays.equals(one, other));
    }

    @Test
    void unequalVoxelsAndNegativeDensitiesAreSentences() {
        Volume flat = new Volume(Planes.floats(5, 5, 5), new VoxelSize(1, 1, 3, "nm"));
        assertThrows(InvalidInput.class, () -> SimulatedSeries.of(flat, ANGLES, bright(5), STILL, 1, Progress.SILENT));
        var img = Planes.floats(5, 5, 5);
        Planes.sharedPlane(img, 2)[7] = -0.5f;
        Volume negative = new Volume(img, VoxelSize.cube(1, "nm"));
        InvalidInput e = assertThrows(
                InvalidInput.class, () -> SimulatedSeries.of(negative, ANGLES, bright(5), STILL, 1, Progress.SILENT));
        assertTrue(e.getMessage().contains("-0.5"), e.getMessage());
    }
}
