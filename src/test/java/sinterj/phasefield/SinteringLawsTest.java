package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.trial.Threads;

/** What sharp interfaces do, and the simulation must, too. */
class SinteringLawsTest {
    private static final double DX = TwinData.SPACING;

    private static List<Frame> run(SinterState start, Material material, double... times) {
        List<Frame> frames = new ArrayList<>();
        Course course = Course.constant(material);
        Sintering.run(start, course, times, Stepping.adaptive(), frames::add, new Threads(2));
        return frames;
    }

    private static Frame last(List<Frame> frames) {
        return frames.get(frames.size() - 1);
    }

    /** Copper whose matter moves alike everywhere: it comes to rest soonest. */
    private static Material quick(double boundary) {
        Material.Diffusion everywhere = Material.Diffusion.of(1e-16, 1e-16, 0, 0, 7.11e-6, 623.15);
        return new Material(1.35, boundary, everywhere, 2e-9, Material.Motion.none());
    }

    @ParameterizedTest
    @CsvSource({"0.6995", "1.2"})
    void aGrooveHasTheDihedralAngleOfItsEnergies(double boundary) {
        // A film of two grains; walls mirror it, so that grooves are 24 voxels apart.
        Grid grid = Grid.closed(24, 36, 1, DX, 4);
        TestStates.Field film = (x, y, z) -> TestStates.profile(grid, 17.5 - y);
        SinterState start = TestStates.of(
                grid,
                film,
                (x, y, z) -> film.at(x, y, z) * TestStates.profile(grid, 11.5 - x),
                (x, y, z) -> film.at(x, y, z) * TestStates.profile(grid, x - 11.5));
        List<Frame> frames = run(start, quick(boundary), 0, 300, 400);
        double dihedral = dihedral(last(frames));
        assertEquals(dihedral(frames.get(1)), dihedral, 0.3, "it has come to rest");
        double expected = 2 * Math.toDegrees(Math.acos(boundary / (2 * 1.35)));
        assertEquals(expected, dihedral, 6); // the interface is a third of the grain's half width; 5 degrees were seen
    }

    /** From the circle through the surface away from the groove, carried on to the boundary. */
    private static double dihedral(Frame frame) {
        double[] height = new double[24];
        for (int x = 0; x < 24; x++) {
            int y = 0;
            while (frame.density()[0][x + 24 * (y + 1)] > 0.5) y++;
            double a = frame.density()[0][x + 24 * y];
            height[x] = y + (a - 0.5) / (a - frame.density()[0][x + 24 * (y + 1)]);
        }
        // Around the wall at x = 23.5 the surface is h0 - s2/2R: fit by least squares between 1 and 9 voxels from it.
        double n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int x = 15; x < 24; x++) {
            double s = 23.5 - x;
            double q = s * s;
            n++;
            sx += q;
            sy += height[x];
            sxx += q * q;
            sxy += q * height[x];
        }
        double curvature = -2 * (n * sxy - sx * sy) / (n * sxx - sx * sx);
        return 180 - 2 * Math.toDegrees(Math.asin(12 * curvature));
    }

    @Test
    void aFinerGridChangesLessAndLess() {
        double[] energy = new double[3];
        int[] finer = {2, 3, 4};
        for (int i = 0; i < 3; i++) {
            int k = finer[i];
            double dx = 2 * DX / k;
            Grid grid = Grid.closed(22 * k, 14 * k, 1, dx, 2.0 * k); // interfaces are four DX wide on all grids
            double[][] at = {{6.5 * k, 7.0 * k, 0}, {15.2 * k, 7.0 * k, 0}};
            SinterState start = TestStates.spheres(grid, at, 4.5 * k);
            Frame end = last(run(start, TestStates.still(), 0, 8));
            energy[i] = end.energy() / dx;
        }
        double coarse = Math.abs(energy[0] - energy[2]);
        double fine = Math.abs(energy[1] - energy[2]);
        assertTrue(fine < 0.4 * coarse, fine + " of " + coarse); // a quarter if the error falls with the square
        assertEquals(1, energy[0] / energy[2], 0.01);
    }

    @Tag("proof")
    @ParameterizedTest
    @CsvSource({"4, 0.05", "5, 0.03", "6, 0.02"})
    void aBallShrinksWithItsCurvature(double width, double tolerance) {
        int n = 60;
        Grid grid = Grid.closed(n, n, n, DX, width);
        double c = (n - 1) / 2.0;
        TestStates.Field ball = (x, y, z) ->
                TestStates.profile(grid, 24 - Math.sqrt((x - c) * (x - c) + (y - c) * (y - c) + (z - c) * (z - c)));
        SinterState start = TestStates.of(grid, (x, y, z) -> 1, ball, (x, y, z) -> 1 - ball.at(x, y, z));
        Material material = TestStates.boundariesOnly();
        Coefficients k = Coefficients.of(material, grid);
        double perSecond = 4 * k.mEta() * k.ke();
        List<Frame> frames = run(start, material, TestStates.times(280 / perSecond, 4));
        double[] square = new double[2];
        for (int i = 0; i < 2; i++) {
            square[i] = Math.pow(0.75 * frames.get(1 + 2 * i).grains().get(0).volume() / Math.PI, 2.0 / 3);
        }
        double seconds = frames.get(3).seconds() - frames.get(1).seconds();
        assertEquals(1, (square[0] - square[1]) / seconds / perSecond, tolerance);
    }

    /**
     * Two cylinders by surface diffusion: neck over radius to the power of 6 or 7 should grow evenly with time (Kuczynski
     * 1949). It does not at any size that a test can afford: diffuse surfaces that touch are a neck from the start, of 0.30
     * radii for 40 voxels and 0.19 for 100, and hide the law until the neck has outgrown it. Seen is that the exponent
     * falls towards the law from above, and sooner the thinner the interface is.
     */
    @Tag("proof")
    @ParameterizedTest
    @CsvSource({"40, 1.975, 4, 7, 14", "100, 1.99, 156.25, 5, 10.5"})
    void theExponentOfNeckGrowthFallsTowardsItsLaw(int radius, double apart, double first, int doublings, double last) {
        int nx = (int) (2 * radius + apart * radius + 20) / 2 * 2;
        double middle = 0.5 * nx;
        double y = radius + 10;
        double off = 0.5 * apart * radius;
        Grid grid = Grid.closed(nx, 2 * radius + 20, 1, DX, 4);
        SinterState start =
                TestStates.spheres(grid, new double[][] {{middle - off, y, 0}, {middle + off, y, 0}}, radius);
        Material.Diffusion surface = Material.Diffusion.of(1e-21, 1e-22, 9.88e-16, 0, 7.11e-6, 623.15);
        double[] times = new double[doublings + 1];
        for (int t = 1; t < times.length; t++) times[t] = first * Math.pow(2, t - 1);
        List<Frame> frames = run(start, TestStates.still().with(surface), times);
        double before = Double.POSITIVE_INFINITY;
        for (int t = 2; t < times.length; t++) {
            double exponent = Math.log(2) / Math.log(neck(frames.get(t)) / neck(frames.get(t - 1)));
            assertTrue(exponent > 5, exponent + " at " + times[t]);
            assertTrue(exponent < before * 1.05, exponent + " after " + before);
            before = exponent;
        }
        assertTrue(before < last, "it falls to " + before);
    }

    /** Width of the neck in the middle plane where the density is a half, between voxels. */
    private static double neck(Frame frame) {
        double sum = 0;
        int nx = frame.grid().nx();
        for (int y = 0; y < frame.grid().ny(); y++) {
            sum += 0.5 * (frame.density()[0][nx / 2 - 1 + nx * y] + frame.density()[0][nx / 2 + nx * y]);
        }
        return sum;
    }
}
