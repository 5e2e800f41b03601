package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.Opener;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import sinterj.SinterJ;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.ij.Delivery;
import sinterj.image.Frames;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.Outputs;
import sinterj.op.Runner;
import sinterj.segment.Artefacts;
import sinterj.segment.FibSemStack;
import sinterj.segment.UNetOnnx;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/** What cannot be learnt from or applied is refused in a sentence that says what to do; and what can be, is. */
class SegmentationInputTest {
    private static final FibSemStack STACK = FibSemStack.make(
            new FibSemStack.Sample(70, 58, 4, true, 400, 0.15, 20),
            new Artefacts(0.05, 0, 0.1, 0, 0, 0, 0),
            3,
            Progress.SILENT);

    @TempDir
    private Path folder;

    private static <P extends Record> Outputs run(Operation<P> operation, Inputs in, Map<String, ?> settings) {
        return Runner.run(operation, in, Call.of(operation, settings).settings(), Progress.SILENT);
    }

    private static Volume labels(int width, int height, int... valueOfSlice) {
        List<byte[]> planes = new ArrayList<>();
        for (int value : valueOfSlice) {
            byte[] plane = new byte[width * height];
            java.util.Arrays.fill(plane, (byte) value);
            planes.add(plane);
        }
        return new Volume(Planes.ofBytes(planes, width, height), VoxelSize.cube(20, "nm"));
    }

    private String trained(Volume labels, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("steps", 1, "model", folder.toString()));
        settings.putAll(more);
        Inputs in = Inputs.of(STACK.image()).with("labels", Frames.of("labels", labels));
        String message = assertThrows(InvalidInput.class, () -> run(new TrainUNet(), in, settings))
                .getMessage();
        assertTrue(message.startsWith("Train U-Net: ") && message.endsWith("."), message);
        assertTrue(Files.notExists(folder.resolve("model.json")), "nothing is written");
        return message;
    }

    private static DynamicTest says(String name, String message, String... parts) {
        return DynamicTest.dynamicTest(name, () -> {
            for (String part : parts) assertTrue(message.contains(part), part + " in: " + message);
        });
    }

    @TestFactory
    Stream<DynamicTest> labelsThatCannotBeLearntFrom() {
        Volume few = labels(70, 58, 1, 1, 2, 0);
        byte[] plane = new byte[70 * 58];
        for (int i = 0; i < 9; i++) plane[i] = 3;
        List<byte[]> planes = new ArrayList<>();
        for (int z = 0; z < 3; z++) planes.add(bytes(few, z));
        planes.add(plane);
        Volume nine = new Volume(Planes.ofBytes(planes, 70, 58), VoxelSize.cube(20, "nm"));
        return Stream.of(
                says("other size", trained(labels(70, 57, 1, 2, 1, 2), Map.of()), "70 x 58 x 4", "70 x 57 x 4"),
                says("fewer slices", trained(labels(70, 58, 1, 2), Map.of()), "70 x 58 x 4", "70 x 58 x 2"),
                says("a class with too few", trained(nine, Map.of()), "class 3: 9", "class 2: 4060", "Label more"),
                says("one class", trained(labels(70, 58, 2, 0, 2, 0), Map.of()), "only the class 2", "at least two"),
                says("none labelled", trained(labels(70, 58, 0, 0, 0, 0), Map.of()), "Every voxel", "unlabelled"),
                says(
                        "a class that is expected but not there",
                        trained(few, Map.of("classes", 3)),
                        "'classes' (Classes) is 3",
                        "2 classes"));
    }

    private static byte[] bytes(Volume volume, int z) {
        float[] values = volume.plane(z);
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) out[i] = (byte) values[i];
        return out;
    }

    private static float[] segmented(Volume image) {
        return run(new SegmentWithUNet(), Inputs.of(image), Map.of())
                .image("labels")
                .first()
                .plane(2);
    }

    @Test
    void moreBitsAreConvertedByTheRuleOfTheNetwork() {
        List<short[]> sixteen = new ArrayList<>();
        List<float[]> floats = new ArrayList<>();
        for (int z = 0; z < 4; z++) {
            float[] plane = STACK.image().plane(z);
            short[] wide = new short[plane.length];
            float[] real = new float[plane.length];
            for (int i = 0; i < plane.length; i++) {
                wide[i] = (short) (200 * plane[i] + 1000);
                real[i] = plane[i] / 64 - 3;
            }
            sixteen.add(wide);
            floats.add(real);
        }
        float[] eight = segmented(STACK.image());
        int[] counts = new int[3];
        for (float v : eight) counts[(int) v]++;
        assertTrue(counts[0] > counts[1] && counts[1] > 100 && counts[2] > 50, java.util.Arrays.toString(counts));
        VoxelSize size = STACK.image().size();
        assertArrayEquals(eight, segmented(new Volume(Planes.ofShorts(sixteen, 70, 58), size)));
        // Sixty-fourths and 3 are exact in binary, so there is nothing to be rounded either.
        assertArrayEquals(eight, segmented(new Volume(Planes.ofFloats(floats, 70, 58), size)));
    }

    /** Grey values that a user has changed beforehand, beside those that the command changes. */
    @Test
    void aModelOfOthersIsGivenGreyValuesAsItsMakersSay() throws Exception {
        Path model = Files.write(
                folder.resolve("theirs.onnx"), UNetOnnx.bytes(Weights.untrained(new UNetShape(1, 3, 4, 2), 1)));
        List<float[]> planes = new ArrayList<>();
        List<float[]> over255 = new ArrayList<>();
        for (int z = 0; z < 4; z++) {
            float[] plane = STACK.image().plane(z);
            float[] fixed = new float[plane.length];
            float[] divided = new float[plane.length];
            for (int i = 0; i < plane.length; i++) {
                fixed[i] = (float) ((plane[i] - 123.7) / 58.4);
                divided[i] = (float) (plane[i] / 255.0);
            }
            planes.add(fixed);
            over255.add(divided);
        }
        float[] fixed = theirs(model, floats(planes), Map.of("normalisation", "none"));
        float[] divided = theirs(model, floats(over255), Map.of("normalisation", "none"));
        assertArrayEquals(
                fixed,
                theirs(model, STACK.image(), Map.of("normalisation", "fixed", "subtract", 123.7, "divide_by", 58.4)));
        assertArrayEquals(divided, theirs(model, STACK.image(), Map.of("normalisation", "fixed")));
        assertFalse(Arrays.equals(fixed, divided));
        String message = assertThrows(
                        InvalidInput.class,
                        () -> theirs(model, STACK.image(), Map.of("normalisation", "fixed", "divide_by", 0)))
                .getMessage();
        assertTrue(message.contains("'divide_by'"), message);
    }

    private static Volume floats(List<float[]> planes) {
        return new Volume(Planes.ofFloats(planes, 70, 58), STACK.image().size());
    }

    private static float[] theirs(Path model, Volume image, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("model", model.toString());
        settings.put("uncertainty", true);
        return run(new SegmentWithUNet(), Inputs.of(image), settings)
                .image("uncertainty")
                .first()
                .plane(0);
    }

    /** What was begun with other numbers does not go on. */
    @Test
    void aSegmentationThatGoesOnKnowsByWhatGreyValuesWereDivided() throws Exception {
        Path model = Files.write(
                folder.resolve("theirs.onnx"), UNetOnnx.bytes(Weights.untrained(new UNetShape(1, 3, 4, 2), 1)));
        Map<String, Object> settings = Map.of(
                "normalisation", "fixed", "resume", folder.resolve("part").toString());
        Progress stops = new Progress() {
            @Override
            public void report(double fraction, String what) {
                if (what.equals("Segmenting")) throw new CancellationException("by the test");
            }

            @Override
            public void check() {}

            @Override
            public int threads() {
                return 1;
            }
        };
        Map<String, Object> begun = new HashMap<>(settings);
        begun.put("model", model.toString());
        begun.put("uncertainty", true);
        begun.put("divide_by", 1);
        assertThrows(
                CancellationException.class,
                () -> Runner.run(
                        new SegmentWithUNet(),
                        Inputs.of(STACK.image()),
                        Call.of(new SegmentWithUNet(), begun).settings(),
                        stops));
        assertTrue(Files.size(folder.resolve("part").resolve("segmentation-0.part")) > 70 * 58);
        float[] whole = theirs(model, STACK.image(), Map.of("normalisation", "fixed"));
        assertArrayEquals(whole, theirs(model, STACK.image(), settings));
    }

    @Test
    void aModelThatIsNotThereIsRefusedWithTheNamesOfThoseThatAre() {
        String message = assertThrows(
                        InvalidInput.class,
                        () -> run(new SegmentWithUNet(), Inputs.of(STACK.image()), Map.of("model", "no/such")))
                .getMessage();
        assertTrue(message.contains("no/such") && message.contains("fibsem-3phase"), message);
        String other = assertThrows(
                        InvalidInput.class,
                        () -> run(new SegmentWithUNet(), Inputs.of(STACK.image()), Map.of("model", "no.pt")))
                .getMessage();
        assertTrue(other.contains("'normalisation'"), other);
    }

    @Test
    void theNetworkThatComesAlongTellsThePhasesOfASampleApart() {
        Outputs made = run(new SegmentWithUNet(), Inputs.of(STACK.image()), Map.of());
        double iou = run(
                        new EvaluateSegmentation(),
                        Inputs.of(made.image("labels"))
                                .with("truth", Frames.of("truth", STACK.labels().asVolume())),
                        Map.of())
                .table("scores")
                .number(0, "mean_iou");
        assertEquals(1, iou, 0.25);
    }

    /** A stack on the disk, whose slices are made when they are asked for. */
    @Test
    void aVirtualStackIsReadThreeTimesAtMostAndNotHeld() {
        int depth = 60;
        int[] asked = new int[depth];
        List<WeakReference<Object>> given = new ArrayList<>();
        List<Long> alive = new ArrayList<>();
        VirtualStack stack = new VirtualStack(70, 58, depth) {
            @Override
            public ImageProcessor getProcessor(int n) {
                asked[n - 1]++;
                byte[] pixels = bytes(STACK.image(), n % 4);
                given.add(new WeakReference<>(pixels));
                if (given.size() % 20 == 0) {
                    System.gc();
                    alive.add(given.stream().filter(r -> r.get() != null).count());
                }
                return new ByteProcessor(70, 58, pixels);
            }
        };
        ImagePlus image = new ImagePlus("virtual", stack);
        Map<String, Object> made = SinterJ.run("segment-unet", Map.of("input", image));
        assertEquals(depth, ((ImagePlus) made.get("labels")).getStackSize());
        // For the provenance, for the percentiles, and to be segmented; ImageJ itself looks at the first.
        for (int z = 1; z < depth; z++) assertTrue(asked[z] <= 3, "slice " + z + ": " + asked[z]);
        assertTrue(asked[0] <= 8, "the first: " + asked[0]);
        assertTrue(alive.size() >= 6, alive.toString());
        for (long n : alive) assertTrue(n <= 4, "slices that live: " + alive);
    }

    private static ImagePlus overTime(Volume... frames) {
        ImageStack stack = new ImageStack(70, 58);
        for (Volume frame : frames) {
            for (int z = 0; z < frame.depth(); z++) stack.addSlice(new ByteProcessor(70, 58, bytes(frame, z)));
        }
        ImagePlus image = new ImagePlus("series", stack);
        image.setDimensions(1, frames[0].depth(), frames.length);
        image.getCalibration().frameInterval = 2.5;
        return image;
    }

    /** Probabilities of a series are those of its frames: classes as channels, and time as it was. */
    @Test
    void probabilitiesOfASeriesAreAHyperstackOfClassesOverTime() {
        Volume later = FibSemStack.make(
                        new FibSemStack.Sample(70, 58, 4, true, 400, 0.15, 20), Artefacts.NONE, 4, Progress.SILENT)
                .image();
        Map<String, Object> settings = Map.of("input", overTime(STACK.image(), later), "probabilities", true);
        ImagePlus made = (ImagePlus) SinterJ.run("segment-unet", settings).get("probabilities");
        assertArrayEquals(new int[] {70, 58, 3, 4, 2}, made.getDimensions());
        assertTrue(made.isHyperStack());
        assertEquals(2.5, made.getCalibration().frameInterval);
        List<Volume> frames = List.of(STACK.image(), later);
        for (int t = 0; t < 2; t++) {
            ImagePlus one = (ImagePlus)
                    SinterJ.run("segment-unet", Map.of("input", overTime(frames.get(t)), "probabilities", true))
                            .get("probabilities");
            assertArrayEquals(new int[] {70, 58, 1, 4, 3}, one.getDimensions());
            for (int c = 1; c <= 3; c++) {
                for (int z = 1; z <= 4; z++) {
                    byte[] of = (byte[]) one.getStack().getPixels(one.getStackIndex(1, z, c));
                    byte[] in = (byte[]) made.getStack().getPixels(made.getStackIndex(c, z, t + 1));
                    assertArrayEquals(of, in, "class " + c + ", slice " + z + ", frame " + t);
                }
            }
        }
    }

    /** A file of such a series comes back as it was, and its channels are no input. */
    @Test
    void theHyperstackOfProbabilitiesIsWrittenAndReadBack() {
        Path file = folder.resolve("p.tif");
        Frames series = Frames.of("series", List.of(STACK.image(), STACK.image()));
        Frames made = run(new SegmentWithUNet(), Inputs.of(series), Map.of("probabilities", true))
                .image("probabilities");
        assertEquals(3, made.channels());
        Delivery.write(made, file);
        ImagePlus read = new Opener().openImage(file.toString());
        assertArrayEquals(new int[] {70, 58, 3, 4, 2}, read.getDimensions());
        String message = assertThrows(
                        InvalidInput.class, () -> SinterJ.run("label-particles", Map.of("input", file.toString())))
                .getMessage();
        assertTrue(message.contains("3 channels"), message);
        ImagePlus split = ij.plugin.ChannelSplitter.split(read)[1];
        Object labels = SinterJ.run("label-particles", Map.of("input", split)).get("labels");
        assertEquals(2, ((ImagePlus) labels).getNFrames());
    }
}
