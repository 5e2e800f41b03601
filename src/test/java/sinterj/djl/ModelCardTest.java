package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sinterj.base.Progress;
import sinterj.image.VoxelSize;
import sinterj.segment.Artefacts;
import sinterj.segment.BundledModel;
import sinterj.segment.Disturbance;
import sinterj.segment.FibSemStack;
import sinterj.segment.ModelCard;
import sinterj.segment.ModelFolder;
import sinterj.segment.Network;
import sinterj.segment.Normalisation;
import sinterj.segment.Recipe;
import sinterj.segment.TrainingSet;
import sinterj.segment.UNetModel;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

class ModelCardTest {
    private static final FibSemStack STACK = FibSemStack.make(
            new FibSemStack.Sample(60, 50, 5, true, 320, 0.15, 20),
            new Artefacts(0.05, 0, 0.1, 0, 0, 0, 0),
            3,
            Progress.SILENT);

    /** The numbers of a NumPy file, whose header must say the shape. */
    private static float[] npy(Path file, String shape) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("NUMPY", new String(bytes, 1, 5, StandardCharsets.US_ASCII));
        int start = 10 + buffer.getShort(8);
        assertEquals(0, start % 64);
        String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
        assertTrue(header.contains("'shape': " + shape) && header.endsWith("\n"), header);
        float[] values = new float[(bytes.length - start) / 4];
        buffer.position(start);
        buffer.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void whatIsWrittenForOthersIsWhatTheirEngineFinds(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        Weights weights = NetworksTest.arbitrary(new UNetShape(3, 3, 4, 2), 2);
        UNetModel model = new UNetModel(
                weights,
                new int[] {0, 1, 2},
                1,
                Normalisation.Rule.STACK,
                new Recipe(10, 64, 8, 1e-3, Disturbance.FIBSEM, Recipe.Turns.FREE, 0.2, 5, 1),
                VoxelSize.cube(20, "nm"),
                0.7,
                new double[] {0.9, 0.5, Double.NaN},
                8,
                new long[] {1000, 200, 30});
        TrainingSet set = TrainingSet.of(
                STACK.image(),
                STACK.labels().asVolume(),
                new TrainingSet.Choices(Double.NaN, 3, 1, 2),
                Progress.SILENT);
        ModelFolder.write(folder, model, weights);
        try (Network network = new OnnxNetwork(weights)) {
            ModelCard.write(folder, model, network, set, "SinterJ test");
        }
        int side = 2 * weights.shape().halo() + 4;
        float[] in = npy(folder.resolve("test-input.npy"), "(1, 3, " + side + ", " + side + ")");
        float[] out = npy(folder.resolve("test-output.npy"), "(1, 3, " + side + ", " + side + ")");
        try (Network theirs = Networks.ofFile(folder.resolve("model.onnx"), false)) {
            // ONNX files of others get sides in multiples of 32; ours takes any multiple of 4.
            assertArrayEquals(out, theirs.probabilities(in, side, side), 1e-6f);
        }
        String rdf = Files.readString(folder.resolve("rdf.yaml"));
        for (String name : new String[] {"model.onnx", "test-input.npy", "test-output.npy"}) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(name)));
            assertTrue(
                    rdf.contains(
                            "source: " + name + ", sha256: " + HexFormat.of().formatHex(hash)),
                    name);
        }
        assertTrue(rdf.contains("size: {min: " + side + ", step: 4}"), rdf);
        assertTrue(Files.readString(folder.resolve("README.md")).contains("| 2 | 30 | not known |"));
    }

    @Test
    void theNetworkThatComesWithTheProjectIsReadByName() {
        for (String name : BundledModel.names()) {
            UNetModel model = ModelFolder.read(name);
            assertArrayEquals(new int[] {0, 1, 2}, model.values());
            assertEquals(20, model.voxel().x());
        }
    }
}
