package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleService;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.image.Frames;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.scijava.SinterJService;

/**
 * Every operation through every door of the installed jar: Java, ImageJ's menu in a headless macro, the shell and
 * SciJava. All must return the same bits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryDoorIT {
    @TempDir
    private static Path folder;

    static List<String> ids() {
        return Operations.all().stream().map(op -> op.info().id()).toList();
    }

    private Map<String, Path> inputFiles(Operation<?> operation) {
        Map<String, Path> files = new LinkedHashMap<>();
        Inputs in = Samples.inputs(operation);
        for (InputSlot slot : operation.info().inputs()) {
            if (!in.has(slot.key())) continue;
            Path file = folder.resolve(operation.info().id() + "-" + slot.key() + ".tif");
            Delivery.write(in.frames(slot.key()), file);
            files.put(slot.key(), file);
        }
        return files;
    }

    private Path output(String door, String id, OutputSlot slot) {
        String ending = switch (slot.kind()) {
            case IMAGE -> ".tif";
            case FOLDER -> "";
            default -> ".csv";
        };
        return folder.resolve(door + "-" + id + "-" + slot.name() + ending);
    }

    /** One macro for all operations, since starting ImageJ takes longer than running them. */
    @BeforeAll
    void runTheMacro() throws IOException {
        StringBuilder macro = new StringBuilder();
        for (Operation<?> operation : Operations.all()) macro.append(macroFor(operation));
        Path file = Files.writeString(folder.resolve("all.ijm"), macro.append("print(\"all done\");\n"));
        Shell.Result result = Shell.run("macro", file.toString());
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("all done"), result.out() + result.err());
    }

    private String macroFor(Operation<?> operation) {
        OperationInfo<?> info = operation.info();
        StringBuilder macro = new StringBuilder();
        Map<String, String> options = new LinkedHashMap<>();
        String title = "";
        for (Map.Entry<String, Path> input : inputFiles(operation).entrySet()) {
            macro.append("open(\"").append(input.getValue()).append("\");\n");
            title = String.valueOf(input.getValue().getFileName());
            options.put(input.getKey(), title);
        }
        Samples.settings(operation).forEach((key, value) -> options.put(key, String.valueOf(value)));
        Set<String> filled = slots(operation);
        for (Map.Entry<String, String> key : Call.fileKeys(info).entrySet()) {
            for (OutputSlot slot : info.outputs()) {
                boolean wanted = slot.name().equals(key.getValue()) && filled.contains(slot.name());
                if (wanted)
                    options.put(key.getKey(), output("macro", info.id(), slot).toString());
            }
        }
        macro.append("run(\"")
                .append(info.label())
                .append("\", \"")
                .append(MacroOptions.format(options))
                .append("\");\n");
        for (OutputSlot slot : info.outputs(OutputSlot.Kind.IMAGE)) {
            if (!filled.contains(slot.name())) continue;
            String shown = title.isEmpty() ? outputTitle(operation, slot) : title + "-" + slot.name();
            macro.append("selectImage(\"").append(shown).append("\");\nsaveAs(\"Tiff\", \"");
            macro.append(output("macro", info.id(), slot)).append("\");\n");
        }
        return macro.append("run(\"Close All\");\n").toString();
    }

    /** The slots that the sample fills. */
    private static Set<String> slots(Operation<?> operation) {
        return run(operation, Samples.inputs(operation)).bySlot().keySet();
    }

    private static String outputTitle(Operation<?> operation, OutputSlot slot) {
        return run(operation, Samples.inputs(operation)).image(slot.name()).title();
    }

    @SuppressWarnings("unchecked")
    private static Outputs run(Operation<?> operation, Inputs in) {
        return Runner.run(
                (Operation<Record>) operation, in, Samples.call(operation).settings(), Progress.SILENT);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void givesTheSameBits(String id) throws Exception {
        Operation<?> operation = Operations.byId(id);
        Map<String, String> java = new TreeMap<>();
        run(operation, Samples.inputs(operation))
                .bySlot()
                .forEach((slot, value) -> java.put(slot, door("java", id, slot, value)));
        assertFalse(java.isEmpty());
        assertEquals(java, shell(operation), "the shell");
        assertEquals(java, macro(operation, java.keySet()), "the menu");
        assertEquals(java, scijava(operation), "SciJava");
    }

    /** What an output is once it was written as the doors write it. */
    private String door(String door, String id, String slot, Object value) {
        OutputSlot info = Operations.byId(id).info().outputs().stream()
                .filter(s -> s.name().equals(slot))
                .findFirst()
                .orElseThrow();
        if (value instanceof Path made) return network(made);
        Path file = output(door, id, info);
        Delivery.write(value, file);
        return content(file);
    }

    /** What a folder holds that an operation writes: the network, which is the same whatever door it came through. */
    private static String network(Path made) {
        try {
            return Arrays.hashCode(Files.readAllBytes(made.resolve("weights.safetensors"))) + " of a network";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String content(Path file) {
        try {
            if (!file.toString().endsWith(".tif")) {
                String text = Files.readString(file);
                // Its rows tell of the process that asks, of the jars it was started with: only the heads are equal.
                boolean ofTheProcess = file.getFileName().toString().contains("engine-status");
                return ofTheProcess ? text.lines().findFirst().orElse("") : text;
            }
            ImagePlus image = new Opener().openImage(file.toString());
            assertNotNull(image.getProp(Frames.PROVENANCE), "provenance in " + file);
            return pixels(image);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String pixels(ImagePlus image) {
        StringBuilder text = new StringBuilder();
        text.append(image.getWidth()).append('x').append(image.getHeight()).append(' ');
        text.append(image.getNSlices()).append(' ').append(image.getNFrames()).append(' ');
        text.append(image.getCalibration().pixelWidth)
                .append(image.getCalibration().getUnit());
        ImageStack stack = image.getStack();
        for (int i = 1; i <= stack.size(); i++) {
            text.append(' ').append(Arrays.hashCode((float[])
                    stack.getProcessor(i).convertToFloatProcessor().getPixels()));
        }
        return text.toString();
    }

    private Map<String, String> shell(Operation<?> operation) {
        OperationInfo<?> info = operation.info();
        List<String> words = new java.util.ArrayList<>(List.of(info.id(), "--quiet"));
        inputFiles(operation).forEach((key, file) -> words.addAll(List.of("--" + key, file.toString())));
        Samples.settings(operation).forEach((key, value) -> words.addAll(List.of("--" + key, String.valueOf(value))));
        Map<String, Path> files = new LinkedHashMap<>();
        for (OutputSlot slot : info.outputs()) {
            if (!slots(operation).contains(slot.name()) || slot.kind() == OutputSlot.Kind.FOLDER) continue;
            String kind = slot.kind() == OutputSlot.Kind.IMAGE
                    ? "output"
                    : slot.kind().name().toLowerCase(java.util.Locale.ROOT);
            files.put(slot.name(), output("shell", info.id(), slot));
            words.addAll(List.of(
                    "--" + slot.name() + "-" + kind, files.get(slot.name()).toString()));
        }
        Shell.Result result = Shell.run(words.toArray(String[]::new));
        assertEquals(0, result.exit(), result.err());
        Map<String, String> made = new TreeMap<>();
        files.forEach((slot, file) -> made.put(slot, content(file)));
        putFolders(operation, made);
        return made;
    }

    /** Folders are named by the settings; what a door has written is there since that door ran. */
    private static void putFolders(Operation<?> operation, Map<String, String> made) {
        Set<String> filled = slots(operation);
        for (OutputSlot slot : operation.info().outputs(OutputSlot.Kind.FOLDER)) {
            if (filled.contains(slot.name())) made.put(slot.name(), network(SampleFiles.trainedModel()));
        }
    }

    private Map<String, String> macro(Operation<?> operation, Iterable<String> slots) {
        Map<String, String> made = new TreeMap<>();
        putFolders(operation, made);
        for (OutputSlot slot : operation.info().outputs()) {
            if (slot.kind() == OutputSlot.Kind.FOLDER) continue;
            for (String name : slots) {
                if (name.equals(slot.name()))
                    made.put(name, content(output("macro", operation.info().id(), slot)));
            }
        }
        return made;
    }

    private Map<String, String> scijava(Operation<?> operation) throws Exception {
        String id = operation.info().id();
        Map<String, Object> inputs = new HashMap<>(Samples.settings(operation));
        inputFiles(operation).forEach((key, file) -> inputs.put(key, new Opener().openImage(file.toString())));
        try (Context context = new Context(ModuleService.class, SinterJService.class)) {
            ModuleService modules = context.service(ModuleService.class);
            Module done = modules.run(modules.getModuleById("sinterj:" + id), true, inputs)
                    .get();
            Map<String, String> made = new TreeMap<>();
            for (OutputSlot slot : operation.info().outputs()) {
                Object value = done.getOutput(slot.name());
                if (value instanceof ImagePlus image) {
                    Path file = output("scijava", id, slot);
                    new ij.io.FileSaver(image).saveAsTiff(file.toString());
                    made.put(slot.name(), content(file));
                } else if (value != null) {
                    made.put(slot.name(), sameAsJava(id, slot, value));
                }
            }
            return made;
        }
    }

    /** A results table or plot holds the numbers of ours: compared cell by cell, then stood for by our text. */
    private String sameAsJava(String id, OutputSlot slot, Object value) {
        Operation<?> operation = Operations.byId(id);
        Object ours = run(operation, Samples.inputs(operation)).bySlot().get(slot.name());
        if (value instanceof ij.measure.ResultsTable results && ours instanceof sinterj.image.Table table) {
            assertEquals(table.size(), results.size());
            for (int row = 0; row < table.size(); row++) {
                for (String head : table.heads()) {
                    Object cell = table.cell(row, table.column(head));
                    if (cell instanceof Number n) assertEquals(n.doubleValue(), results.getValue(head, row), head);
                }
            }
        }
        return door("scijava", id, slot.name(), ours);
    }

    @Test
    void scijavaKnowsEveryOperationButShowsNone() {
        try (Context context = new Context(ModuleService.class, SinterJService.class)) {
            ModuleService modules = context.service(ModuleService.class);
            for (String id : ids()) {
                ModuleInfo info = modules.getModuleById("sinterj:" + id);
                assertNotNull(info, id);
                assertFalse(info.isVisible());
                assertTrue(info.getMenuPath() == null || info.getMenuPath().isEmpty());
                info.inputs().forEach(item -> assertFalse(item.isPersisted(), item.getName()));
            }
            assertNull(modules.getModuleById("sinterj:about"));
        }
    }

    @Test
    void scijavaRefusesAnUnknownKeyByName() {
        try (Context context = new Context(ModuleService.class, SinterJService.class)) {
            ModuleService modules = context.service(ModuleService.class);
            ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> modules.run(modules.getModuleById("sinterj:sample-data"), true, Map.of("siz", 16))
                            .get());
            assertTrue(
                    String.valueOf(e.getCause()).contains("'siz'")
                            || String.valueOf(e.getCause().getCause()).contains("'siz'"),
                    String.valueOf(e));
        }
    }
}
