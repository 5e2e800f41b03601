package sinterj.tomo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.math.Fourier;
import sinterj.tomo.FourierShells.Direction;

class FourierShellsTest {
    private static final int[] SIZE = {90, 80, 72};
    private static final VoxelSize VOXEL = VoxelSize.cube(2, "nm");
    private static final double[] TILTS = TomoTesting.range(-40, 2, 41);

    /** White noise of unit variance as pairs of numbers. */
    private static double[] white(long seed) {
        Random random = new Random(seed);
        double[] complex = new double[2 * SIZE[0] * SIZE[1] * SIZE[2]];
        for (int i = 0; i < complex.length; i += 2) complex[i] = random.nextGaussian();
        return complex;
    }

    private static Volume volume(double[] signal, double[] noise, double level) {
        int pixels = SIZE[0] * SIZE[1];
        var img = Planes.floats(SIZE[0], SIZE[1], SIZE[2]);
        for (int z = 0; z < SIZE[2]; z++) {
            float[] plane = Planes.sharedPlane(img, z);
            for (int i = 0; i < pixels; i++) {
                int at = 2 * (z * pixels + i);
                plane[i] = (float) (7 + signal[at] + level * noise[at]);
            }
        }
        return new Volume(img, VOXEL);
    }

    /** Smooths along x, y and z by Gaussians of so many nm. */
    private static double[] blurred(double[] complex, double... sigmaNm) {
        double[] out = complex.clone();
        Fourier fourier = new Fourier(SIZE);
        fourier.forward(out);
        for (int i = 0; i < out.length / 2; i++) {
            int[] place = {i % SIZE[0], i / SIZE[0] % SIZE[1], i / SIZE[0] / SIZE[1]};
            double exponent = 0;
            for (int d = 0; d < 3; d++) {
                double f = Fourier.frequency(place[d], SIZE[d]) / (SIZE[d] * 2.0);
                exponent += Math.pow(Math.PI * f * sigmaNm[d], 2) * 2;
            }
            out[2 * i] *= Math.exp(-exponent);
            out[2 * i + 1] *= Math.exp(-exponent);
        }
        fourier.inverse(out);
        return out;
    }

    private static FourierShells compare(Volume a, Volume b) {
        return FourierShells.of(a, b, TILTS, Progress.SILENT);
    }

    @Test
    void equalVolumesCorrelateByOneDownToTwoVoxels() {
        double[] noise = white(1);
        Volume volume = volume(noise, noise, 0);
        FourierShells shells = compare(volume, volume);
        for (Direction direction : Direction.values()) {
            for (double c : shells.correlation(direction)) if (!Double.isNaN(c)) assertEquals(1, c, 1e-9);
            assertEquals(4, shells.resolution(direction, FourierShells.USUAL), "voxels are the limit");
        }
        assertEquals(45, shells.frequencies().length);
        assertEquals(1 / 180.0, shells.frequencies()[0], 1e-12);
    }

    @Test
    void independentNoiseDoesNotCorrelate() {
        double[] zero = new double[2 * SIZE[0] * SIZE[1] * SIZE[2]];
        FourierShells shells = compare(volume(zero, white(1), 1), volume(zero, white(2), 1));
        double[] all = shells.correlation(Direction.ALL);
        // 4 pi s^2 frequencies in a shell, in pairs, a little correlated by the fading at the border.
        for (int s = 4; s < all.length; s++) {
            double deviation = 1 / Math.sqrt(2 * Math.PI * s * s);
            assertTrue(Math.abs(all[s]) < 6 * deviation, "shell " + s + ": " + all[s]);
        }
    }

    /** Signal of variance S in noise of variance N correlates by S / (S + N) in every direction. */
    @Test
    void knownNoiseGivesKnownCorrelation() {
        double[] signal = white(3);
        double level = Math.sqrt(2);
        FourierShells shells = compare(volume(signal, white(4), level), volume(signal, white(5), level));
        for (Direction direction : Direction.values()) {
            double sum = 0;
            int count = 0;
            double[] correlation = shells.correlation(direction);
            for (int s = 9; s < correlation.length; s++) {
                sum += correlation[s];
                count++;
            }
            assertEquals(1 / 3.0, sum / count, 0.03, direction.toString());
        }
        Volume twice = volume(signal, white(4), level);
        for (int z = 0; z < SIZE[2]; z++) {
            float[] plane = twice.plane(z);
            for (int i = 0; i < plane.length; i++) plane[i] = 3 * plane[i] + 11;
        }
        double[] scaled = compare(twice, volume(signal, white(5), level)).correlation(Direction.ALL);
        for (int s = 0; s < scaled.length; s++)
            assertEquals(shells.correlation(Direction.ALL)[s], scaled[s], 1e-4, "scale and level do not matter");
    }

    /**
     * White signal smoothed by a Gaussian of s along one axis keeps exp(-4 pi^2 s^2 f^2 m^2) of its power where the
     * frequency f leans by the angle of cosine m from that axis. Over a cone of 30 degrees around it m is spread evenly.
     */
    @Test
    void blurAlongOneAxisLowersTheResolutionAlongItAlone() {
        double noise = 0.1;
        for (int axis = 0; axis < 3; axis++) {
            double[] sigma = {0, 0, 0};
            sigma[axis] = 3;
            double[] signal = blurred(white(6), sigma);
            FourierShells shells = compare(volume(signal, white(7), noise), volume(signal, white(8), noise));
            Direction[] axes = {Direction.X, Direction.Y, Direction.Z};
            for (double level : new double[] {FourierShells.USUAL, FourierShells.STRICT}) {
                double found = shells.resolution(axes[axis], level);
                assertEquals(expected(3, noise * noise, level), found, 0.06 * found, axes[axis] + " at " + level);
                for (int other = 0; other < 3; other++) {
                    if (other != axis)
                        assertTrue(shells.resolution(axes[other], level) < 0.8 * found, "" + axes[other]);
                }
            }
            if (axis == 2) {
                double[] missing = shells.correlation(Direction.MISSING);
                double[] seen = shells.correlation(Direction.SEEN);
                for (int s = 20; s < seen.length; s++) assertTrue(missing[s] < seen[s], "shell " + s);
            }
        }
    }

    private static double expected(double sigma, double noise, double level) {
        double f = 0.01;
        for (; ; f += 1e-5) {
            double power = 0;
            double least = Math.cos(Math.toRadians(30));
            for (int i = 0; i < 200; i++) {
                double m = least + (i + 0.5) / 200 * (1 - least);
                power += Math.exp(-Math.pow(2 * Math.PI * sigma * f * m, 2)) / 200;
            }
            if (power / (power + noise) < level) return 1 / f;
        }
    }

    /** Tilts to 40 degrees leave out 100 of 180 degrees around the axis. */
    @Test
    void theWedgeTakesItsPartOfTheFrequencies() {
        Volume volume = volume(white(1), white(1), 0);
        Table table = compare(volume, volume).table(2.4);
        double missing = table.number(5, "frequencies");
        // Equal volumes agree down to two voxels, but along z and in the wedge nothing was seen.
        for (int row = 0; row < 6; row++) {
            assertEquals(4, table.number(row, "agreement"));
            assertEquals(row == 3 || row == 5 ? 2.4 * 4 : 4, table.number(row, "resolution"), 1e-12);
        }
        assertEquals(0, table.number(3, "seen"));
        assertEquals(1, table.number(1, "seen"), 0.05);
        assertEquals((180 - 80 - 3) / 180.0, missing, 0.03);
        assertEquals(1, missing + table.number(4, "frequencies"), 1e-12);
        SeenDirections seen = new SeenDirections(TILTS);
        assertTrue(seen.contains(1, 0) && seen.contains(0, 0) && seen.contains(-1, -Math.tan(Math.toRadians(39))));
        assertTrue(!seen.contains(0, 1) && !seen.contains(1, 1) && !seen.contains(1, -Math.tan(Math.toRadians(45))));
        SeenDirections round = new SeenDirections(TomoTesting.range(-90, 2, 90));
        for (int k = 0; k < 360; k++) {
            assertTrue(round.contains(Math.cos(Math.toRadians(k)), Math.sin(Math.toRadians(k))));
        }
    }

    @Test
    void unequalSizesAndTooManyVoxelsAreRefused() {
        Volume one = new Volume(Planes.floats(5, 4, 3), VOXEL);
        Volume other = new Volume(Planes.floats(5, 4, 4), VOXEL);
        assertThrows(InvalidInput.class, () -> compare(one, other));
        InvalidInput large = assertThrows(InvalidInput.class, () -> FourierShells.requireSize(2048, 2048, 2048));
        assertTrue(large.getMessage().contains("Crop or bin"), large.getMessage());
        // An empty volume agrees with nothing.
        assertTrue(Double.isNaN(compare(one, one).resolution(Direction.ALL, 0.143)));
    }
}
