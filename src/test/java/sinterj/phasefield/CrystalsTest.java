package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.trial.Threads;

class CrystalsTest {
    private static final double DX = TwinData.SPACING;
    private static final SurfaceEnergy BA122 = new SurfaceEnergy(0.904761, 0.357761, 0.404239, 0.04);

    /** Energy that is convex, 0.8 for c and 1 across. */
    private static final SurfaceEnergy MILD = new SurfaceEnergy(1, 0.2, 0, 0);

    private static final Orientation C_ALONG_X = new Orientation(0, 1, 0, 0, 0, 1, 1, 0, 0);
    private static final Orientation C_ALONG_Y = new Orientation(0, 0, 1, 1, 0, 0, 0, 1, 0);

    private static Material material() {
        Material.Diffusion everywhere = Material.Diffusion.of(1e-16, 1e-16, 1e-15, 0, 7.11e-6, 623.15);
        return new Material(1, 0.4, everywhere, 6.54e-10, Material.Motion.none());
    }

    private static List<Frame> run(SinterState start, Crystals crystals, int threads, double... times) {
        List<Frame> frames = new ArrayList<>();
        Course course = Course.constant(material());
        SinterRun.RestartPoint from = new SinterRun.RestartPoint(start, 0, 0);
        new SinterRun(from, course, times, crystals, Stepping.adaptive(), new Threads(threads))
                .to(frames::add, point -> {});
        return frames;
    }

    private static Crystals of(SurfaceEnergy energy, Orientation... orientations) {
        Map<Integer, Orientation> all = new java.util.HashMap<>();
        for (int i = 0; i < orientations.length; i++) all.put(i + 1, orientations[i]);
        return new Crystals(energy, Symmetry.TETRAGONAL, 15, all);
    }

    @Test
    void anEnergyThatIsConvexStaysAsItIs() {
        ConvexEnergy convex = new ConvexEnergy(MILD);
        float[] xi = new float[3];
        for (double[] n : SurfaceEnergy.normals(7)) {
            double expected = 0.98 * MILD.of(n) + 0.02 * convex.mean;
            assertEquals(expected, convex.at(n, xi), 2e-3);
        }
        assertEquals(1, new ConvexEnergy(new SurfaceEnergy(1, 0, 0, 0)).at(new double[] {0.6, 0, 0.8}, xi), 1e-4);
    }

    @Test
    void theEnergyOfBa122IsMadeConvex() {
        ConvexEnergy convex = new ConvexEnergy(BA122);
        assertTrue(convex.softest > -0.05, "stiffness down to " + convex.softest);
        float[] xi = new float[3];
        float[] other = new float[3];
        for (double[] n : SurfaceEnergy.normals(5)) {
            double gamma = convex.at(n, xi);
            assertTrue(gamma < BA122.of(n) + 0.025, "nowhere more than mixing and rounding add");
            // xi is the gradient: the energy of every other normal m is at least xi m.
            for (double[] m : SurfaceEnergy.normals(15)) {
                double along = xi[0] * m[0] + xi[1] * m[1] + xi[2] * m[2];
                assertTrue(convex.at(m, other) >= along - 4e-3);
            }
        }
        assertEquals(0.547, convex.at(new double[] {0, 0, 1}, xi), 0.012);
        // (100) is missing: a surface made of two others has less energy.
        assertEquals(1.15, convex.at(new double[] {1, 0, 0}, xi), 0.01);
    }

    @Test
    void aCrystalBecomesItsWulffShape() {
        Grid grid = Grid.closed(36, 36, 1, DX, 4);
        SinterState start = TestStates.spheres(grid, new double[][] {{18, 18, 0}}, 12);
        List<Frame> frames = run(start, of(MILD, C_ALONG_Y), 1, TestStates.times(760, 5));
        for (int t = 1; t < frames.size(); t++) {
            double rise = frames.get(t).energy() / frames.get(t - 1).energy() - 1;
            assertTrue(rise <= 2e-5, "rises by " + rise); // near its end, by the rounding of directions
        }
        Frame end = frames.get(4);
        assertEquals(1, end.mass() / frames.get(0).mass(), 1e-8);
        // Without the derivative by the normal it would be 1.07.
        assertEquals(0.8, extent(end, 1) / extent(end, 0), 0.02);
    }

    /** Sum of the density along a line through the middle. */
    private static double extent(Frame frame, int axis) {
        Grid g = frame.grid();
        double sum = 0;
        int[] at = {g.nx() / 2, g.ny() / 2, g.nz() / 2};
        for (at[axis] = 0; at[axis] < g.size(axis); at[axis]++) sum += frame.density()[at[2]][at[0] + g.nx() * at[1]];
        return sum;
    }

    @Test
    void aTurnedCrystalGoesTheSameWayTurned() {
        Grid grid = Grid.closed(26, 26, 26, DX, 4);
        SinterState start = TestStates.spheres(grid, new double[][] {{13, 13, 13}}, 8);
        Frame z = last(run(start, of(BA122, Orientation.ALONG_AXES), 2, 0, 4));
        Frame x = last(run(start, of(BA122, C_ALONG_X), 2, 0, 4));
        Frame y = last(run(start, of(BA122, C_ALONG_Y), 2, 0, 4));
        assertTrue(extent(z, 2) < extent(z, 0) - 0.02, "c is the short axis: " + extent(z, 2) + ", " + extent(z, 0));
        for (int i = 0; i < 26; i++) {
            for (int j = 0; j < 26; j++) {
                for (int k = 0; k < 26; k++) {
                    float here = z.density()[k][i + 26 * j];
                    assertEquals(here, x.density()[j][k + 26 * i], 1e-4);
                    assertEquals(here, y.density()[i][j + 26 * k], 1e-4);
                }
            }
        }
    }

    private static Frame last(List<Frame> frames) {
        return frames.get(frames.size() - 1);
    }

    @Test
    void aLowAngleBoundaryHasItsEnergy() {
        Grid grid = Grid.closed(96, 1, 1, DX, 6);
        TestStates.Field solid = (x, y, z) -> TestStates.profile(grid, x - 23.5) * TestStates.profile(grid, 71.5 - x);
        SinterState start = TestStates.of(
                grid,
                solid,
                (x, y, z) -> solid.at(x, y, z) * TestStates.profile(grid, 47.5 - x),
                (x, y, z) -> solid.at(x, y, z) * TestStates.profile(grid, x - 47.5));
        Crystals crystals = of(MILD, Orientation.bunge(0, 90, 0), Orientation.bunge(5, 90, 0));
        List<Frame> frames = run(start, crystals, 1, 0, 2);
        double boundary = 0.4 * Symmetry.readShockley(5, 15);
        // The normal is along a in the first grain, 5 degrees from it in the second: energies 1 and 0.9985.
        double expected = (2 * (0.98 * 1 + 0.02 * 14 / 15) + boundary) * DX * DX;
        assertEquals(1, frames.get(0).energy() / expected, 0.015); // the grid's error at six voxels, and tails
        assertEquals(1, frames.get(1).energy() / expected, 0.015);
    }

    @Test
    void bitsAreTheSameForAnyThreadsAndAfterARestart() {
        Grid grid = Grid.closed(34, 23, 22, DX, 4);
        SinterState start = TestStates.spheres(grid, new double[][] {{10, 11, 11}, {23.5, 12, 11}}, 7.2);
        Crystals crystals = Crystals.random(BA122, start.grains(), 7);
        List<Frame> one = run(start, crystals, 1, 0, 0.2, 0.4);
        assertEquals(1, last(one).mass() / one.get(0).mass(), 1e-8);
        assertTrue(Arrays.deepEquals(
                last(one).density(), last(run(start, crystals, 3, 0, 0.2, 0.4)).density()));
        List<SinterRun.RestartPoint> points = new ArrayList<>();
        Course course = Course.constant(material());
        double[] times = {0, 0.2, 0.4};
        new SinterRun(
                        new SinterRun.RestartPoint(start, 0, 0),
                        course,
                        times,
                        crystals,
                        Stepping.adaptive(),
                        Progress.SILENT)
                .to(frame -> true, point -> points.add(point.get()));
        List<Frame> rest = new ArrayList<>();
        new SinterRun(points.get(1), course, times, crystals, Stepping.adaptive(), Progress.SILENT)
                .to(rest::add, point -> {});
        assertTrue(Arrays.deepEquals(last(one).density(), last(rest).density()));
        assertEquals(last(one).energy(), last(rest).energy());
    }

    @Test
    void aHeapTakesLongStepsAndIsRight() {
        Grid grid = Grid.closed(44, 44, 42, 2e-7, 4);
        double[] box = {44 * 2e-7, 44 * 2e-7, 42 * 2e-7};
        SinterState start = StartFromSpheres.of(grid, Packing.hexagonal(4, 1.6e-6, box), Progress.SILENT);
        assertEquals(4, start.grains().size());
        Crystals crystals = Crystals.random(BA122, start.grains(), 1);
        List<Frame> usual = heap(start, crystals, Stepping.ofCrystals());
        List<Frame> exact = heap(start, crystals, Stepping.adaptive(0.01));
        assertTrue(last(usual).evaluations() < 400, last(usual).evaluations() + " evaluations");
        assertEquals(0, SinteringTest.relativeError(usual, exact), 0.01);
        assertTrue(last(usual).energy() < 0.97 * usual.get(0).energy());
    }

    private static List<Frame> heap(SinterState start, Crystals crystals, Stepping stepping) {
        Material.Diffusion diffusion = new Material.Diffusion(8.46e-23, 8.46e-24, 4.23e-21, 4.23e-22);
        Material material = new Material(1.35, 0.6995, diffusion, 1e-8, Material.Motion.none());
        List<Frame> frames = new ArrayList<>();
        SinterRun.RestartPoint from = new SinterRun.RestartPoint(start, 0, 0);
        new SinterRun(from, Course.constant(material), new double[] {0, 100}, crystals, stepping, new Threads(2))
                .to(frames::add, point -> {});
        return frames;
    }

    @Test
    void whatCannotBeIsRefused() {
        Grid grid = Grid.closed(30, 30, 1, DX, 4);
        SinterState start = TestStates.spheres(grid, new double[][] {{15, 15, 0}}, 9);
        String low = refusal(start, of(new SurfaceEnergy(0.2, 0, 0, 0), Orientation.ALONG_AXES));
        assertTrue(low.contains("12/7 of the least surface energy"), low);
        assertTrue(refusal(start, of(new SurfaceEnergy(0.2, 0.5, 0, 0), Orientation.ALONG_AXES))
                .contains("above 0"));
        assertTrue(refusal(start, of(MILD)).contains("has no orientation"));
    }

    private static String refusal(SinterState start, Crystals crystals) {
        return assertThrows(InvalidInput.class, () -> run(start, crystals, 1, 0, 1))
                .getMessage();
    }
}
