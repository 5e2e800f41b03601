package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.segment.Disturbance;
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
        try (Network foreign = Networks.ofOnnxFile(file, false);
                Network ours = new OnnxNetwork(weights)) {
            assertEquals(3, foreign.classes());
            assertArrayEquals(ours.probabilities(plane, 64, 32), foreign.probabilities(plane, 64, 32), 0);
        }
        assertThrows(InvalidInput.class, () -> Networks.ofOnnxFile(file, true));
        Path junk = Files.writeString(folder.resolve("junk.onnx"), "no network");
        assertThrows(InvalidInput.class, () -> Networks.ofOnnxFile(junk, false));
    }
}
