package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.cli.ManyRuns;
import sinterj.command.Operations;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.OutputSlot;

/**
 * A Java with 512 MB and inputs too large for it: every command ends in one sentence, or does it all the same, since it
 * reads plane by plane. The files are holes, so they take no room on the disk.
 */
class SmallMemoryIT {
    private static final int SIDE = 512;
    private static final int DEPTH = 1200;

    @TempDir
    private static Path folder;

    private static List<String> words(Operation<?> operation, Path image) {
        List<String> words = new ArrayList<>(List.of(operation.info().id()));
        Map<String, Object> settings = Samples.settings(operation);
        settings.remove("angles");
        settings.forEach((key, value) -> words.addAll(List.of("--" + key, String.valueOf(value))));
        for (InputSlot slot : operation.info().inputs()) {
            boolean needed = slot.required() || slot.equals(operation.info().mainInput());
            if (!needed || !slot.kind().isImage()) continue;
            words.addAll(List.of("--" + slot.key(), image.toString()));
            boolean tilts = operation.info().schema().parameter("angles") != null;
            if (tilts && !words.contains("--angles")) words.addAll(List.of("--angles", "-60:0.1:59.9"));
        }
        for (OutputSlot slot : operation.info().outputs(OutputSlot.Kind.IMAGE).stream()
                .limit(1)
                .toList()) {
            words.addAll(List.of(
                    "--" + slot.name() + "-output",
                    folder.resolve(operation.info().id() + ".mrc").toString()));
        }
        return words;
    }

    /** Commands that make something from nothing, asked for far too much. */
    private static void addAbsurd(Map<String, List<String>> cases) {
        String out = folder.resolve("absurd.tif").toString();
        cases.put("huge sample", List.of("sample-data", "--size", "1024", "--frames", "1000", "--output", out));
        cases.put(
                "huge porous sample",
                List.of("sample-data", "--set", "porous_volume", "--size", "1024", "--output", out));
        cases.put(
                "huge FIB-SEM stack",
                List.of("simulate-fibsem", "--width", "8192", "--height", "8192", "--depth", "4096", "--output", out));
        cases.put(
                "huge box",
                List.of("simulate-sintering", "--packing", "random", "--count", "100000", "--density-output", out));
        cases.put(
                "huge grid",
                List.of("simulate-sintering", "--packing", "hcp", "--grid_nm", "0.01", "--density-output", out));
    }

    @TestFactory
    Stream<DynamicTest> tooLargeForTheMemoryIsASentence() throws IOException {
        Path mrc = LargeFiles.mrc(folder.resolve("large.mrc"), SIDE, DEPTH); // 3.1e8 bytes
        Path tiff = LargeFiles.tiff(folder.resolve("large.tif"), SIDE, 4 * DEPTH);
        Map<String, List<String>> cases = new LinkedHashMap<>();
        for (Operation<?> operation : Operations.all()) {
            if (operation.info().mainInput() != null) cases.put(operation.info().id(), words(operation, mrc));
        }
        cases.put(
                "import",
                List.of(
                        "import-tilt-series",
                        "--path",
                        mrc.toString(),
                        "--angles",
                        "-60:0.1",
                        "--output",
                        folder.resolve("i.tif").toString()));
        cases.put("TIFF", List.of("local-thickness", "--input", tiff.toString()));
        addAbsurd(cases);
        Map<String, ManyRuns.Result> results = ManyRuns.in(folder, List.of(), List.of("-Xmx512m"), cases);
        long refused =
                results.values().stream().filter(ManyRuns.Result::isASentence).count();
        results.forEach(
                (name, r) -> System.out.printf("%s: exit %d, %.1f s, %s%n", name, r.exit(), r.seconds(), r.last()));
        Stream<DynamicTest> each = results.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(), () -> assertTrue(e.getValue().isDoneOrASentence(), e.getValue()::toString)));
        Stream<DynamicTest> together = Stream.of(
                DynamicTest.dynamicTest(
                        "the TIFF is said to be too large",
                        () -> assertTrue(results.get("TIFF").last().contains("emory"))),
                DynamicTest.dynamicTest(
                        "most are refused for want of memory", () -> assertTrue(refused > 15, refused + "")),
                DynamicTest.dynamicTest("nothing half is left", () -> {
                    try (Stream<Path> files = Files.list(folder)) {
                        assertTrue(
                                files.noneMatch(f -> f.getFileName().toString().startsWith(".part")));
                    }
                }));
        return Stream.concat(each, together);
    }
}
