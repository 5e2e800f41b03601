package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.cli.ManyRuns;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.trial.Child;

/**
 * A disk that is full or may only be read: every writer says so in a sentence, and under the final name stands nothing
 * or what stood there before. The disk is one in memory that only the child sees, which Linux lets a user make.
 */
class FullDiskIT {
    @TempDir
    private static Path folder;

    private static Path disk() throws IOException {
        return Files.createDirectories(folder.resolve("disk"));
    }

    /** The words that start a program with such a disk; {@code then} is what a shell does to it first. */
    private static List<String> withDisk(String size, String then) throws IOException {
        return List.of(
                "unshare",
                "-rm",
                "bash",
                "-c",
                "mount -t tmpfs -o size=" + size + " none '" + disk() + "' && " + then + "; exec \"$@\"",
                "bash");
    }

    private static boolean canBeMade() throws IOException {
        try {
            List<String> command = new ArrayList<>(withDisk("64k", "true"));
            command.add("true");
            return Child.run(folder, command).exit() == 0;
        } catch (IllegalStateException e) {
            return false; // there is no unshare here
        }
    }

    private static DynamicTest skipped() {
        return DynamicTest.dynamicTest(
                "disk",
                () -> Assumptions.abort(
                        "This system lets a test make no disk (unshare, tmpfs): full disks were not tried."));
    }

    private static String file(String name) throws IOException {
        return disk().resolve(name).toString();
    }

    private static String input(String id, String slot) {
        Operation<?> operation = Operations.byId(id);
        Inputs in = Samples.inputs(operation);
        Path path = folder.resolve(id + "-" + slot + ".tif");
        Delivery.write(in.frames(slot), path);
        return path.toString();
    }

    private static List<String> words(String id, String... more) {
        List<String> words = new ArrayList<>(List.of(id));
        Operation<?> operation = Operations.byId(id);
        Map<String, Object> settings = Samples.settings(operation);
        for (int i = 0; i < more.length; i += 2) settings.remove(more[i].substring(2));
        settings.forEach((key, value) -> words.addAll(List.of("--" + key, String.valueOf(value))));
        operation.info().inputs().stream()
                .filter(slot -> slot.kind().isImage()
                        && (slot.required() || slot.equals(operation.info().mainInput())))
                .forEach(slot -> words.addAll(List.of("--" + slot.key(), input(id, slot.key()))));
        words.addAll(List.of(more));
        return words;
    }

    /** One for each kind of file that is written. */
    private static Map<String, List<String>> writers() throws IOException {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put("TIFF", words("denoise-tilt-series", "--output", file("a.tif")));
        cases.put("one plane of TIFF", words("fit-surface-energy", "--output", file("plane.tif")));
        cases.put("MRC", words("local-thickness", "--output", file("b.mrc")));
        cases.put("MRC with angles", words("denoise-tilt-series", "--output", file("c.mrc")));
        cases.put("CSV", words("local-thickness", "--table", file("d.csv")));
        cases.put("PNG", words("local-thickness", "--plot", file("e.png")));
        cases.put("points of a plot", words("local-thickness", "--plot", file("f.csv")));
        cases.put("transforms", words("align-tilt-series", "--save_transforms", file("g.xf")));
        cases.put("checkpoint", words("simulate-sintering", "--checkpoint", file("h.gz")));
        cases.put("study", words("assimilate-sintering", "--study", file("i.jsonl")));
        cases.put("report", words("assimilate-sintering", "--report", file("j")));
        cases.put("network", words("train-unet", "--model", file("k")));
        cases.put("batch", words("batch", "--output_folder", disk().toString()));
        return cases;
    }

    private static Stream<DynamicTest> tests(
            String disk, Map<String, ManyRuns.Result> results, String left, String word) {
        results.forEach((name, r) -> System.out.printf("%s, %s: exit %d, %s%n", disk, name, r.exit(), r.last()));
        Stream<DynamicTest> each = results.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(disk + ": " + e.getKey(), () -> {
                    ManyRuns.Result r = e.getValue();
                    // A batch goes on with the next file, and tells in its table what became of each.
                    boolean batch = e.getKey().equals("batch");
                    String said = batch ? r.out().strip() : r.last();
                    boolean told = batch ? r.exit() == 0 && said.contains(",refused,") : r.isASentence();
                    assertTrue(told && said.matches("(?s).*(" + word + ").*"), r::toString);
                }));
        List<String> half = left.lines()
                .filter(f -> f.matches(".*/[a-k]\\.[a-z]+|.*\\.part.*|.*/series-.*|.*/j/.*|.*/k/model.*"))
                .toList();
        Stream<DynamicTest> nothing = Stream.of(
                DynamicTest.dynamicTest(disk + ": nothing half is left", () -> assertEquals(List.of(), half)));
        return Stream.concat(each, nothing);
    }

    /** What lies on the disk in the end, as the child's shell sees it. */
    private static Map<String, ManyRuns.Result> on(String size, String then, Map<String, List<String>> cases)
            throws IOException {
        List<String> before = new ArrayList<>(withDisk(size, then));
        String script = before.get(4)
                .replace(
                        "exec \"$@\"",
                        "\"$@\"; find '" + disk() + "' -type f -size +0 >'" + folder.resolve("left.txt") + "'");
        before.set(4, script);
        return ManyRuns.in(folder, before, List.of("-Xmx1g"), cases);
    }

    private static String left() throws IOException {
        return Files.readString(folder.resolve("left.txt"));
    }

    @TestFactory
    Stream<DynamicTest> aFullDiskIsASentence() throws IOException {
        if (!canBeMade()) return Stream.of(skipped());
        String fill = "cat /dev/zero >'" + disk().resolve("filler") + "' 2>/dev/null";
        Map<String, ManyRuns.Result> full = on("64k", fill, writers());
        return tests("full", full, left(), "written|write|room|kept");
    }

    @TestFactory
    Stream<DynamicTest> aDiskThatFillsUpIsASentence() throws IOException {
        if (!canBeMade()) return Stream.of(skipped());
        // Room for some of a file, or for a small one and not for the next.
        Map<String, List<String>> large = new LinkedHashMap<>();
        large.put("TIFF", List.of("sample-data", "--size", "32", "--frames", "2", "--output", file("a.tif")));
        large.put("MRC", List.of("sample-data", "--size", "32", "--frames", "1", "--output", file("b.mrc")));
        large.put(
                "MRC, several time points",
                List.of("sample-data", "--size", "32", "--frames", "2", "--output", file("c.mrc")));
        large.put("network", words("train-unet", "--width", "8", "--model", file("k")));
        Map<String, ManyRuns.Result> full = on("64k", "true", large);
        return tests("small", full, left(), "written|write|room|kept");
    }

    @TestFactory
    Stream<DynamicTest> aDiskThatMayOnlyBeReadIsASentence() throws IOException {
        if (!canBeMade()) return Stream.of(skipped());
        Map<String, ManyRuns.Result> results = on("64k", "mount -o remount,ro '" + disk() + "'", writers());
        return tests("read-only", results, left(), "written|write|permission|kept");
    }

    /** Home and preferences that cannot be written: commands work, and training says where its library must go. */
    @TestFactory
    Stream<DynamicTest> aHomeThatMayOnlyBeReadIsNoHindrance() throws IOException {
        if (!canBeMade()) return Stream.of(skipped());
        List<String> before = new ArrayList<>(withDisk("64k", "mount -o remount,ro '" + disk() + "'"));
        before.set(
                4,
                before.get(4)
                        .replace(
                                "exec",
                                "export HOME='" + disk() + "' XDG_CACHE_HOME='" + disk()
                                        + "'; unset SINTERJ_CACHE; exec"));
        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put(
                "denoise",
                words(
                        "denoise-tilt-series",
                        "--output",
                        folder.resolve("denoised.tif").toString()));
        cases.put(
                "thickness",
                words("local-thickness", "--plot", folder.resolve("sizes.png").toString()));
        cases.put("engines", List.of("engine-status"));
        Map<String, ManyRuns.Result> done =
                ManyRuns.in(folder, before, List.of("-Xmx1g", "-Duser.home=" + disk()), cases);
        Map<String, ManyRuns.Result> trained = ManyRuns.in(
                folder,
                before,
                List.of("-Xmx1g", "-Duser.home=" + disk()),
                Map.of(
                        "train",
                        words("train-unet", "--model", folder.resolve("model").toString())));
        done.forEach((name, r) -> System.out.printf("read-only home, %s: exit %d, %s%n", name, r.exit(), r.last()));
        trained.forEach((name, r) -> System.out.printf("read-only home, %s: exit %d, %s%n", name, r.exit(), r.last()));
        Stream<DynamicTest> works = done.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        "works: " + e.getKey(),
                        () -> assertEquals(0, e.getValue().exit(), e.getValue()::toString)));
        return Stream.concat(works, Stream.of(DynamicTest.dynamicTest("training is done or says where", () -> {
            ManyRuns.Result r = trained.get("train");
            assertTrue(r.isDoneOrASentence(), r::toString);
            assertTrue(r.exit() == 0 || r.last().contains("sinterj.cache"), r::toString);
        })));
    }
}
