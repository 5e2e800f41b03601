package sinterj.phasefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.trial.Threads;

class SinteringTest {
    private static final double DX = TwinData.SPACING;

    /** Two grains that touch along x. */
    private static SinterState pair(Grid grid, double radius) {
        double middle = 0.5 * grid.nx();
        double[][] at = {
            {middle - 0.93 * radius, 0.5 * grid.ny(), 0.5 * grid.nz()},
            {middle + 0.93 * radius, 0.5 * grid.ny(), 0.5 * grid.nz()}
        };
        return TestStates.spheres(grid, at, radius);
    }

    private static List<Frame> run(SinterState start, Material material, Stepping stepping, double... times) {
        List<Frame> frames = new ArrayList<>();
        Sintering.run(start, Course.constant(material), times, stepping, frames::add, new Threads(2));
        return frames;
    }

    private static Frame last(List<Frame> frames) {
        return frames.get(frames.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"4, 0.05", "5, 0.025", "6, 0.02"})
    void anIslandInAGrainShrinksWithItsCurvature(double width, double tolerance) {
        Grid grid = Grid.closed(96, 96, 1, DX, width);
        TestStates.Field island = (x, y, z) -> TestStates.profile(grid, 36 - Math.hypot(x - 47.5, y - 47.5));
        SinterState start = TestStates.of(grid, (x, y, z) -> 1, island, (x, y, z) -> 1 - island.at(x, y, z));
        Material material = TestStates.boundariesOnly();
        Coefficients c = Coefficients.of(material, grid);
        double perSecond = 2 * c.mEta() * c.ke();
        List<Frame> frames = run(start, material, Stepping.adaptive(), TestStates.times(760 / perSecond, 5));
        double before = frames.get(1).grains().get(0).volume() / Math.PI;
        double after = frames.get(4).grains().get(0).volume() / Math.PI;
        double seconds = frames.get(4).seconds() - frames.get(1).seconds();
        assertEquals(1, (before - after) / seconds / perSecond, tolerance);
    }

    @Test
    void aBallInAGrainShrinksTwiceAsFast() {
        Grid grid = Grid.closed(48, 48, 48, DX, 5);
        TestStates.Field ball = (x, y, z) ->
                TestStates.profile(grid, 18 - Math.sqrt(square(x - 23.5) + square(y - 23.5) + square(z - 23.5)));
        SinterState start = TestStates.of(grid, (x, y, z) -> 1, ball, (x, y, z) -> 1 - ball.at(x, y, z));
        Material material = TestStates.boundariesOnly();
        Coefficients c = Coefficients.of(material, grid);
        double perSecond = 4 * c.mEta() * c.ke();
        List<Frame> frames = run(start, material, Stepping.adaptive(), TestStates.times(150 / perSecond, 4));
        double fall = radiusSquared(frames.get(1)) - radiusSquared(frames.get(3));
        assertEquals(1, fall / (frames.get(3).seconds() - frames.get(1).seconds()) / perSecond, 0.03);
    }

    private static double radiusSquared(Frame frame) {
        return Math.pow(0.75 * frame.grains().get(0).volume() / Math.PI, 2.0 / 3);
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void flatInterfacesHaveTheEnergiesOfTheMaterialAndStay() {
        // Two grains, each half of the solid, and gas at both ends: two surfaces and a boundary, one voxel squared
        // each.
        Grid grid = Grid.closed(96, 1, 1, DX, 6);
        TestStates.Field solid = (x, y, z) -> TestStates.profile(grid, x - 23.5) * TestStates.profile(grid, 71.5 - x);
        SinterState start = TestStates.of(
                grid,
                solid,
                (x, y, z) -> solid.at(x, y, z) * TestStates.profile(grid, 47.5 - x),
                (x, y, z) -> solid.at(x, y, z) * TestStates.profile(grid, x - 47.5));
        Material material = TestStates.still();
        List<Frame> frames = run(start, material, Stepping.adaptive(), TestStates.times(100, 2));
        double expected = (2 * material.gammaSurface() + material.gammaBoundary()) * DX * DX;
        assertEquals(1, frames.get(0).energy() / expected, 0.01); // the grid's error at six voxels
        assertEquals(1, frames.get(1).energy() / expected, 0.01);
        assertEquals(
                frames.get(0).grains().get(0).volume(),
                frames.get(1).grains().get(0).volume(),
                0.05);
    }

    @Test
    void matterIsKept() {
        Grid grid = Grid.closed(40, 28, 26, DX, 4);
        List<Frame> frames = run(pair(grid, 9), Material.copper(), Stepping.adaptive(), TestStates.times(40, 5));
        for (Frame frame : frames) assertEquals(1, frame.mass() / frames.get(0).mass(), 1e-8);
    }

    @Test
    void matterIsKeptByManySmallSteps() {
        Grid grid = Grid.closed(40, 24, 1, DX, 4);
        List<Frame> frames = run(pair(grid, 9), Material.copper(), Stepping.euler(0.002), TestStates.times(20, 2));
        assertEquals(1, frames.get(1).mass() / frames.get(0).mass(), 1e-8);
    }

    @Test
    void theFreeEnergyNeverRisesWhileGrainsRest() {
        Grid grid = Grid.closed(40, 28, 26, DX, 4);
        List<Frame> frames = run(pair(grid, 9), TestStates.still(), Stepping.adaptive(), TestStates.times(60, 61));
        for (int t = 1; t < frames.size(); t++) {
            double rise = frames.get(t).energy() - frames.get(t - 1).energy();
            assertTrue(rise <= 0, "rises by " + rise + " to frame " + t);
        }
        assertTrue(last(frames).energy() < 0.96 * frames.get(0).energy());
    }

    @Test
    void adaptiveStepsAgreeWithSmallStepsOfEuler() {
        Grid grid = Grid.closed(40, 28, 26, DX, 4);
        SinterState start = pair(grid, 9);
        for (Material material : List.of(Material.copper(), TestStates.still())) {
            List<Frame> adaptive = run(start, material, Stepping.adaptive(), 0, 12);
            List<Frame> small = run(start, material, Stepping.euler(0.004), 0, 12);
            assertTrue(adaptive.get(1).evaluations() < 0.2 * small.get(1).evaluations());
            assertEquals(0, relativeError(adaptive, small), 0.01);
        }
    }

    /** Norm of the difference in density at the end, over the norm of the whole change. */
    static double relativeError(List<Frame> frames, List<Frame> reference) {
        double error = 0;
        double change = 0;
        for (int z = 0; z < reference.get(0).density().length; z++) {
            for (int i = 0; i < reference.get(0).density()[z].length; i++) {
                error += square(last(frames).density()[z][i] - last(reference).density()[z][i]);
                change += square(
                        last(reference).density()[z][i] - reference.get(0).density()[z][i]);
            }
        }
        return Math.sqrt(error / change);
    }

    @Test
    void aFlatSimulationIsThatOfItsExtrusion() {
        Grid flat = Grid.closed(40, 24, 1, DX, 4);
        Grid thick = new Grid(40, 24, 5, DX, 4, false, false, true);
        SinterState start = pair(flat, 9);
        TestStates.Field rho = (x, y, z) -> start.density()[0][x + 40 * y];
        SinterState extruded = TestStates.of(thick, rho, grain(start, 0), grain(start, 1));
        Frame one = last(run(start, Material.copper(), Stepping.euler(0.02), 0, 10));
        Frame many = last(run(extruded, Material.copper(), Stepping.euler(0.02), 0, 10));
        for (int z = 0; z < 5; z++) assertArrayEquals(one.density()[0], many.density()[z], 2e-5f);
    }

    private static TestStates.Field grain(SinterState state, int g) {
        SinterState.Grain grain = state.grains().get(g);
        return (x, y, z) -> {
            int i = x - grain.from()[0];
            int j = y - grain.from()[1];
            boolean inside = i >= 0 && j >= 0 && i < grain.size()[0] && j < grain.size()[1];
            return inside ? grain.values()[i + grain.size()[0] * j] : 0;
        };
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        Grid grid = Grid.closed(41, 28, 27, DX, 4);
        SinterState start = pair(grid, 9);
        Frame one = last(Sintering.run(start, Material.copper(), new double[] {0, 5}, new Threads(1)));
        for (int threads : new int[] {2, 3, 7}) {
            Frame other = last(Sintering.run(start, Material.copper(), new double[] {0, 5}, new Threads(threads)));
            assertTrue(java.util.Arrays.deepEquals(one.density(), other.density()));
            assertEquals(one.grains(), other.grains());
            assertEquals(one.contacts(), other.contacts());
            assertEquals(one.energy(), other.energy());
        }
    }

    @Test
    void aSymmetricPairStaysSymmetricAndApproaches() {
        Grid grid = Grid.closed(40, 26, 26, DX, 4);
        List<Frame> frames = run(pair(grid, 9), Material.copper(), Stepping.adaptive(), TestStates.times(20, 3));
        for (Frame frame : frames) {
            for (float[] plane : frame.density()) {
                for (int y = 0; y < 26; y++) {
                    for (int x = 0; x < 20; x++) {
                        float left = plane[x + 40 * y];
                        assertEquals(left, plane[39 - x + 40 * y], 2e-4, "along x");
                        assertEquals(left, plane[x + 40 * (25 - y)], 2e-4, "along y");
                    }
                }
            }
        }
        double before = frames.get(0).contacts().get(0).distance();
        double rest = last(run(pair(grid, 9), TestStates.still(), Stepping.adaptive(), 0, 20))
                .contacts()
                .get(0)
                .distance();
        assertTrue(last(frames).contacts().get(0).distance() < rest, "motion brings the centres nearer");
        assertTrue(rest < before);
    }

    @Test
    void aNeckGrows() {
        Grid grid = Grid.closed(58, 36, 36, DX, 4);
        List<Frame> frames = run(pair(grid, 12), Material.copper(), Stepping.adaptive(), TestStates.times(50, 6));
        for (int t = 1; t < frames.size(); t++) {
            double growth = frames.get(t).contacts().get(0).area()
                    - frames.get(t - 1).contacts().get(0).area();
            assertTrue(growth >= 0, "grows by " + growth + " to frame " + t);
        }
        double[] radii = {0.572, 0.645}; // of voxels denser than a half in the middle plane, over the grain's radius
        assertEquals(radii[0], frames.get(0).contacts().get(0).radius(false) / 12, 0.01);
        assertEquals(radii[1], last(frames).contacts().get(0).radius(false) / 12, 0.01);
    }

    @Test
    void forcesOfAPairCancelAndTorquesOfASymmetricOneVanish() {
        Grid grid = Grid.closed(40, 26, 26, DX, 4);
        Store store = new Store(pair(grid, 9), true);
        BodyMotion motion = new BodyMotion(store);
        motion.findContacts(Progress.SILENT);
        Material material = Material.copper();
        motion.measure(Store.STATE, material.motion(), Coefficients.of(material, grid), Progress.SILENT);
        GrainBox one = store.boxes[0];
        GrainBox two = store.boxes[1];
        assertTrue(one.velocity[0] > 0, "the left grain goes right");
        for (int axis = 0; axis < 3; axis++) {
            double sum = one.velocity[axis] * one.volume + two.velocity[axis] * two.volume;
            assertEquals(0, sum, 1e-10 * Math.abs(one.velocity[0] * one.volume));
            assertEquals(0, one.spin[axis], 1e-4 * Math.abs(one.velocity[0]));
        }
    }

    @Test
    void aPeriodicBoxMayBeShiftedAtWill() {
        Grid grid = new Grid(36, 32, 30, DX, 4, true, true, true);
        double[][] here = {{9, 16, 15}, {25, 16, 15}};
        double[][] there = {{9 + 20, 16 + 14, 15 - 15}, {25 + 20 - 36, 16 + 14, 0}};
        // Small steps, so that rounding cannot lead to other ones.
        Stepping small = Stepping.euler(0.02);
        Frame a = last(run(TestStates.spheres(grid, here, 8.3), Material.copper(), small, 0, 2));
        Frame b = last(run(TestStates.spheres(grid, there, 8.3), Material.copper(), small, 0, 2));
        for (int z = 0; z < 30; z++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 36; x++) {
                    float shifted = b.density()[(z + 15) % 30][(x + 20) % 36 + 36 * ((y + 14) % 32)];
                    assertEquals(a.density()[z][x + 36 * y], shifted, 1e-5);
                }
            }
        }
        assertEquals(2, a.contacts().size() + b.contacts().size());
    }

    @Test
    void aStepThatIsTooLongIsRefusedWithTheBound() {
        Grid grid = Grid.closed(40, 24, 1, DX, 4);
        InvalidInput refused = assertThrows(
                InvalidInput.class, () -> run(pair(grid, 9), TestStates.still(), Stepping.euler(5), 0, 10));
        assertTrue(refused.getMessage().contains("Give at most 0."), refused.getMessage());
    }

    @Test
    void unphysicalEnergiesAreRefused() {
        InvalidInput refused =
                assertThrows(InvalidInput.class, () -> Material.copper().withEnergies(1, 1.8));
        assertTrue(refused.getMessage().contains("12/7"), refused.getMessage());
    }

    @Test
    void aRunThatIsTakenUpAgainHasTheSameBits() {
        Grid grid = Grid.closed(40, 28, 26, DX, 4);
        double[] times = TestStates.times(12, 5);
        Course course = Course.constant(Material.copper());
        List<Frame> whole = new ArrayList<>();
        List<SinterRun.RestartPoint> points = new ArrayList<>();
        new SinterRun(pair(grid, 9), course, times, Stepping.adaptive(), new Threads(2))
                .to(whole::add, point -> points.add(point.get()));
        List<Frame> rest = new ArrayList<>();
        new SinterRun(points.get(1), course, times, Stepping.adaptive(), new Threads(1)).to(rest::add, point -> {});
        assertEquals(3, rest.size());
        assertTrue(java.util.Arrays.deepEquals(last(whole).density(), last(rest).density()));
        assertEquals(last(whole).grains(), last(rest).grains());
        assertEquals(last(whole).mass(), last(rest).mass());
    }
}
