package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.cli.CtrlC;
import sinterj.command.Operations;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;

/**
 * Ctrl-C on every command while it works on something large: it ends soon with the words and the exit code that the
 * documentation promises, keeps the best so far where it can, and leaves no file that is not whole.
 */
class CtrlCIT {
    /** From Ctrl-C to the end, on a busy machine: others wait for the engine or a slice. */
    private static final double SOON = 6;

    /** Where the best so far is kept, it has to be made and written. */
    private static final double SOON_WITH_RESULT = 20;

    /** Works for some milliseconds whatever it is given: nobody can stop it half way. */
    private static final Set<String> TOO_QUICK = Set.of("engine-status");

    /** Has nothing to keep before its first trial is done, which takes a while: then it is cancelled, later it is kept. */
    private static final Set<String> NOTHING_YET = Set.of("assimilate-sintering");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path asked;

    private static List<String> words(String command) {
        return new ArrayList<>(Arrays.asList(command.split(" ")));
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    /** A tilt series of 270 MB. */
    private static void makeLargeSeries() throws IOException {
        int depth = 64;
        LargeFiles.mrc(folder.resolve("large.mrc"), 2048, depth);
        StringBuilder angles = new StringBuilder();
        for (int k = 0; k < depth; k++) angles.append(k - 31.5).append('\n');
        Files.writeString(folder.resolve("large.tlt"), angles);
    }

    private static void makeEnergies() throws IOException {
        StringBuilder table = new StringBuilder("h,k,l,energy\n");
        for (int h = 0; h <= 8; h++) {
            for (int k = 0; k <= h; k++) {
                for (int l = 0; l <= 8; l++) {
                    if (h + k + l > 0) table.append(h + "," + k + "," + l + "," + (1 + 0.01 * (h + l)) + "\n");
                }
            }
        }
        Files.writeString(folder.resolve("energies.csv"), table);
    }

    /** What makes the inputs, and is left to end. */
    private static Map<String, CtrlC.Press> inputs() throws IOException {
        makeLargeSeries();
        makeEnergies();
        Files.createDirectories(folder.resolve("batch"));
        Files.createDirectories(folder.resolve("done"));
        Map<String, CtrlC.Press> all = new LinkedHashMap<>();
        String[][] commands = {
            {"porous volume", "sample-data --set porous_volume --size 224 --volume-output " + path("porous.tif")},
            {"part of a batch", "sample-data --set porous_volume --size 64 --volume-output " + path("batch/a.tif")},
            {"more of it", "sample-data --set porous_volume --size 192 --volume-output " + path("batch/b.tif")},
            {"much more", "sample-data --set porous_volume --size 256 --volume-output " + path("batch/c.tif")},
            {"as much", "sample-data --set porous_volume --size 256 --volume-output " + path("batch/d.tif")},
            {"the rest", "sample-data --set porous_volume --size 256 --volume-output " + path("batch/e.tif")},
            {
                "heap",
                "sample-data --size 96 --frames 6 --output " + path("series4d.tif") + " --truth-output "
                        + path("truth.tif")
            },
            {"cubes", "sample-data --size 128 --frames 1 --truth-output " + path("volume.tif")},
            {"series", "sample-data --size 256 --frames 1 --output " + path("series.tif")},
            {
                "sections",
                "simulate-fibsem --width 512 --height 512 --depth 40 --output " + path("sections.tif")
                        + " --labels-output " + path("phases.tif")
            }
        };
        for (String[] command : commands) all.put(command[0], new CtrlC.Press(words(command[1]), 120_000, 0, false));
        return all;
    }

    /** For each command work of some seconds at least. */
    private static Map<String, String> work() {
        String porous = " --input " + path("porous.tif");
        String series = " --input " + path("series.tif");
        String truth = " --input " + path("truth.tif");
        String sections = " --input " + path("sections.tif");
        return Map.ofEntries(
                Map.entry("import-tilt-series", "--path " + path("large.mrc")),
                Map.entry("simulate-tilt-series", " --input " + path("volume.tif") + " --angles -70:0.1:70"),
                Map.entry("denoise-tilt-series", series),
                Map.entry("align-tilt-series", series + " --method projection_matching --find_axis false"),
                Map.entry(
                        "reconstruct-tilt-series",
                        series + " --algorithm sirt --iterations 100000 --background 1000 --counts_per_pixel_path 100"),
                Map.entry("register-frames", truth),
                Map.entry("inspect-tilt-series", " --input " + path("large.mrc")),
                Map.entry(
                        "train-unet",
                        sections + " --labels " + path("phases.tif") + " --unlabelled none --steps 100000 --model "
                                + path("model")),
                Map.entry("segment-unet", sections + " --tta flips"),
                Map.entry(
                        "evaluate-segmentation",
                        " --input " + path("large.mrc") + " --truth " + path("large.mrc") + " --ignore none"),
                Map.entry("clean-fibsem", sections),
                Map.entry("simulate-fibsem", "--width 1024 --height 1024 --depth 300"),
                Map.entry("local-thickness", porous + " --phase 0"),
                Map.entry("pore-connectivity", porous + " --probes 100"),
                Map.entry("find-necks", porous),
                Map.entry("transport-connectivity", porous + " --tolerance 1e-12 --map true"),
                Map.entry("surfaces-and-chords", porous),
                Map.entry("label-particles", porous),
                Map.entry("densification", porous),
                Map.entry("representative-volume", porous + " --quantity mean_thickness --cubes 1000"),
                Map.entry("simulate-sintering", "--packing random --count 40 --frames 50"),
                Map.entry("assimilate-sintering", " --input " + path("truth.tif") + " --trials 1000"),
                Map.entry("fit-surface-energy", "--data " + path("energies.csv")),
                Map.entry("sample-data", "--size 128 --frames 150"),
                Map.entry("engine-status", ""),
                Map.entry(
                        "batch",
                        "--folder " + path("batch") + " --command local-thickness --existing overwrite --output_folder "
                                + path("done")));
    }

    /** The command with a file for each image and table. */
    private static List<String> withOutputs(OperationInfo<?> info, String settings, String run) {
        List<String> words = words(info.id() + " " + settings.trim() + " --json");
        words.removeIf(String::isEmpty);
        for (OutputSlot slot : info.outputs()) {
            boolean image = slot.kind() == OutputSlot.Kind.IMAGE;
            boolean table = slot.kind() == OutputSlot.Kind.TABLE
                    && slot.equals(info.outputs(slot.kind()).get(0));
            boolean first = image && slot.equals(info.outputs(slot.kind()).get(0));
            if (first || table) {
                words.add("--" + slot.name() + (image ? "-output" : "-table"));
                words.add(path(info.id() + run + (image ? ".tif" : ".csv")));
            }
        }
        return words;
    }

    private static boolean keeps(OperationInfo<?> info) {
        return info.has(OperationInfo.Trait.KEEPS_BEST);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandEndsAsPromised() throws IOException {
        Map<String, String> work = work();
        Map<String, CtrlC.Press> cases = inputs();
        int inputs = cases.size();
        Operations.all().forEach(op -> {
            String id = op.info().id();
            long when = id.equals("batch") ? 1500 : 1000;
            boolean sooner = !TOO_QUICK.contains(id);
            cases.put(id, new CtrlC.Press(withOutputs(op.info(), work.get(id), "-1"), when, 1, sooner));
            if (!keeps(op.info())) return;
            cases.put(id + ", twice", new CtrlC.Press(withOutputs(op.info(), work.get(id), "-2"), when, 2, sooner));
        });
        Map<String, CtrlC.Result> results = CtrlC.in(asked, folder, cases);
        StringBuilder told = new StringBuilder();
        results.forEach((name, r) -> told.append(String.format(
                Locale.ROOT, "%-32s exit %3d %6.2f s %s %s%n", name, r.exit(), r.seconds(), r.last(), r.made())));
        Files.writeString(Path.of("target", "ctrl-c.txt"), told); // to be read by a person
        results.keySet().stream()
                .limit(inputs)
                .forEach(name -> assertEquals(0, results.get(name).exit(), told::toString));
        List<DynamicTest> tests = new ArrayList<>();
        Operations.all().forEach(op -> {
            String id = op.info().id();
            tests.add(DynamicTest.dynamicTest(id, () -> requireEnd(op.info(), results.get(id))));
            if (keeps(op.info())) {
                tests.add(DynamicTest.dynamicTest(
                        id + ", twice", () -> requireCancelledOrWritten(id, results.get(id + ", twice"))));
            }
        });
        return tests.stream();
    }

    private static void requireEnd(OperationInfo<?> info, CtrlC.Result r) {
        assertEquals(!TOO_QUICK.contains(info.id()), r.caught(), r::toString);
        if (!r.caught()) assertEquals(0, r.exit(), r::toString);
        else if (keeps(info) && !(NOTHING_YET.contains(info.id()) && isCancelled(r))) requireKept(r);
        else requireCancelled(info.id(), r);
    }

    private static boolean isCancelled(CtrlC.Result r) {
        return r.exit() == 130;
    }

    private static void requireCancelled(String id, CtrlC.Result r) {
        assertTrue(r.caught(), r::toString);
        assertEquals(130, r.exit(), r::toString);
        assertEquals("Cancelled; nothing was written.", r.last());
        assertEquals("", r.out());
        assertTrue(r.seconds() < SOON, r::toString);
        // A batch leaves the results of the files that are done, a training its model so far.
        boolean piecewise = id.equals("batch") || id.equals("train-unet");
        if (!piecewise) assertEquals(Map.of(), r.made());
        requireWhole(r);
    }

    /**
     * A second Ctrl-C may come when the best so far is being written already, and that is said; or when it is written,
     * however soon it comes.
     */
    private static void requireCancelledOrWritten(String id, CtrlC.Result r) {
        boolean written = r.presses() == 1 || r.isTooLate();
        if (written) requireKept(r);
        else requireCancelled(id, r);
    }

    private static void requireKept(CtrlC.Result r) {
        assertEquals(0, r.exit(), r::toString);
        assertTrue(
                r.err().contains("Stopping with the best result so far; press Ctrl-C again to cancel."), r::toString);
        assertFalse(
                JsonParser.parseString(r.out())
                        .getAsJsonObject()
                        .get("complete")
                        .getAsBoolean(),
                r::toString);
        assertFalse(r.made().isEmpty(), "nothing was kept");
        assertTrue(r.seconds() < SOON_WITH_RESULT, r::toString);
        requireWhole(r);
    }

    private static void requireWhole(CtrlC.Result r) {
        r.made().forEach((name, size) -> {
            assertFalse(name.contains(".part"), r::toString);
            assertTrue(size > 0, r::toString);
            if (!name.endsWith(".tif")) return;
            ImagePlus image = new Opener().openImage(path(name));
            assertTrue(image != null && image.getProp("sinterj.provenance") != null, name);
        });
    }
}
