package sinterj.scijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.Parameter;
import sinterj.trial.Child;

/** The SciJava door: what pyimagej and scripts find, give and get. Equal bits are looked at with the other doors. */
class ScijavaIT {
    private static Context context;
    private static ModuleService modules;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        context = new Context(ModuleService.class, SinterJService.class);
        modules = context.service(ModuleService.class);
    }

    @AfterAll
    static void stop() {
        context.dispose();
    }

    private static ModuleInfo info(String id) {
        return modules.getModuleById("sinterj:" + id);
    }

    private static Module run(String id, Map<String, Object> inputs) throws Exception {
        return modules.run(info(id), true, inputs).get(60, TimeUnit.SECONDS);
    }

    /** The sentence with which a run ends; it stands at the end of the causes. */
    private static String refusal(String id, Map<String, Object> inputs) {
        Throwable e = assertThrows(ExecutionException.class, () -> run(id, inputs));
        while (e.getCause() != null) e = e.getCause();
        assertInstanceOf(InvalidInput.class, e);
        return e.getMessage();
    }

    private static ImagePlus ball() {
        ImageStack stack = new ImageStack(9, 11);
        for (int z = 0; z < 7; z++) {
            ByteProcessor plane = new ByteProcessor(9, 11);
            for (int i = 0; i < 99; i++) {
                int r2 = (i % 9 - 4) * (i % 9 - 4) + (i / 9 - 5) * (i / 9 - 5) + (z - 3) * (z - 3);
                plane.set(i, r2 <= 9 ? 255 : 0);
            }
            stack.addSlice(plane);
        }
        return new ImagePlus("ball", stack);
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsFoundWithItsKeysAndDefaults() {
        return Operations.all().stream()
                .map(op -> DynamicTest.dynamicTest(op.info().id(), () -> requireModule(op)));
    }

    private static void requireModule(Operation<?> operation) throws Exception {
        ModuleInfo info = info(operation.info().id());
        assertEquals(operation.info().label(), info.getLabel());
        assertFalse(info.isVisible());
        assertTrue(info.getMenuPath().isEmpty());
        assertTrue(info.canRunHeadless() && info.canCancel());
        List<String> keys = new ArrayList<>();
        Module module = modules.createModule(info);
        for (ModuleItem<?> item : info.inputs()) {
            keys.add(item.getName());
            assertFalse(item.isPersisted() || item.isAutoFill() || item.isRequired(), item.getName());
            assertTrue(module.isInputResolved(item.getName()), "a dialog would open for " + item.getName());
        }
        assertEquals(sorted(Call.keys(operation.info())), sorted(keys));
        for (Parameter p : operation.info().schema().parameters()) {
            assertEquals(p.format(p.fallback()), p.format(module.getInput(p.key())), p.key());
            assertEquals(
                    p.isChoice() ? p.words() : List.of(), info.getInput(p.key()).getChoices(), p.key());
            assertEquals(p.about().label(), info.getInput(p.key()).getLabel());
        }
        List<String> slots = new ArrayList<>();
        info.outputs().forEach(item -> slots.add(item.getName()));
        assertEquals(operation.info().outputs().stream().map(s -> s.name()).toList(), slots);
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().distinct().toList();
    }

    @Test
    void resultsAreObjectsOfImagej() throws Exception {
        Module done = run("local-thickness", Map.of("input", ball(), "bins", 10));
        assertInstanceOf(ImagePlus.class, done.getOutput("thickness"));
        Map<String, Object> outputs = done.getOutputs();
        assertTrue(outputs.values().stream().anyMatch(ResultsTable.class::isInstance), outputs.toString());
        assertTrue(outputs.values().stream().anyMatch(Plot.class::isInstance), outputs.toString());
        assertEquals("ball-thickness", ((ImagePlus) done.getOutput("thickness")).getTitle());
    }

    @Test
    void valuesMayBeTextOrNumbersAndDefaultsFillTheRest() throws Exception {
        ImagePlus text = (ImagePlus)
                run("sample-data", Map.of("size", "16", "frames", "1")).getOutput("truth");
        ImagePlus numbers = (ImagePlus)
                run("sample-data", Map.of("size", 16L, "frames", 1.0)).getOutput("truth");
        assertEquals(16, text.getWidth());
        assertEquals(1, numbers.getNFrames());
        assertEquals(text.getProp("sinterj.provenance"), numbers.getProp("sinterj.provenance"));
        assertTrue(text.getProp("sinterj.provenance").contains("\"seed\":\"1\""));
    }

    /** SciJava itself would warn of the first, leave out the second and round the third. */
    @Test
    void whatIsWrongIsRefusedAndNeverLeftOut() {
        assertTrue(refusal("sample-data", Map.of("siz", 16)).contains("Did you mean 'size'?"));
        assertTrue(refusal("sample-data", Map.of("size", "sixteen")).contains("'sixteen'"));
        assertTrue(refusal("sample-data", Map.of("size", 16.7)).contains("'16.7'"));
        assertTrue(refusal("sample-data", Map.of("set", "none")).contains("in_situ_tilt_series"));
        assertTrue(refusal("local-thickness", Map.of("input", List.of(1, 2))).contains("'input' is a"));
        assertTrue(refusal("local-thickness", Map.of("input", "no such image")).contains("'no such image'"));
        Map<String, Object> wrongMask = new HashMap<>(Map.of("input", ball()));
        wrongMask.put("mask", "typo");
        assertTrue(refusal("local-thickness", wrongMask).contains("'mask'"));
        assertTrue(refusal("local-thickness", Map.of()).contains("No image is open"));
        assertTrue(refusal("local-thickness", Map.of("input", new ImagePlus())).contains("holds no pixels"));
        assertTrue(refusal("import-tilt-series", Map.of()).contains("'path'"));
    }

    @Test
    void anOptionalImageStaysEmptyAndFilesAreWritten() throws Exception {
        Path table = folder.resolve("t.csv");
        Module done = run("local-thickness", Map.of("input", ball(), "table", table.toString()));
        assertNull(done.getInput("mask"));
        assertTrue(Files.size(table) > 20);
        assertTrue(refusal("local-thickness", Map.of("input", ball(), "table", folder.resolve("no/t.csv")))
                .contains("does not exist"));
    }

    @Test
    void cancellingEndsWithinASecondWithoutResult() throws Exception {
        Module module = modules.createModule(info("sample-data"));
        Future<Module> running = modules.run(module, true, Map.of("size", 128, "frames", 150));
        Thread.sleep(1500);
        long start = System.nanoTime();
        ((Cancelable) module).cancel("enough");
        try {
            running.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            assertNotNull(e); // SciJava may tell it so, too
        }
        assertTrue(System.nanoTime() - start < 1.5e9);
        assertNull(module.getOutput("truth"));
        assertEquals("enough", ((Cancelable) module).getCancelReason());
    }

    /** Fiji registers the modules at every start: that must not load what is behind them. */
    @Test
    void registeringLoadsNoOperation() {
        List<Path> classPath = new ArrayList<>(Child.jars(Child.property("sinterj.imagej")));
        classPath.add(Child.property("sinterj.jar"));
        classPath.addAll(Child.jars(Child.property("sinterj.lib")));
        classPath.add(Child.testClasses());
        Child.Ended ended = Child.run(
                folder,
                Child.java(
                        List.of("-Djava.awt.headless=true", "-verbose:class"),
                        Child.classPath(classPath),
                        ContextDriver.class.getName()));
        assertEquals(0, ended.exit(), ended::err);
        List<String> found =
                ended.out().lines().filter(l -> l.startsWith("MODULE ")).toList();
        assertEquals(Operations.all().size(), found.size(), found.toString());
        assertTrue(found.contains("MODULE sinterj:sample-data = SinterJ Sample Data..."), found.toString());
        List<String> loaded = ended.out()
                .lines()
                .map(l -> LOADED.matcher(l))
                .filter(java.util.regex.Matcher::find)
                .map(m -> m.group(1))
                .toList();
        assertTrue(loaded.contains("sinterj.scijava.OperationModules"), "classes were told of: " + loaded.size());
        List<String> heavy = loaded.stream()
                .filter(
                        name -> name.startsWith("sinterj.") && !name.startsWith("sinterj.scijava.")
                                || name.matches(
                                        "(ai\\.djl|ai\\.onnxruntime|com\\.sun\\.jna|java\\.awt|javax\\.swing|sun\\.awt|ij)\\..*"))
                .filter(name -> !ofJavaItself(name.replaceAll("\\$\\$Lambda.*", "")))
                .toList();
        assertEquals(List.of(), heavy);
        List<String> ours = loaded.stream()
                .filter(name -> name.startsWith("sinterj.") && !name.contains("Driver"))
                .sorted()
                .toList();
        String here = "sinterj.scijava.";
        assertEquals(List.of(here + "OperationModuleInfo", here + "OperationModules", here + "SinterJService"), ours);
    }

    private static final java.util.regex.Pattern LOADED =
            java.util.regex.Pattern.compile("\\[class,load\\] (\\S+) source:");

    /** Classes that SciJava itself asks Java for, with or without SinterJ. */
    private boolean ofJavaItself(String name) {
        return withoutUs().contains(name);
    }

    private java.util.Set<String> without;

    private java.util.Set<String> withoutUs() {
        if (without != null) return without;
        List<Path> classPath = new ArrayList<>(Child.jars(Child.property("sinterj.imagej")));
        classPath.add(Child.testClasses());
        Child.Ended ended = Child.run(
                folder,
                Child.java(
                        List.of("-Djava.awt.headless=true", "-verbose:class"),
                        Child.classPath(classPath),
                        ContextDriver.class.getName()));
        assertEquals(0, ended.exit(), ended::err);
        without = ended.out()
                .lines()
                .map(l -> LOADED.matcher(l))
                .filter(java.util.regex.Matcher::find)
                .map(m -> m.group(1))
                .collect(java.util.stream.Collectors.toSet());
        return without;
    }

    /** The best of five, each in a Java of its own, as at each start of Fiji. */
    @Test
    @org.junit.jupiter.api.Tag("proof")
    void startingTakesLessThanTwentyMilliseconds() {
        List<Path> classPath = new ArrayList<>(Child.jars(Child.property("sinterj.imagej")));
        classPath.add(Child.property("sinterj.jar"));
        classPath.addAll(Child.jars(Child.property("sinterj.lib")));
        classPath.add(Child.testClasses());
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 5; i++) {
            Child.Ended ended = Child.run(
                    folder,
                    Child.java(
                            List.of("-Djava.awt.headless=true"),
                            Child.classPath(classPath),
                            StartDriver.class.getName()));
            java.util.regex.Matcher told = java.util.regex.Pattern.compile("START (\\d+) us CPU, (\\d+) us wall")
                    .matcher(ended.out());
            assertTrue(told.find(), ended::toString);
            System.out.println(told.group());
            best = Math.min(best, Double.parseDouble(told.group(1)) / 1000); // of the processor: others may use it too
        }
        assertTrue(best < 20, best + " ms");
    }
}
