package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.CsvTable;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.phasefield.Frame;
import sinterj.phasefield.Grid;
import sinterj.phasefield.Material;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sintering;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromSpheres;

class AssimilateSinteringTest {
    @TempDir
    Path folder;

    /** An ellipse of one grain on a sheet that becomes rounder. */
    private static Frames ellipse() {
        Volume long1 = Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> inside(x, y, 9, 5) ? 255 : 0);
        Volume round = Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> inside(x, y, 8, 5.6) ? 255 : 0);
        return Frames.of("seen", List.of(long1, round)).withTimes(FrameTimes.regular(2, 60));
    }

    private static boolean inside(int x, int y, double a, double b) {
        double u = (x - 12.5) / a;
        double v = (y - 10) / b;
        return u * u + v * v < 1;
    }

    private static Outputs run(Map<String, Object> more) {
        return run(more, Inputs.of(ellipse()));
    }

    private static Outputs run(Map<String, Object> more, Inputs in) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "trials", 8, "estimate", "d_surface:1e-17:1e-15", "rigid_body", "none", "multi_fidelity", false));
        given.put("register", false);
        given.putAll(more);
        var call = Call.of(new AssimilateSintering(), given);
        return Runner.run(call.operation(), in, call.settings(), Progress.SILENT);
    }

    private String refusal(String text) throws IOException {
        Path csv = Files.writeString(folder.resolve("wrong.csv"), text);
        return assertThrows(InvalidInput.class, () -> run(Map.of("study", csv.toString())))
                .getMessage();
    }

    @Test
    void aTableOfTrialsIsAFinishedSearch() {
        Outputs searched = run(Map.of());
        Table trials = searched.table("trials");
        assertEquals(8, trials.size());
        Path csv = folder.resolve("trials.csv");
        CsvTable.write(trials, csv);
        Outputs loaded = run(Map.of("study", csv.toString(), "trials", 50));
        Table again = loaded.table("trials");
        int whole = 0;
        for (int row = 0; row < trials.size(); row++) {
            if (!trials.cell(row, trials.column("outcome")).equals("complete")) continue;
            assertEquals(trials.number(row, "cost"), again.number(whole, "cost"));
            assertEquals(1, trials.number(row, "d_surface") / again.number(whole, "d_surface"), 1e-12);
            whole++;
        }
        assertEquals(whole, again.size());
        double found = searched.table("estimates").number(0, "value");
        assertEquals(1, loaded.table("estimates").number(0, "value") / found, 1e-6);
        assertTrue(found > 1e-17 && found < 1e-15, "" + found);
    }

    @Test
    void aTableThatIsNoneOfTrialsIsRefusedWithItsName() throws IOException {
        assertTrue(refusal("d_surface,price\n1e-16,3\n").contains("wrong.csv: "), "named");
        assertTrue(refusal("d_surface,price\n1e-16,3\n").contains("cost"));
        assertTrue(refusal("cost,d_gb\n1,2\n").contains("d_surface"));
        assertTrue(refusal("cost,d_surface\n1,3e-14\n").contains("outside the range"));
        assertTrue(refusal("outcome,cost,d_surface\npruned,1,3e-16\n").contains("No row is a whole trial"));
        assertTrue(refusal("cost,d_surface\n1,many\n").contains("many"));
    }

    private static double found(Outputs outputs) {
        return outputs.table("estimates").number(0, "value");
    }

    @Test
    void aMobilityIsEstimatedInPlaceOfADiffusivity() {
        double perDiffusivity = 7.11e-6 / (8.31446261815324 * 623.15);
        String range = "m_surface:" + 1e-17 * perDiffusivity + ":" + 1e-15 * perDiffusivity;
        Outputs mobility = run(Map.of("estimate", range, "m_surface", 1e-25));
        assertEquals(1, found(mobility) / (found(run(Map.of())) * perDiffusivity), 1e-3);
        String refused = assertThrows(InvalidInput.class, () -> run(Map.of("m_surface", 1e-25)))
                .getMessage();
        assertTrue(
                refused.contains("'d_surface', which cannot be estimated") && refused.contains("m_surface"), refused);
    }

    /** What is estimated holds for temperature_k; at another temperature the same sintering needs less or more of it. */
    @Test
    void aTemperatureHistoryIsAllowedFor() {
        Table history = new Table("time_s", "temperature_k").add(0, 700).add(60, 700);
        Outputs hot = run(
                Map.of("q_surface", 50_000, "estimate", "d_surface:2e-18:2e-16"),
                Inputs.of(ellipse()).with("history", history));
        double faster = Math.exp(-50_000 / 8.31446261815324 * (1 / 700.0 - 1 / 623.15)) * 623.15 / 700;
        assertEquals(1, found(hot) * faster / found(run(Map.of())), 0.05);
    }

    private static long memory(Frames seen, Map<String, Object> given) {
        var call = Call.of(new AssimilateSintering(), given);
        return call.operation().memory(Inputs.of(seen), call.settings());
    }

    private static long memory(Map<String, Object> given) {
        return memory(ellipse(), given);
    }

    @Test
    void theMemoryFollowsTheGridTheWorkersAndTheParameters() {
        Map<String, Object> one = Map.of("workers", 1, "estimate", "d_surface:1e-17:1e-15");
        long least = memory(one);
        long voxels = 26 * 21;
        assertEquals(100 * voxels, memory(Map.of("workers", 2, "estimate", "d_surface:1e-17:1e-15")) - least);
        Map<String, Object> finer = Map.of("workers", 1, "estimate", "d_surface:1e-17:1e-15", "grid_nm", 3);
        assertEquals(3 * 100 * voxels, memory(finer) - least, 1, "four times as many voxels on a sheet");
        long paper = memory(Map.of("workers", 1, "estimate", "paper"));
        long five = memory(Map.of("workers", 1, "estimate", EstimateList.PAPER));
        assertEquals(five, paper);
        assertEquals(4 * 4 * 2 * voxels, paper - least, "four residuals of two frames for each of four more");
        assertTrue(memory(Map.of("estimate", "nonsense; d_gb:")) > 0);
        Volume flat = Phantoms.volume(
                8, 8, 8, new VoxelSize(6, 6, 12, "nm"), (x, y, z) -> x > 3 ? 255 : 0); // the grid's voxels are cubes
        Volume cubes = Phantoms.volume(8, 8, 8, VoxelSize.cube(6, "nm"), (x, y, z) -> x > 3 ? 255 : 0);
        assertEquals(512 * 100, memory(Frames.of("flat", flat), one) - memory(Frames.of("cubes", cubes), one));
    }

    /** The same pixels on the same number of voxels of the grid, but smaller ones. */
    @Test
    void aStudyIsOfOneVoxelSize() {
        Map<String, Object> asked = Map.of("study", folder.resolve("s.jsonl").toString(), "trials", 4, "grid_nm", 6);
        run(asked);
        Frames smaller = Frames.of(
                        "smaller",
                        ellipse().volumes().stream()
                                .map(v -> new Volume(v.voxels(), VoxelSize.cube(5.9, "nm")))
                                .toList())
                .withTimes(FrameTimes.regular(2, 60));
        String refused = assertThrows(InvalidInput.class, () -> run(asked, Inputs.of(smaller)))
                .getMessage();
        assertTrue(refused.contains("voxel"), refused);
    }

    private static boolean has(Outputs outputs, String remark) {
        Table table = outputs.table("remarks");
        for (int row = 0; row < table.size(); row++) {
            if (table.cell(row, 0).equals(remark)) return true;
        }
        return false;
    }

    @Test
    void aRemarkTellsHowFramesWereMoved() {
        String none = "Registering moved no frame.";
        assertTrue(has(run(Map.of("register", true)), none));
        assertTrue(!has(run(Map.of()), none));
    }

    private static final double[] SECONDS = {0, 5, 15, 30};

    /** Two spheres that grow together, seen as masks: interfaces of so many voxels, and copper made for four of them. */
    private static Frames pair(double interfacePx) {
        double dx = 6e-9;
        Grid grid = Grid.closed(36, 24, 24, dx, interfacePx);
        List<Sphere> spheres = List.of(
                new Sphere(1, 11 * dx, 12 * dx, 12 * dx, 7.2 * dx), new Sphere(2, 24.3 * dx, 12 * dx, 12 * dx, 6 * dx));
        Material material = SinteringModel.COPPER
                .with(Map.of("interface_px", interfacePx))
                .course(null)
                .at(0);
        List<Volume> volumes = new ArrayList<>();
        SinterState start = StartFromSpheres.of(grid, spheres, Progress.SILENT);
        for (Frame frame : Sintering.run(start, material, SECONDS, Progress.SILENT)) {
            volumes.add(Phantoms.volume(
                    36, 24, 24, VoxelSize.cube(6, "nm"), (x, y, z) -> frame.density()[z][x + 36 * y] > 0.5 ? 255 : 0));
        }
        return Frames.of("seen", volumes).withTimes(new FrameTimes(SECONDS));
    }

    private static Inputs withSpheres(Frames seen) {
        Table spheres = new Table("x_nm", "y_nm", "z_nm", "r_nm");
        spheres.add(66, 72, 72, 43.2).add(145.8, 72, 72, 36);
        return Inputs.of(seen).with("particles", spheres);
    }

    @Test
    void theWidthOfTheInterfacesIsFoundAndWhatMovesWithIt() {
        Inputs in = withSpheres(pair(3.2));
        String copper = "d_surface:2e-17:4e-16";
        Map<String, Object> asked = Map.of("estimate", copper + " interface_px:2.7:6", "rigid_body", "wang");
        Table found = run(asked, in).table("estimates");
        assertWithinTwoDeviations(9.88e-17, found, 0);
        assertWithinTwoDeviations(3.2, found, 1);
        assertTrue(found.number(1, "sd") < 0.2, "the width is known to " + found.number(1, "sd"));
        Table held = run(Map.of("estimate", copper, "rigid_body", "wang"), in).table("estimates");
        double off = Math.log(held.number(0, "value") / 9.88e-17);
        assertTrue(
                Math.abs(off) > 2 * Math.abs(Math.log(found.number(0, "value") / 9.88e-17)),
                "with a width that is wrong, the diffusivity is off by " + off);
    }

    private static void assertWithinTwoDeviations(double truth, Table estimates, int row) {
        assertEquals(truth, estimates.number(row, "value"), 2 * estimates.number(row, "sd"));
    }

    @Test
    void interfacesThinnerThanTheGridCanHoldAreRefused() {
        String refused = assertThrows(
                        InvalidInput.class, () -> run(Map.of("estimate", "d_surface:1e-17:1e-15 interface_px:1:6")))
                .getMessage();
        assertTrue(refused.contains("interface_px") && refused.contains("grid_nm"), refused);
    }

    /** The same energy in all directions is no anisotropy, whichever way it is worked out. */
    @Test
    void crystalsAreSimulated() throws IOException {
        Path energies = Files.writeString(folder.resolve("k.csv"), "k0,k1,k2,k3\n1.35,0,0,0\n");
        Outputs crystals = run(Map.of("anisotropy", energies.toString()));
        assertEquals(1, found(crystals) / found(run(Map.of())), 0.1);
        Path lower = Files.writeString(folder.resolve("lower.csv"), "k0,k1,k2,k3\n0.9,0,0,0\n");
        Map<String, Object> slower = new HashMap<>(Map.of("anisotropy", lower.toString(), "gamma_gb", 0.6995 / 1.5));
        slower.putAll(Map.of("d_volume", 1.5e-21, "d_vapour", 1.5e-22, "d_gb", 1.635e-17, "m_eta", 9.81e-10));
        slower.put("estimate", "d_surface:1.5e-17:1.5e-15");
        assertEquals(1.5, found(run(slower)) / found(crystals), 0.03, "what drives is energy times mobility");
        String missing = folder.resolve("missing.csv").toString();
        String refused = assertThrows(InvalidInput.class, () -> run(Map.of("orientations", missing)))
                .getMessage();
        assertTrue(refused.contains("'orientations'") && refused.contains("missing.csv"), refused);
        String energy = assertThrows(
                        InvalidInput.class,
                        () -> run(Map.of("anisotropy", energies.toString(), "estimate", "gamma_surface:1.3:2")))
                .getMessage();
        assertTrue(energy.contains("'gamma_surface', which cannot be estimated"), energy);
    }
}
