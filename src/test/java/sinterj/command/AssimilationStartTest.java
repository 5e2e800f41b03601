package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.assimilate.ForwardModel;
import sinterj.assimilate.Observation;
import sinterj.assimilate.SphereFit;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.LabelVolume;
import sinterj.image.Phantoms;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.phasefield.Grid;
import sinterj.phasefield.SinterState;

class AssimilationStartTest {
    private static final VoxelSize SIX = VoxelSize.cube(6, "nm");
    private static final double NM = 1e-9;

    /** Centre and half axes of ellipsoids, in voxels. */
    private static Volume ellipsoids(int size, boolean labels, double[]... all) {
        return Phantoms.volume(size, size, size, SIX, (x, y, z) -> {
            int found = 0;
            for (int k = 0; k < all.length; k++) {
                double u = (x + 0.5 - all[k][0]) / all[k][3];
                double v = (y + 0.5 - all[k][1]) / all[k][4];
                double w = (z + 0.5 - all[k][2]) / all[k][5];
                if (u * u + v * v + w * w < 1) found = k + 1;
            }
            return labels || found == 0 ? found : 255;
        });
    }

    private static double[] ball(double x, double y, double z, double r) {
        return new double[] {x, y, z, r, r, r};
    }

    private static Frames twice(Volume seen) {
        return Frames.of("seen", List.of(seen, seen)).withTimes(FrameTimes.regular(2, 60));
    }

    private static Inputs inputs(int size, double[]... all) {
        return Inputs.of(twice(ellipsoids(size, false, all)))
                .with("labels", Frames.of("labels", ellipsoids(size, true, all)));
    }

    private static SinteringRuns runs(Inputs in, Map<String, Object> more) {
        Map<String, Object> given = new HashMap<>(Map.of("estimate", "d_surface:1e-17:1e-15"));
        given.putAll(more);
        AssimilateSintering.Settings settings =
                Call.of(new AssimilateSintering(), given).settings();
        Observation seen = Observation.of(in.frames("input"), null, null, Progress.SILENT);
        int[] size = {seen.width(), seen.height(), seen.depth()};
        return new SinteringRuns(in, settings, size, new double[] {6 * NM, 6 * NM, 6 * NM}, seen, Progress.SILENT);
    }

    private static AssimilationStart start(Inputs in) {
        return runs(in, Map.of()).start();
    }

    @Test
    void whetherParticlesAreSpheresIsDecidedOnceForAllWidths() {
        double[] long1 = {13, 13, 13, 8.9, 7, 5.9};
        LabelVolume labels = LabelVolume.of(ellipsoids(26, true, long1));
        double narrow = SphereFit.all(labels, 2.7, 0).get(0).off();
        double wide = SphereFit.all(labels, 6, 0).get(0).off();
        assertTrue(Math.min(narrow, wide) < 0.7 && Math.max(narrow, wide) > 0.7, narrow + " and " + wide);
        for (double usual : new double[] {2.7, 6}) {
            String estimate = "d_surface:1e-17:1e-15 interface_px:2.7:6";
            SinteringRuns runs = runs(inputs(26, long1), Map.of("estimate", estimate, "interface_px", usual));
            AssimilationStart start = runs.start();
            for (double width : new double[] {2.7, 4, 6}) {
                AssimilationStart other = start.withInterface(width * 6 * NM);
                assertEquals(start.spheres() == null, other.spheres() == null, "usual " + usual + ", now " + width);
                assertEquals(start.words(), other.words());
                for (ForwardModel drawn : runs.drawn()) {
                    drawn.run(
                            Map.of("interface_px", width, "d_surface", 1e-16),
                            (frame, density) -> false,
                            Progress.SILENT);
                }
            }
        }
    }

    @Test
    void aSpeckIsLeftOutInPlaceOfRefusingAll() {
        AssimilationStart start = start(inputs(32, ball(10, 10, 10, 6.5), ball(22, 21, 20, 6.3), ball(25, 6, 25, 1.9)));
        assertEquals(2, start.spheres().size());
        assertTrue(start.words().contains("left out: label 3."), start.words());
        // It must have room for the widest interface that may be tried, not only for the usual one.
        Map<String, Object> wider = Map.of("estimate", "d_surface:1e-17:1e-15 interface_px:3:12.8");
        AssimilationStart wide = runs(inputs(32, ball(10, 10, 10, 6.7), ball(22, 21, 20, 6.1)), wider)
                .start();
        assertEquals(1, wide.spheres().size());
    }

    @Test
    void oneRodAmongSpheresKeepsAllLabelsAsTheyAre() {
        double[][] many = new double[11][];
        for (int k = 0; k < 11; k++) many[k] = ball(8 + 16 * (k % 2), 8 + 16 * (k / 2 % 2), 8 + 16 * (k / 4), 5.5);
        assertEquals(11, start(inputs(48, many)).spheres().size());
        many[3] = new double[] {24, 24, 8, 9, 4, 4};
        AssimilationStart start = start(inputs(48, many));
        assertNull(start.spheres());
        assertTrue(start.words().contains("not all particles are round: label 4."), start.words());
    }

    private static Volume probabilities(double full) {
        return Phantoms.volume(32, 18, 18, SIX, (x, y, z) -> {
            double one = Math.hypot(Math.hypot(x - 8, y - 8.5), z - 8.5);
            double two = Math.hypot(Math.hypot(x - 23, y - 8.5), z - 8.5);
            double p = Math.max(0.1, 1 / (1 + Math.exp(2 * (Math.min(one, two) - 6))));
            return full == 255 ? Math.rint(255 * p) : p;
        });
    }

    @Test
    void probabilitiesAreCutAtOneHalf() {
        for (double full : new double[] {1, 255}) {
            AssimilationStart start = start(Inputs.of(twice(probabilities(full))));
            assertNotNull(start.spheres(), start.words());
            assertEquals(2, start.spheres().size());
            assertEquals(6, start.spheres().get(0).radius() / (6 * NM), 0.1);
        }
        Frames ones = twice(probabilities(1));
        Frames bytes = twice(probabilities(255));
        byte[] one = Observation.of(ones, null, null, Progress.SILENT).solid()[0][8];
        byte[] two = Observation.of(bytes, null, null, Progress.SILENT).solid()[0][8];
        assertArrayEquals(one, two);
    }

    @Test
    void greyValuesAreStillRefused() {
        Volume grey = Phantoms.volume(9, 9, 9, SIX, (x, y, z) -> x == 0 ? 0 : 90 + 10 * (x + y + z) % 100);
        Volume deep = Phantoms.volume(9, 9, 9, SIX, (x, y, z) -> 100 * (x + y + z));
        for (Volume wrong : List.of(grey, deep)) {
            InvalidInput refused =
                    assertThrows(InvalidInput.class, () -> Observation.of(twice(wrong), null, null, Progress.SILENT));
            assertTrue(refused.getMessage().contains("segment grey values first"), refused.getMessage());
        }
    }

    @Test
    void aPieceThatGoesOnBeyondAPeriodicFaceIsOneParticle() {
        Volume across = Phantoms.volume(24, 20, 22, SIX, (x, y, z) -> {
            double dx = x - 24 * Math.rint(x / 24.0);
            double dz = z - 22 * Math.rint(z / 22.0);
            boolean first = dx * dx + (y - 10) * (y - 10) + dz * dz < 49;
            boolean second = (x - 12) * (x - 12) + (y - 10) * (y - 10) + (z - 11) * (z - 11) < 36;
            return first || second ? 255 : 0;
        });
        Inputs in = Inputs.of(twice(across));
        SinteringRuns runs = runs(in, Map.of("boundary", "periodic"));
        AssimilationStart start = runs.start();
        assertNull(start.spheres());
        assertTrue(start.words().contains("periodic"), start.words());
        Volume labels = Phantoms.volume(24, 20, 22, SIX, (x, y, z) -> {
            if (across.plane(z)[y * 24 + x] == 0) return 0;
            return Math.abs(x - 12) < 7 && Math.abs(z - 11) < 7 ? 2 : 1;
        });
        Inputs labelled = in.with("labels", Frames.of("labels", labels));
        Grid grid = runs.grid();
        SinterState one = start.state(grid, Progress.SILENT);
        SinterState two = runs(labelled, Map.of("boundary", "periodic")).start().state(grid, Progress.SILENT);
        assertEquals(2, one.grains().size());
        assertArrayEquals(two.density()[0], one.density()[0]);
        assertEquals(
                5,
                runs(in, Map.of("start", "exact"))
                        .start()
                        .state(runs(in, Map.of()).grid(), Progress.SILENT)
                        .grains()
                        .size());
    }

    @Test
    void labelsInOtherPlacesAreAnotherStart() {
        Map<String, Object> exact = Map.of("start", "exact");
        double[] one = ball(10, 10, 10, 6.5);
        String here = runs(inputs(32, one), exact).start().fingerprint();
        assertEquals(here, runs(inputs(32, one), exact).start().fingerprint());
        String there = runs(inputs(32, ball(18, 10, 10, 6.5)), exact).start().fingerprint();
        assertNotEquals(here, there);
        assertTrue(here.startsWith("1 labels "), here);
        float[][] left = new float[32][32 * 32];
        float[][] right = new float[32][32 * 32];
        for (int z = 0; z < 32; z++) {
            for (int i = 0; i < 32 * 32; i++) left[z][i] = i % 32 < 8 ? 1 : 0;
            for (int i = 0; i < 32 * 32; i++) right[z][i] = i % 32 >= 16 && i % 32 < 24 ? 1 : 0;
        }
        Observation seen = Observation.of(inputs(32, one).frames("input"), null, null, Progress.SILENT);
        assertNotEquals(seen.weighted(left).fingerprint(), seen.weighted(right).fingerprint());
    }
}
