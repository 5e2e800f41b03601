package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class SimulateSinteringTest {
    private static final SimulateSintering COMMAND = new SimulateSintering();

    private static Outputs run(Inputs in, Map<String, Object> given) {
        return run(in, given, Progress.SILENT);
    }

    private static Outputs run(Inputs in, Map<String, Object> given, Progress progress) {
        return Runner.run(COMMAND, in, Call.of(COMMAND, given).settings(), progress);
    }

    private static String refusal(Inputs in, Map<String, Object> given) {
        return assertThrows(InvalidInput.class, () -> run(in, given)).getMessage();
    }

    /** Two balls that touch, as labels, a mask or a density. */
    private static Volume balls(int n, double side, String kind) {
        List<float[]> planes = new ArrayList<>();
        double r = 0.21 * n;
        for (int z = 0; z < n; z++) {
            float[] plane = new float[n * n];
            for (int i = 0; i < plane.length; i++) {
                double dy = i / n - (n - 1) / 2.0;
                double dz = z - (n - 1) / 2.0;
                double left = r - Math.sqrt(square(i % n - (n - 1) / 2.0 + 0.95 * r) + square(dy) + square(dz));
                double right = r - Math.sqrt(square(i % n - (n - 1) / 2.0 - 0.95 * r) + square(dy) + square(dz));
                boolean inside = Math.max(left, right) > 0;
                int label = !inside ? 0 : left > right ? 3 : 7;
                plane[i] =
                        kind.equals("labels") ? label : kind.equals("mask") ? (inside ? 255 : 0) : inside ? 0.9f : 0.1f;
            }
            planes.add(plane);
        }
        return new Volume(Planes.ofFloats(planes, n, n), VoxelSize.cube(side, "nm"));
    }

    private static double square(double x) {
        return x * x;
    }

    private static final Map<String, Object> SHORT = Map.of("time_s", 1, "frames", 2);

    private static Map<String, Object> with(Map<String, Object> map, Object... more) {
        Map<String, Object> all = new HashMap<>(map);
        for (int i = 0; i < more.length; i += 2) all.put((String) more[i], more[i + 1]);
        return all;
    }

    @Test
    void labelsKeepTheirNumbersGridAndVolume() {
        Volume start = balls(32, 6, "labels");
        Outputs made = run(Inputs.of(start), SHORT);
        Frames grains = made.image("grains");
        assertEquals(2, grains.count());
        assertEquals(new FrameTimes(new double[] {0, 1}), grains.times());
        assertEquals(start.size(), grains.first().size());
        long before = 0;
        long after = 0;
        long same = 0;
        for (int z = 0; z < 32; z++) {
            for (int i = 0; i < 1024; i++) {
                float was = start.plane(z)[i];
                float is = grains.first().plane(z)[i];
                if (was > 0) before++;
                if (is > 0) after++;
                if (is == was) same++;
            }
        }
        assertEquals(1, (double) after / before, 0.02); // voxels of one distance come or go together, up to 48 of 2600
        assertTrue(same > 0.995 * 32 * 32 * 32, same + " voxels agree");
        assertEquals(2, made.table("contacts").size());
        assertEquals(3, made.table("contacts").number(0, "grain_a"));
        assertEquals(0, made.table("summary").number(1, "mass_change"), 1e-8);
        assertTrue(made.has("overlay"));
        assertFalse(made.has("misfit"));
    }

    @Test
    void maskAndDensityAreSplitIntoTheirParticles() {
        for (String kind : List.of("mask", "density")) {
            Outputs made = run(Inputs.of(balls(32, 6, kind)), SHORT);
            assertEquals(2, made.table("summary").number(0, "grains"), kind);
            assertEquals(1, made.table("summary").number(0, "contacts"), kind);
        }
    }

    @Test
    void theResultStandsOnTheInputsGridWhateverTheGridOfTheSimulation() {
        Outputs fine = run(Inputs.of(balls(32, 6, "labels")), SHORT);
        Outputs coarse = run(Inputs.of(balls(32, 6, "labels")), with(SHORT, "grid_nm", 7.5));
        assertEquals(32, coarse.image("density").first().width());
        for (int grain = 0; grain < 2; grain++) {
            double volume = fine.table("sizes").number(grain, "volume");
            // The same groups of voxels are a larger part of the coarse grid's 1300.
            assertEquals(1, coarse.table("sizes").number(grain, "volume") / volume, 0.05);
        }
    }

    @Test
    void anObservationGivesTimesAndMisfit() {
        Volume start = balls(32, 6, "mask");
        Frames seen =
                new Frames("seen", List.of(start, start, start), new FrameTimes(new double[] {5, 6, 8}), Map.of());
        Outputs made = run(Inputs.of(seen), Map.of());
        assertEquals(3, made.image("misfit").count());
        assertEquals(3, made.table("summary").number(2, "time"));
        assertTrue(made.table("summary").number(0, "misfit") < 0.005);
        Outputs later = run(Inputs.of(seen), Map.of("frame", 2));
        assertEquals(2, later.image("density").count());
        String refused = refusal(Inputs.of(seen.withTimes(FrameTimes.unknown())), Map.of());
        assertTrue(refused.contains("no times"), refused);
    }

    @Test
    void particlesOfATableStandWhereTheySay() {
        Table table =
                new Table("x_nm", "y_nm", "z_nm", "r_nm").add(60.0, 60, 60, 40).add(136.0, 60, 60, 40);
        Inputs in = Inputs.none().with("particles", table);
        Outputs made = run(in, with(SHORT, "size_nm", "200,120,120", "grid_nm", 8));
        assertEquals(25, made.image("density").first().width());
        assertEquals(60, made.table("sizes").number(0, "x"), 2);
        assertEquals(40, made.table("sizes").number(0, "equivalent_radius"), 2);
        assertEquals(76, made.table("contacts").number(0, "centre_distance"), 2);
    }

    @Test
    void aHexagonalPackingHasTwelveNeighboursInItsMiddle() {
        Outputs made = run(
                Inputs.none(),
                Map.of("packing", "hcp", "count", 13, "radius_nm", 48, "grid_nm", 8, "frames", 1, "time_s", 0));
        assertEquals(13, made.table("summary").number(0, "grains"));
        double most = 0;
        for (int i = 0; i < 13; i++) most = Math.max(most, made.table("sizes").number(i, "neighbours"));
        assertEquals(12, most);
    }

    @Test
    void heatFollowsTheHistory() {
        Table history = new Table("time_s", "temperature_k").add(0.0, 500).add(2.0, 700);
        Map<String, Object> given = Map.of(
                "packing",
                "hcp",
                "count",
                2,
                "radius_nm",
                40,
                "grid_nm",
                8,
                "frames",
                3,
                "time_s",
                2,
                "q_surface",
                2e5);
        Outputs made = run(Inputs.none().with("history", history), given);
        assertEquals(600, made.table("summary").number(1, "temperature"), 1e-9);
        double slow = made.table("summary").number(0, "energy")
                - made.table("summary").number(1, "energy");
        double fast = made.table("summary").number(1, "energy")
                - made.table("summary").number(2, "energy");
        assertTrue(slow >= 0 && fast > 0);
    }

    @Test
    void aCheckpointTakesUpTheSameRunOnly(@TempDir Path folder) {
        String file = folder.resolve("run.checkpoint").toString();
        Map<String, Object> given =
                Map.of("packing", "hcp", "count", 2, "radius_nm", 40, "grid_nm", 8, "frames", 4, "time_s", 6);
        Outputs whole = run(Inputs.none(), given);
        Stopping stopping = new Stopping();
        Outputs part = run(Inputs.none(), with(given, "checkpoint", file), stopping);
        assertFalse(part.complete());
        assertTrue(part.image("density").count() < 4);
        Outputs rest = run(Inputs.none(), with(given, "checkpoint", file));
        assertTrue(rest.complete());
        for (int z = 0; z < whole.image("density").first().depth(); z++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(
                    whole.image("density").volumes().get(3).plane(z),
                    rest.image("density").volumes().get(3).plane(z));
        }
        String refused = refusal(Inputs.none(), with(given, "checkpoint", file, "m_eta", 1e-9));
        assertTrue(refused.contains("another run"), refused);
    }

    /** Asks to stop once the simulation is a good part on. */
    private static final class Stopping implements Progress {
        private volatile double fraction;

        @Override
        public void report(double now, String what) {
            fraction = now;
        }

        @Override
        public void check() {}

        @Override
        public boolean finishEarly() {
            return fraction > 0.6;
        }
    }

    @Test
    void whatCannotBeIsRefusedInASentence() {
        Map<String, Object> heap = Map.of("packing", "hcp", "count", 2, "radius_nm", 40, "frames", 1);
        assertTrue(refusal(Inputs.none(), Map.of()).contains("nothing to sinter"));
        assertTrue(refusal(Inputs.none(), with(heap, "gamma_gb", 3)).contains("12/7"));
        assertTrue(refusal(Inputs.none(), with(heap, "grid_nm", 30)).contains("Choose a grid of at most"));
        assertTrue(refusal(Inputs.none(), with(heap, "boundary", "open")).contains("periodic"));
        assertTrue(refusal(Inputs.none(), with(heap, "size_nm", "5")).contains("width, height and depth"));
        Volume uncalibrated = new Volume(balls(32, 6, "labels").voxels(), VoxelSize.pixels());
        assertTrue(refusal(Inputs.of(uncalibrated), SHORT).contains("Image > Properties"));
        Volume empty = new Volume(Planes.floats(8, 8, 8), VoxelSize.cube(6, "nm"));
        assertTrue(refusal(Inputs.of(empty), SHORT).contains("nothing but 0"));
        assertTrue(refusal(Inputs.of(balls(16, 6, "labels")), SHORT).contains("grid_nm"));
        assertTrue(refusal(Inputs.of(balls(32, 6, "labels")), with(SHORT, "frame", 2))
                .contains("'frame' is 2"));
    }
}
