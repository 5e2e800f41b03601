package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
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

    private static final Map<String, Object> PAIR =
            Map.of("packing", "hcp", "count", 2, "radius_nm", 40, "grid_nm", 8, "frames", 2, "time_s", 0.1);

    @Test
    void crystalsLieAsTheTableSaysOrBySeed(@TempDir Path folder) throws java.io.IOException {
        Outputs one = run(Inputs.none(), with(PAIR, "anisotropy", "ba122"));
        Outputs same = run(Inputs.none(), with(PAIR, "anisotropy", "BA122", "orientations", " random "));
        Outputs other = run(Inputs.none(), with(PAIR, "anisotropy", "ba122", "seed", 2));
        double first = one.table("crystals").number(0, "c_from_z");
        assertEquals(first, same.table("crystals").number(0, "c_from_z"));
        assertTrue(first != other.table("crystals").number(0, "c_from_z"));
        assertEquals(2, one.table("crystals").size());
        Path angles = Files.writeString(folder.resolve("a.csv"), "label,phi1,Phi,phi2\n2,10,20,30\n1,0,90,0\n");
        Path energy =
                Files.writeString(folder.resolve("k.csv"), "k0 (J/m2),k1 (J/m2),k2 (J/m2),k3 (J/m2)\n1,0.1,0,0\n");
        Outputs given = run(
                Inputs.none(),
                with(PAIR, "anisotropy", energy.toString(), "orientations", angles.toString(), "symmetry", "cubic"));
        assertEquals(90, given.table("crystals").number(0, "c_from_z"), 1e-9);
        assertEquals(20, given.table("crystals").number(1, "Phi"), 1e-9);
        assertEquals(0, given.table("summary").number(1, "mass_change"), 1e-8);
        // Without anisotropy an orientation still gives boundaries their energies.
        Path alike = Files.writeString(folder.resolve("b.csv"), "label,phi1,Phi,phi2\n1,0,0,0\n2,1,0,0\n");
        double low = run(Inputs.none(), with(PAIR, "orientations", alike.toString()))
                .table("summary")
                .number(0, "energy");
        double high = run(Inputs.none(), PAIR).table("summary").number(0, "energy");
        assertTrue(low < 0.99 * high, low + " of " + high);
    }

    @Test
    void tablesOfCrystalsThatCannotBeAreRefused(@TempDir Path folder) throws java.io.IOException {
        Path few = Files.writeString(folder.resolve("few.csv"), "label,phi1,Phi,phi2\n1,0,0,0\n");
        assertTrue(refusal(Inputs.none(), with(PAIR, "orientations", few.toString()))
                .contains("no row for the grain 2"));
        Path twice = Files.writeString(folder.resolve("twice.csv"), "label,phi1,Phi,phi2\n1,0,0,0\n1,0,0,0\n");
        assertTrue(refusal(Inputs.none(), with(PAIR, "orientations", twice.toString()))
                .contains("each once"));
        Path blank = Files.writeString(folder.resolve("blank.csv"), "label,phi1,Phi,phi2\n1,0,,0\n2,0,0,0\n");
        assertTrue(refusal(Inputs.none(), with(PAIR, "orientations", blank.toString()))
                .contains("angles"));
        Path rows = Files.writeString(folder.resolve("rows.csv"), "k0,k1,k2,k3\n1,0,0,0\n1,0,0,0\n");
        assertTrue(refusal(Inputs.none(), with(PAIR, "anisotropy", rows.toString()))
                .contains("one row"));
        Path weak = Files.writeString(folder.resolve("weak.csv"), "k0,k1,k2,k3\n0.3,0,0,0\n");
        assertTrue(refusal(Inputs.none(), with(PAIR, "anisotropy", weak.toString()))
                .contains("12/7"));
        assertTrue(refusal(Inputs.none(), with(PAIR, "anisotropy", "ba123")).contains("'anisotropy'"));
        assertTrue(refusal(Inputs.none(), with(PAIR, "orientations", "along")).contains("'orientations'"));
    }

    @Test
    void aCheckpointKnowsItsCrystals(@TempDir Path folder) {
        Map<String, Object> given = with(
                PAIR, "anisotropy", "ba122", "checkpoint", folder.resolve("run").toString());
        run(Inputs.none(), given);
        String refused = refusal(Inputs.none(), with(given, "seed", 2));
        assertTrue(refused.contains("another run"), refused);
    }

    @Test
    void solidAtTheWallsIsSaid() {
        Volume start = balls(32, 6, "labels");
        assertEquals(0, run(Inputs.of(start), SHORT).table("summary").number(0, "wall_contact"));
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < 32; z++) {
            float[] plane = new float[32 * 32];
            for (int i = 0; i < plane.length; i++) plane[i] = i % 32 < 12 ? 1 : 0;
            planes.add(plane);
        }
        Volume slab = new Volume(Planes.ofFloats(planes, 32, 32), VoxelSize.cube(6, "nm"));
        double said = run(Inputs.of(slab), SHORT).table("summary").number(0, "wall_contact");
        // One wall whole and 12/32 of four others, of six.
        assertEquals((1 + 4 * 12 / 32.0) / 6, said, 0.03); // a row of voxels with the density a half may count or not
    }

    @Test
    void numbersThatCannotBeAreRefusedByTheirKey() {
        for (String key : List.of(
                "gamma_surface",
                "gamma_gb",
                "d_volume",
                "d_vapour",
                "d_surface",
                "d_gb",
                "m_eta",
                "k_stiffness",
                "m_translation",
                "m_rotation",
                "m_surface",
                "rho0",
                "temperature_k",
                "time_s",
                "molar_volume")) {
            for (String value : List.of("-1", "NaN", "Infinity", "-Infinity")) {
                String refused = refusal(Inputs.none(), with(PAIR, key, value));
                assertTrue(refused.contains(key), key + "=" + value + ": " + refused);
            }
        }
        assertTrue(refusal(Inputs.none(), with(PAIR, "gamma_surface", 0)).contains("gamma_surface"));
        assertTrue(refusal(Inputs.none(), with(PAIR, "interface_px", 1)).contains("interface_px"));
        assertTrue(refusal(Inputs.none(), with(PAIR, "gb_threshold", 0.3)).contains("gb_threshold"));
        Table falling = new Table("time_s", "temperature_k").add(2.0, 500).add(1.0, 600);
        assertTrue(refusal(Inputs.none().with("history", falling), PAIR).contains("rising times"));
        Table cold = new Table("time_s", "temperature_k").add(0.0, -5);
        assertTrue(refusal(Inputs.none().with("history", cold), PAIR).contains("from 1 to 100000 K"));
        // Between the two it is 1e-18 K, at which grains would move so fast that no step was short enough.
        Table coldest = new Table("time_s", "temperature_k").add(-15.49, 1e-300).add(9e18, 0.47);
        assertTrue(refusal(Inputs.none().with("history", coldest), PAIR).contains("1.0E-300 K in row 1"));
        // In nm2/s in place of m2/s, say: it would go on for years.
        String endless = refusal(Inputs.none(), with(PAIR, "d_surface", 1));
        assertTrue(endless.contains("more than a billion") && endless.contains("m2/s"), endless);
        Table nowhere = new Table("x_nm", "y_nm", "z_nm", "r_nm").add(60.0, 60, Double.NaN, 40);
        assertTrue(refusal(Inputs.none().with("particles", nowhere), SHORT).contains("row 1"));
    }
}
