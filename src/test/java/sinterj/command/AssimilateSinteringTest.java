package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.ij.ImagejFiles;
import sinterj.ij.InputFinder;
import sinterj.image.FrameTimes;
import sinterj.image.Frames;
import sinterj.image.Phantoms;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.io.CsvTable;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.MacroOptions;
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
        return run(more, in, Progress.SILENT);
    }

    private static Outputs run(Map<String, Object> more, Inputs in, Progress progress) {
        Map<String, Object> given = new HashMap<>(Map.of(
                "trials", 8, "estimate", "d_surface:1e-17:1e-15", "rigid_body", "none", "multi_fidelity", false));
        given.put("register", false);
        given.putAll(more);
        var call = Call.of(new AssimilateSintering(), given);
        return Runner.run(call.operation(), in, call.settings(), progress);
    }

    /** The user wants the best so far as soon as this is being done. */
    private static Progress wantedAt(String what) {
        AtomicBoolean wanted = new AtomicBoolean();
        return new Progress() {
            @Override
            public void report(double fraction, String now) {
                if (now.equals(what)) wanted.set(true);
            }

            @Override
            public boolean finishEarly() {
                return wanted.get();
            }

            @Override
            public void check() {}
        };
    }

    /** Why it is refused, before anything has been worked out. */
    private static String refusedAtOnce(Map<String, Object> more) {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        Progress listening = new Progress() {
            @Override
            public void report(double fraction, String what) {
                done.add(what);
            }

            @Override
            public void check() {}
        };
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(more, Inputs.of(ellipse()), listening));
        assertEquals(List.of(), done, refused.getMessage());
        return refused.getMessage();
    }

    @Test
    void whatCannotBeKeptIsRefusedBeforeTheWork() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("a.txt"), "a");
        assertTrue(refusedAtOnce(Map.of("report", full.toString())).contains("holds files already"));
        Path foreign = Files.writeString(folder.resolve("foreign.jsonl"), "some text");
        assertTrue(refusedAtOnce(Map.of("study", foreign.toString())).contains("it holds something else"));
        Path nowhere = folder.resolve("nowhere").resolve("study.jsonl");
        assertTrue(refusedAtOnce(Map.of("study", nowhere.toString())).contains("does not exist"));
        Path study = folder.resolve("study.jsonl");
        run(Map.of("study", study.toString()), Inputs.of(ellipse()), wantedAt("Trial 5 of 8"));
        Map<String, Object> other = Map.of("study", study.toString(), "gamma_gb", 0.7);
        assertTrue(refusedAtOnce(other).contains("gamma_gb"));
    }

    /** What a page holds as a macro line, read as a macro would. */
    private static Call<AssimilateSintering.Settings> lineOf(Path report) throws IOException {
        String page = Files.readString(report.resolve("index.html"));
        String line = page.substring(
                        page.indexOf("run(&quot;Assimilate Sintering...&quot;, &quot;"), page.indexOf("&quot;);</pre>"))
                .replace("run(&quot;Assimilate Sintering...&quot;, &quot;", "")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("\\\\", "\\");
        return Call.of(new AssimilateSintering(), MacroOptions.parse(line));
    }

    private static Outputs done(Call<AssimilateSintering.Settings> call) {
        return Runner.run(
                call.operation(), new InputFinder(Progress.SILENT).find(call), call.settings(), Progress.SILENT);
    }

    private String file(String name, Table table) {
        CsvTable.write(table, folder.resolve(name));
        return folder.resolve(name).toString();
    }

    private String file(String name, Frames image) {
        Path path = folder.resolve(name);
        new ImagejFiles().write(Outputs.none().with("image", image), Map.of("image", path));
        return path.toString();
    }

    @Test
    void theLineOfAReportRunsTheSameAgain() throws IOException {
        Frames seen = ellipse();
        Frames ones = Frames.of("ones", Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> 1));
        Frames grain = Frames.of(
                "grain", Phantoms.volume(26, 21, 1, VoxelSize.cube(6, "nm"), (x, y, z) -> inside(x, y, 9, 5) ? 1 : 0));
        Map<String, Object> given = new HashMap<>(Map.of("trials", 6, "estimate", "d_surface:1e-17:1e-15"));
        given.putAll(Map.of("rigid_body", "none", "multi_fidelity", false, "register", false, "start", "exact"));
        given.putAll(Map.of("input", file("seen of two.tif", seen), "labels", file("grain.tif", grain)));
        given.put("mask", file("ones.tif", ones));
        given.put("weights", file("weights.csv", new Table("frame", "weight").add(2, 0.5)));
        given.put(
                "history",
                file(
                        "history.csv",
                        new Table("time_s", "temperature_k").add(0, 650).add(90, 660)));
        given.put(
                "times",
                file("times.csv", new Table("frame", "time (s)").add(1, 0).add(2, 90)));
        Path report = folder.resolve("report");
        given.put("report", report.toString());
        given.put("study", folder.resolve("study.jsonl").toString());
        Outputs once = done(Call.of(new AssimilateSintering(), given));
        Call<AssimilateSintering.Settings> line = lineOf(report);
        for (String key : List.of("input", "labels", "mask", "weights", "history", "times")) {
            assertEquals(given.get(key), line.inputs().get(key), key);
        }
        assertEquals(found(once), found(done(line)));
        JsonObject json = JsonParser.parseString(Files.readString(report.resolve("report.json")))
                .getAsJsonObject();
        Map<String, String> hashes = new HashMap<>();
        json.getAsJsonArray("inputs")
                .forEach(input -> hashes.put(
                        input.getAsJsonObject().get("slot").getAsString(),
                        input.getAsJsonObject().get("sha256").getAsString()));
        assertEquals(Set.of("input", "labels", "mask", "weights", "history"), hashes.keySet());
        assertEquals(5, new HashSet<>(hashes.values()).size(), hashes::toString);
        String page = Files.readString(report.resolve("index.html"));
        hashes.values().forEach(hash -> assertTrue(hash.matches("[0-9a-f]{64}") && page.contains(hash), hash));
    }

    @Test
    void aStudyGoesOnWithMoreTrialsAfterTheSameOnes() {
        Map<String, Object> given = new HashMap<>(Map.of("multi_fidelity", true));
        given.put("study", folder.resolve("study.jsonl").toString());
        Table first = run(given).table("trials");
        given.put("trials", 12);
        given.put("d_surface", 3e-17); // is varied: each trial has its own
        Table more = run(given).table("trials");
        assertEquals(12, more.size());
        for (int row = 0; row < 12; row++) {
            assertEquals(row < 5 ? "coarse" : "fine", more.cell(row, more.column("grid")), "row " + row);
            if (row < 8) assertEquals(first.number(row, "d_surface"), more.number(row, "d_surface"));
        }
        given.put("estimate", "d_surface:1e-17:1e-15 interface_px:3:6");
        given.put("study", folder.resolve("width.jsonl").toString());
        run(given, Inputs.of(ellipse()), wantedAt("Trial 5 of 12"));
        given.put("interface_px", 4.5);
        String refused = assertThrows(InvalidInput.class, () -> run(given)).getMessage();
        assertTrue(refused.contains("with interface_px = 4.0"), refused);
    }

    private static final double[][] DISCS = {
        {60, 60, 40},
        {138, 60, 36},
        {216, 60, 40},
        {60, 140, 38},
        {136, 140, 38},
        {214, 140, 38},
        {30, 184, 20},
        {250, 184, 24}
    };

    /** Eight discs that sinter, as they were simulated, and as they look where one is gone from a frame on. */
    private static Frames discs(Table particles, int goneFrom) {
        var call = Call.of(
                new SimulateSintering(),
                Map.of(
                        "grid_nm",
                        6,
                        "size_nm",
                        "276,204,0",
                        "time_s",
                        60,
                        "frames",
                        5,
                        "rigid_body",
                        "none",
                        "d_surface",
                        6e-17));
        Frames density = Runner.run(
                        call.operation(), Inputs.none().with("particles", particles), call.settings(), Progress.SILENT)
                .image("density");
        List<Volume> masks = new ArrayList<>();
        for (int t = 0; t < density.count(); t++) {
            float[] plane = density.volumes().get(t).plane(0);
            boolean gone = t + 1 >= goneFrom;
            Volume size = density.first();
            masks.add(Phantoms.volume(
                    size.width(),
                    size.height(),
                    1,
                    size.size(),
                    (x, y, z) -> plane[x + size.width() * y] > 0.5 && !(gone && x > 36 && y >= 27) ? 255 : 0));
        }
        return Frames.of("discs", masks).withTimes(density.times());
    }

    @Test
    void aParticleThatLeavesIsRemarkedWithItsFrame() {
        Table particles = new Table("x_nm", "y_nm", "z_nm", "r_nm");
        for (double[] disc : DISCS) particles.add(disc[0], disc[1], 0, disc[2]);
        Map<String, Object> given = Map.of("estimate", "d_surface:1e-17:4e-16", "trials", 4);
        Outputs whole = run(given, Inputs.of(discs(particles, 9)).with("particles", particles));
        assertFalse(remarks(whole).contains("as much as the first frame"), remarks(whole));
        Inputs leaving = Inputs.of(discs(particles, 3)).with("particles", particles);
        Outputs left = run(given, leaving);
        assertTrue(remarks(left).contains("Frame 3 differs from the best simulation"), remarks(left));
        Table none = new Table("frame", "weight").add(3, 0).add(4, 0).add(5, 0);
        Outputs counted = run(given, leaving.with("weights", none));
        assertFalse(remarks(counted).contains("as much as the first frame"), remarks(counted));
    }

    private static String remarks(Outputs outputs) {
        Table remarks = outputs.table("remarks");
        StringBuilder all = new StringBuilder();
        for (int row = 0; row < remarks.size(); row++)
            all.append(remarks.cell(row, 0)).append('\n');
        return all.toString();
    }

    @Test
    void aFinishThatWasEndedEarlyIsNotComplete() {
        Outputs early = run(Map.of(), Inputs.of(ellipse()), wantedAt("Finishing"));
        assertFalse(early.complete());
        assertTrue(remarks(early).contains("The finish was ended early"), remarks(early));
        assertFalse(remarks(early).contains("used up"), remarks(early));
        Outputs whole = run(Map.of());
        assertTrue(whole.complete());
        assertFalse(remarks(whole).contains("ended early"), remarks(whole));
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
        double faster = Math.exp(-50_000 / 8.31446261815324 * (1 / 700.0 - 1 / 623.15)) * 623.15 / 700;
        String range = "d_surface:" + 1e-17 / faster + ":" + 1e-15 / faster; // with it what is thought beforehand
        Outputs hot = run(
                Map.of("q_surface", 50_000, "estimate", range),
                Inputs.of(ellipse()).with("history", history));
        assertEquals(1, found(hot) * faster / found(run(Map.of())), 0.01);
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
