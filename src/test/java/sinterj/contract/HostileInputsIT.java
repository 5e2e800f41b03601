package sinterj.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.cli.ManyRuns;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.InputSlot;
import sinterj.op.Operation;
import sinterj.op.OutputSlot;
import sinterj.op.Parameter;
import sinterj.op.Runner;

/**
 * Every command with every image, file and number that a user may get wrong: it is done, or one sentence
 * says why not, soon and without a trace, and a refused command has written nothing.
 */
class HostileInputsIT {
    private static final double SOON = 20;

    @TempDir
    private static Path folder;

    // --- images --------------------------------------------------------------------------------------------------

    private static ImagePlus grey(String name, int width, int height, int depth, IntToDoubleFunction value) {
        ImageStack stack = new ImageStack(width, height);
        for (int z = 0; z < depth; z++) {
            FloatProcessor plane = new FloatProcessor(width, height);
            for (int i = 0; i < width * height; i++) plane.setf(i, (float) value.applyAsDouble(z * width * height + i));
            stack.addSlice(plane);
        }
        return new ImagePlus(name, stack);
    }

    private static ImagePlus mask(String name, int width, int height, int depth) {
        ImageStack stack = new ImageStack(width, height);
        for (int z = 0; z < depth; z++) {
            ByteProcessor plane = new ByteProcessor(width, height);
            for (int i = 0; i < width * height; i++) {
                double r = Math.hypot(Math.hypot(i % width - width / 2, i / width - height / 2), z - depth / 2);
                plane.set(i, r < 4.2 ? 255 : 0);
            }
            stack.addSlice(plane);
        }
        return new ImagePlus(name, stack);
    }

    private static ImagePlus calibrated(ImagePlus image, double x, double y, double z, String unit) {
        image.getCalibration().pixelWidth = x;
        image.getCalibration().pixelHeight = y;
        image.getCalibration().pixelDepth = z;
        image.getCalibration().setUnit(unit);
        return image;
    }

    private static List<ImagePlus> images() {
        List<ImagePlus> images = new ArrayList<>();
        images.add(grey("one pixel", 1, 1, 1, i -> 5));
        images.add(grey("line", 1, 30, 1, i -> i % 7));
        images.add(mask("plane", 24, 20, 1));
        images.add(calibrated(mask("good mask", 15, 13, 11), 2, 2, 3, "nm"));
        images.add(grey("no number", 8, 7, 3, i -> i == 30 ? Double.NaN : 1));
        images.add(grey("infinite", 8, 7, 3, i -> i == 30 ? Double.POSITIVE_INFINITY : 0));
        images.add(grey("all zero", 9, 8, 5, i -> 0));
        images.add(grey("all one", 9, 8, 5, i -> 1));
        images.add(grey("many values", 9, 8, 5, i -> i));
        images.add(grey("fractions", 9, 8, 5, i -> (i % 10) / 10.0));
        images.add(grey("negative", 9, 8, 5, i -> -1 - i % 3));
        images.add(grey("enormous", 9, 8, 5, i -> i % 2 == 0 ? 3e38 : 0));
        images.add(calibrated(mask("tiny voxels", 15, 13, 11), 1e-30, 1e-30, 1e-30, "nm"));
        images.add(calibrated(mask("huge voxels", 15, 13, 11), 1e30, 1e30, 1e30, "nm"));
        images.add(calibrated(mask("flat voxels", 15, 13, 11), 1, 1, 1e6, "nm"));
        images.add(calibrated(mask("no length", 15, 13, 11), 0, 0, 0, "nm"));
        images.add(calibrated(mask("strange unit", 15, 13, 11), 1, 1, 1, "fortnight"));
        ImageStack colours = new ImageStack(8, 7);
        for (int z = 0; z < 3; z++) colours.addSlice(new ColorProcessor(8, 7));
        images.add(new ImagePlus("colours", colours));
        ImagePlus channels = grey("channels", 8, 7, 6, i -> i);
        channels.setDimensions(2, 3, 1);
        images.add(new CompositeImage(channels));
        ImagePlus frames = mask("frames", 15, 13, 12);
        frames.setDimensions(1, 4, 3);
        images.add(frames);
        return images;
    }

    private static Map<String, Path> files() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (ImagePlus image : images()) {
            Path file = folder.resolve(image.getTitle() + ".tif");
            boolean done = image.getStackSize() > 1
                    ? new FileSaver(image).saveAsTiffStack(file.toString())
                    : new FileSaver(image).saveAsTiff(file.toString());
            assertTrue(done, image.getTitle());
            files.put(image.getTitle(), file);
        }
        byte[] whole = Files.readAllBytes(files.get("good mask"));
        files.put("cut off", Files.write(folder.resolve("cut.tif"), Arrays.copyOf(whole, whole.length / 2)));
        files.put("head alone", Files.write(folder.resolve("head.tif"), Arrays.copyOf(whole, 60)));
        files.put("empty file", Files.write(folder.resolve("empty.tif"), new byte[0]));
        files.put("text", Files.writeString(folder.resolve("text.tif"), "this is no image\n"));
        files.put("a folder", Files.createDirectories(folder.resolve("folder.tif")));
        files.put("nothing", folder.resolve("nothing.tif"));
        files.put("MRC of nothing", Files.write(folder.resolve("zeros.mrc"), new byte[2000]));
        files.put("MRC cut off", Files.write(folder.resolve("cut.mrc"), new byte[100]));
        return files;
    }

    // --- commands ------------------------------------------------------------------------------------------------

    private static List<String> words(Operation<?> operation, Map<String, Object> settings) {
        List<String> words = new ArrayList<>(List.of(operation.info().id(), "--quiet"));
        settings.forEach((key, value) -> words.addAll(List.of("--" + key, String.valueOf(value))));
        for (OutputSlot slot : operation.info().outputs(OutputSlot.Kind.IMAGE).stream()
                .limit(1)
                .toList()) {
            words.addAll(List.of(
                    "--" + slot.name() + "-output", folder.resolve("out.tif").toString()));
        }
        return words;
    }

    private static Stream<DynamicTest> tests(Map<String, List<String>> cases) throws IOException {
        Map<String, ManyRuns.Result> results = ManyRuns.in(folder, List.of(), List.of("-Xmx1g"), cases);
        StringBuilder told = new StringBuilder();
        results.forEach((name, r) -> told.append(
                String.format(Locale.ROOT, "%-50s exit %d %5.1f s %s%n", name, r.exit(), r.seconds(), r.last())));
        Files.writeString(Path.of("target", "hostile-images.txt"), told); // to be read by a person
        return results.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    ManyRuns.Result r = e.getValue();
                    assertTrue(r.isDoneOrASentence(), r::toString);
                    assertTrue(r.seconds() < SOON, r::toString);
                    // Work that was done is not lost because one of its files cannot be made of this image.
                    boolean partly = r.last().endsWith("everything else was.");
                    if (partly) assertTrue(r.out().contains(","), "the table: " + r);
                    else if (r.exit() != 0) assertEquals("", r.out());
                }));
    }

    @TestFactory
    Stream<DynamicTest> anyImageIsDoneOrASentence() throws IOException {
        Map<String, Path> files = files();
        Map<String, List<String>> cases = new LinkedHashMap<>();
        for (Operation<?> operation : Operations.all()) {
            if (operation.info().mainInput() == null) continue;
            files.forEach((name, file) -> {
                List<String> words = words(operation, Samples.settings(operation));
                for (InputSlot slot : operation.info().inputs()) {
                    boolean needed =
                            slot.required() || slot.equals(operation.info().mainInput());
                    if (needed && slot.kind().isImage()) words.addAll(List.of("--" + slot.key(), file.toString()));
                }
                cases.put(operation.info().id() + ": " + name, words);
            });
        }
        return tests(cases);
    }

    // --- numbers -------------------------------------------------------------------------------------------------

    /**
     * The smallest and the largest number that each setting allows, and what lies beyond: refused, done, or work that
     * would take long and ends at once when Escape is pressed.
     */
    @TestFactory
    Stream<DynamicTest> anyNumberIsDoneOrASentenceOrCanBeStopped() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Operation<?> operation : Operations.all()) {
            if (operation.info().id().equals("batch")) continue; // its numbers are those of the others
            for (Parameter parameter : operation.info().schema().parameters()) {
                if (parameter.isSwitch() || parameter.isChoice() || parameter.type() == String.class) continue;
                Set<String> values = new LinkedHashSet<>(List.of("1e308", "-1e308", "1e-308", "0", "9999999"));
                if (Double.isFinite(parameter.about().min()))
                    values.add(parameter.format(parameter.about().min()));
                if (Double.isFinite(parameter.about().max()))
                    values.add(parameter.format(parameter.about().max()));
                for (String value : values) {
                    Map<String, Object> settings = Samples.settings(operation);
                    settings.put(parameter.key(), value);
                    tests.add(DynamicTest.dynamicTest(
                            operation.info().id() + ": " + parameter.key() + "=" + value,
                            () -> requireEnd(operation, settings)));
                }
            }
        }
        return tests.stream();
    }

    private static void requireEnd(Operation<?> operation, Map<String, Object> settings) {
        long start = System.nanoTime();
        try {
            run(Call.of(operation, settings), () -> System.nanoTime() - start > 0.4e9);
        } catch (InvalidInput e) {
            assertTrue(e.getMessage().endsWith(".") && e.getMessage().contains(" "), e.getMessage());
        } catch (CancellationException e) {
            assertEquals("Escape", e.getMessage());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds < SOON, seconds + " s");
    }

    private static <P extends Record> void run(Call<P> call, BooleanSupplier escape) {
        Runner.run(call.operation(), Samples.inputs(call.operation()), call.settings(), new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                if (escape.getAsBoolean()) throw new CancellationException("Escape");
            }
        });
    }
}
