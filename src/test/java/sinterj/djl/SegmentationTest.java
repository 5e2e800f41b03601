package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.segment.Artefacts;
import sinterj.segment.Disturbance;
import sinterj.segment.FibSemStack;
import sinterj.segment.FinishedSlices;
import sinterj.segment.ModelFolder;
import sinterj.segment.Network;
import sinterj.segment.Normalisation;
import sinterj.segment.Recipe;
import sinterj.segment.StackSegmentation;
import sinterj.segment.Tiles;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetOnnx;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;
import sinterj.trial.Threads;

class SegmentationTest {
    private static final UNetShape SHAPE = new UNetShape(1, 3, 4, 2);

    @BeforeAll
    static void needsAnEngine() {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
    }

    @Test
    void aPlaneInPartsGivesWhatTheWholeGives() {
        int width = 131;
        int height = 107;
        float[][] plane = {NetworksTest.noise(width * height, 1)};
        try (Network network = new OnnxNetwork(NetworksTest.arbitrary(SHAPE, 2))) {
            float[] whole = new Tiles(network.halo(), 1024).apply(network, plane, width, height, Progress.SILENT);
            float[] parts = new Tiles(network.halo(), 40).apply(network, plane, width, height, Progress.SILENT);
            double largest = 0;
            for (int i = 0; i < whole.length; i++) largest = Math.max(largest, Math.abs(whole[i] - parts[i]));
            assertEquals(0, largest, 1e-4);
            float[] seams = new Tiles(0, 40).apply(network, plane, width, height, Progress.SILENT);
            double seam = 0;
            for (int i = 0; i < whole.length; i++) seam = Math.max(seam, Math.abs(whole[i] - seams[i]));
            assertTrue(seam > 1e-3, "a margin that is too small is seen: " + seam);
        }
    }

    private static Volume stack() {
        return new Volume(
                Planes.ofFloats(List.of(NetworksTest.noise(45 * 38, 3), NetworksTest.noise(45 * 38, 4)), 45, 38),
                VoxelSize.cube(20, "nm"));
    }

    private static Volume five() {
        List<float[]> planes = java.util.stream.IntStream.range(0, 5)
                .mapToObj(z -> NetworksTest.noise(45 * 38, z))
                .toList();
        return new Volume(Planes.ofFloats(planes, 45, 38), VoxelSize.pixels());
    }

    @Test
    void probabilitiesUncertaintyAndLabelsBelongTogether() {
        try (Network network = new OnnxNetwork(NetworksTest.arbitrary(SHAPE, 5))) {
            StackSegmentation.Result made = new StackSegmentation(
                            network,
                            new int[] {3, 7, 200},
                            1,
                            Normalisation.Rule.STACK,
                            StackSegmentation.Flips.ALL,
                            network.halo(),
                            true,
                            true)
                    .run(stack(), Progress.SILENT);
            int[] values = {3, 7, 200};
            for (int i = 0; i < 45 * 38; i++) {
                float sum = 0;
                float most = 0;
                for (Volume p : made.probabilities()) {
                    sum += p.plane(1)[i];
                    most = Math.max(most, p.plane(1)[i]);
                }
                assertEquals(255, sum, 1.5);
                int label = (int) made.labels().plane(1)[i];
                int c = java.util.Arrays.binarySearch(values, label);
                assertTrue(made.probabilities().get(c).plane(1)[i] >= most - 1);
                float u = made.uncertainty().plane(1)[i];
                assertTrue(u >= 0 && u <= 1);
            }
        }
    }

    /** Small slices are worked on several at a time, large ones part by part: the bits are the same. */
    @Test
    void severalSlicesAtOnceGiveTheBitsOfOneAfterTheOther() {
        Volume five = five();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Network network = new OnnxNetwork(NetworksTest.arbitrary(new UNetShape(3, 3, 4, 2), 5))) {
            Volume one = byThreads(network, five, 1);
            assertEquals(bits(one), bits(byThreads(watched(network, now, most), five, 3)));
            assertTrue(most.get() > 1, "at the same time: " + most);
        }
    }

    private static List<Integer> bits(Volume volume) {
        List<Integer> bits = new java.util.ArrayList<>();
        for (int z = 0; z < volume.depth(); z++) bits.add(java.util.Arrays.hashCode(volume.plane(z)));
        return bits;
    }

    private static Volume byThreads(Network network, Volume stack, int threads) {
        return new StackSegmentation(
                        network,
                        new int[] {0, 1, 2},
                        1,
                        Normalisation.Rule.STACK,
                        StackSegmentation.Flips.NONE,
                        network.halo(),
                        false,
                        true)
                .run(stack, new Threads(threads))
                .uncertainty();
    }

    /** Counts how many ask at the same time. */
    private static Network watched(Network network, AtomicInteger now, AtomicInteger most) {
        return new Passed(network) {
            @Override
            public float[] probabilities(float[] slices, int width, int height) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    Thread.sleep(30); // long enough for another thread to come
                    return super.probabilities(slices, width, height);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    now.decrementAndGet();
                }
            }
        };
    }

    /** Another network behind it. */
    private static class Passed implements Network {
        private final Network network;

        Passed(Network network) {
            this.network = network;
        }

        @Override
        public int inputs() {
            return network.inputs();
        }

        @Override
        public int classes() {
            return network.classes();
        }

        @Override
        public int multiple() {
            return network.multiple();
        }

        @Override
        public int halo() {
            return network.halo();
        }

        @Override
        public float[] probabilities(float[] slices, int width, int height) {
            return network.probabilities(slices, width, height);
        }

        @Override
        public void close() {}
    }

    @Test
    void aSegmentationThatWasStoppedGoesOnWhereItStood(@TempDir Path folder) {
        AtomicInteger asked = new AtomicInteger();
        Volume five = five();
        try (Network network = new OnnxNetwork(NetworksTest.arbitrary(SHAPE, 5))) {
            StackSegmentation counted = new StackSegmentation(
                    counting(network, asked),
                    new int[] {3, 7, 200},
                    1,
                    Normalisation.Rule.STACK,
                    StackSegmentation.Flips.NONE,
                    network.halo(),
                    true,
                    true);
            StackSegmentation.Result whole = counted.run(five, Progress.SILENT);
            assertEquals(5, asked.get());
            try (FinishedSlices slices = open(folder, "a", five)) {
                asked.set(0);
                assertThrows(
                        CancellationException.class,
                        () -> counted.run(five, slices, stoppedAfter(asked, 3).withThreads(1)));
            }
            try (FinishedSlices slices = open(folder, "a", five)) {
                asked.set(0);
                StackSegmentation.Result resumed = counted.run(five, slices, Progress.SILENT);
                assertEquals(2, asked.get());
                for (int z = 0; z < 5; z++) {
                    assertArrayEquals(whole.labels().plane(z), resumed.labels().plane(z));
                    assertArrayEquals(
                            whole.uncertainty().plane(z), resumed.uncertainty().plane(z));
                    assertArrayEquals(
                            whole.probabilities().get(2).plane(z),
                            resumed.probabilities().get(2).plane(z));
                }
            }
            try (FinishedSlices slices = open(folder, "b", five)) {
                asked.set(0);
                counted.run(five, slices, Progress.SILENT);
                assertEquals(5, asked.get(), "another network starts anew");
                slices.delete();
            }
            assertFalse(Files.exists(folder.resolve("x.part")));
        }
    }

    private static FinishedSlices open(Path folder, String what, Volume stack) {
        return FinishedSlices.open(folder, "x.part", what, stack, 3, true, Progress.SILENT);
    }

    private static Progress stoppedAfter(AtomicInteger asked, int slices) {
        return new Progress() {
            @Override
            public void report(double fraction, String what) {}

            @Override
            public void check() {
                if (asked.get() >= slices) throw new CancellationException("by the test");
            }
        };
    }

    private static Network counting(Network network, AtomicInteger asked) {
        return new Passed(network) {
            @Override
            public float[] probabilities(float[] slices, int width, int height) {
                asked.incrementAndGet();
                return super.probabilities(slices, width, height);
            }
        };
    }

    @Test
    void viewsThatAreMirroredMakeTheResultMirror() {
        try (Network network = new OnnxNetwork(NetworksTest.arbitrary(SHAPE, 6))) {
            StackSegmentation flips = new StackSegmentation(
                    network,
                    new int[] {0, 1, 2},
                    1,
                    Normalisation.Rule.NONE,
                    StackSegmentation.Flips.ALL,
                    network.halo(),
                    false,
                    true);
            // Sides are multiples of the coarsest pixel, so the mirrored plane falls onto the same grid.
            float[] plane = NetworksTest.noise(48 * 40, 8);
            float[] mirrored = new float[plane.length];
            for (int i = 0; i < plane.length; i++) mirrored[i] = plane[47 - i % 48 + 48 * (i / 48)];
            float[] a = uncertainty(flips, plane);
            float[] b = uncertainty(flips, mirrored);
            for (int i = 0; i < a.length; i++) assertEquals(a[i], b[47 - i % 48 + 48 * (i / 48)], 1e-5);
        }
    }

    private static float[] uncertainty(StackSegmentation s, float[] plane) {
        Volume stack = new Volume(Planes.ofFloats(List.of(plane), 48, 40), VoxelSize.pixels());
        return s.run(stack, Progress.SILENT).uncertainty().plane(0);
    }

    private static UNetModel model(Weights weights) {
        return new UNetModel(
                weights,
                new int[] {0, 1, 5},
                0.5,
                Normalisation.Rule.SLICE,
                new Recipe(10, 64, 8, 1e-3, Disturbance.FIBSEM, Recipe.Turns.KEEP, 0.2, 5, -3),
                VoxelSize.cube(20, "nm"),
                0.7,
                new double[] {0.9, 0.5, Double.NaN},
                8,
                new long[] {1000, 200, 30});
    }

    @Test
    void aModelThatWasWrittenIsReadBackEqual(@TempDir Path folder) {
        UNetModel model = model(NetworksTest.arbitrary(SHAPE, 7));
        ModelFolder.write(folder.resolve("a"), model, model.weights());
        UNetModel read = ModelFolder.read(folder.resolve("a").toString());
        model.weights()
                .values()
                .forEach((name, values) ->
                        assertArrayEquals(values, read.weights().values().get(name), name));
        assertArrayEquals(model.values(), read.values());
        assertArrayEquals(model.iou(), read.iou());
        assertEquals(model.recipe(), read.recipe());
        assertEquals(model.rule(), read.rule());
        assertEquals(model.voxel(), read.voxel());
        assertEquals(model.scale(), read.scale());
    }

    @Test
    void aFolderThatIsNotWhatItSaysIsRefusedInASentence(@TempDir Path folder) throws Exception {
        UNetModel model = model(NetworksTest.arbitrary(SHAPE, 7));
        ModelFolder.write(folder, model, model.weights());
        String json = Files.readString(folder.resolve("model.json"));
        refused(folder, json.replace("\"width\": 4", "\"width\": 5"), "[5, 1, 3, 3]");
        refused(folder, json.replace("\"width\": 4", "\"width\": 1e9"), "'width'");
        refused(folder, json.replace("\"scale\": 0.5", "\"scale\": \"../../etc\""), "'scale'");
        refused(folder, json.replace("\"depth\": 2", "\"depth\": [2]"), "'depth'");
        refused(folder, json.replace("sinterj-unet", "pickle"), "format");
        refused(folder, json.substring(0, json.length() / 2), "JSON");
        refused(folder, "[".repeat(100_000), "JSON");
        refused(folder, json.replace("\"slice\"", "\"run\""), "none of");
        Files.writeString(folder.resolve("model.json"), json);
        byte[] weights = Files.readAllBytes(folder.resolve("weights.safetensors"));
        weights[weights.length - 2] ^= 1;
        Files.write(folder.resolve("weights.safetensors"), weights);
        refused(folder, json, "SHA-256");
        Files.delete(folder.resolve("weights.safetensors"));
        refused(folder, json, "lacks weights.safetensors");
        assertThrows(
                InvalidInput.class,
                () -> ModelFolder.read(folder.resolve("nothing").toString()));
    }

    private static void refused(Path folder, String json, String says) throws Exception {
        Files.write(folder.resolve("model.json"), json.getBytes(StandardCharsets.UTF_8));
        String message = assertThrows(InvalidInput.class, () -> ModelFolder.read(folder.toString()), json)
                .getMessage();
        assertTrue(message.endsWith("."), message);
        assertTrue(message.contains(says), says + " in: " + message);
    }

    @Test
    void anOnnxFileOfOthersIsAppliedOrRefused(@TempDir Path folder) throws Exception {
        Weights weights = NetworksTest.arbitrary(SHAPE, 7);
        Path file = Files.write(folder.resolve("theirs.onnx"), UNetOnnx.bytes(weights));
        float[] plane = NetworksTest.noise(64 * 32, 1);
        try (Network foreign = Networks.ofFile(file, false);
                Network ours = new OnnxNetwork(weights)) {
            assertEquals(3, foreign.classes());
            assertArrayEquals(ours.probabilities(plane, 64, 32), foreign.probabilities(plane, 64, 32), 0);
        }
        assertThrows(InvalidInput.class, () -> Networks.ofFile(file, true));
        Path junk = Files.writeString(folder.resolve("junk.onnx"), "no network");
        assertThrows(InvalidInput.class, () -> Networks.ofFile(junk, false));
    }

    /** The network that comes along, which has learnt from milder stripes than these. */
    @Test
    void cleaningAndAligningAStripedAndDriftedStackHelpsItsSegmentation() {
        DriftedSample sample = DriftedSample.of(
                new FibSemStack.Sample(220, 200, 8, true, 500, 0.15, 20),
                new Artefacts(0.3, 0.2, 0.15, 2, 0.08, 0.4, 0),
                2);
        try (Network network = new OnnxNetwork(ModelFolder.read("fibsem-3phase").weights())) {
            double faulty = sample.scoreAsRecorded(network);
            double clean = sample.scoreCleaned(network);
            assertTrue(faulty < 0.8 && clean > faulty + 0.05, faulty + " became " + clean);
        }
    }

    /** A TorchScript file written by hand: three slices in, of the first the scores x and -x out. */
    private static Path torchScript(Path file) throws Exception {
        String code = """
                class M(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.M,
                    x: Tensor) -> Tensor:
                    a, b, c, = torch.chunk(x, 3, 1)
                    return torch.cat([a, torch.neg(a)], 1)
                """;
        byte[] module = "\u0080\u0002c__torch__\nM\n)\u0081}X\u0008\0\0\0training\u0089sb."
                .getBytes(StandardCharsets.ISO_8859_1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "m/data.pkl", module);
            store(zip, "m/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "m/constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "m/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setCrc(sum.getValue());
        entry.setSize(bytes.length);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    @Test
    void aTorchScriptFileOfOthersIsAppliedOrRefused(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(PyTorch.missing().isEmpty(), () -> "skipped: " + PyTorch.missing());
        Path file = torchScript(folder.resolve("theirs.pt"));
        float[] slices = NetworksTest.noise(3 * 64 * 32, 1);
        try (Network foreign = Networks.ofFile(file, false)) {
            assertEquals(3, foreign.inputs());
            assertEquals(2, foreign.classes());
            float[] p = foreign.probabilities(slices, 64, 32);
            assertEquals(2 * 64 * 32, p.length);
            for (int i = 0; i < 64 * 32; i++) assertEquals(1 / (1 + Math.exp(-2 * slices[i])), p[i], 1e-5);
        }
        String message = assertThrows(InvalidInput.class, () -> Networks.ofFile(file, true))
                .getMessage();
        assertTrue(message.endsWith("."), message);
        Path junk = Files.writeString(folder.resolve("junk.pt"), "no network");
        assertTrue(assertThrows(InvalidInput.class, () -> Networks.ofFile(junk, false))
                .getMessage()
                .contains("no TorchScript file"));
    }
}
