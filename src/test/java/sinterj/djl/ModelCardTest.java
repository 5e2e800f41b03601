package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
import sinterj.segment.Tiles;
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

    private static UNetModel model(Weights weights, Normalisation.Rule rule) {
        return new UNetModel(
                weights,
                new int[] {0, 1, 2},
                1,
                rule,
                new Recipe(10, 64, 8, 1e-3, Disturbance.FIBSEM, Recipe.Turns.FREE, 0.2, 5, 1),
                VoxelSize.cube(20, "nm"),
                0.7,
                new double[] {0.9, 0.5, Double.NaN},
                8,
                new long[] {1000, 200, 30});
    }

    private static void write(Path folder, Normalisation.Rule rule) {
        Weights weights = NetworksTest.arbitrary(new UNetShape(3, 3, 4, 2), 2);
        TrainingSet set = TrainingSet.of(
                STACK.image(),
                STACK.labels().asVolume(),
                new TrainingSet.Choices(Double.NaN, 3, 1, 2),
                Progress.SILENT);
        ModelFolder.write(folder, model(weights, rule), weights);
        try (Network network = new OnnxNetwork(weights)) {
            ModelCard.write(folder, model(weights, rule), network, set, "SinterJ test");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrittenForOthersIsWhatTheirEngineFinds(@TempDir Path folder) {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        return Stream.of(Normalisation.Rule.values())
                .map(rule -> DynamicTest.dynamicTest(rule.word(), () -> {
                    Path one = folder.resolve(rule.word());
                    write(one, rule);
                    BioimageModel described = BioimageModel.of(one);
                    described.requireWhatTheFormatAsksFor();
                    assertEquals(List.of(3, 3), described.channels());
                    assertEquals(4, described.step());
                    described.requireItsOwnTestOutput(1e-5f);
                }));
    }

    @Test
    void whatIsDescribedIsGreyValuesAndWhatTheyBecomeLikeOurOwn(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        write(folder, Normalisation.Rule.STACK);
        BioimageModel described = BioimageModel.of(folder);
        float[] grey = described.testInput();
        float[] ours = Normalisation.of(Normalisation.Rule.STACK, STACK.image()).apply(grey);
        float[] theirs = described.preprocessed(grey);
        double squares = 0;
        for (int i = 0; i < grey.length; i++) {
            // The mirrored slice is whole numbers of 8 bits.
            assertEquals(Math.rint(grey[i]), grey[i], 1e-3);
            squares += Math.pow(ours[i] - theirs[i], 2);
        }
        // Percentiles of a part are not those of the stack, but near.
        assertEquals(0, Math.sqrt(squares / grey.length), 0.15);
        assertTrue(Files.readString(folder.resolve("README.md")).contains("| 2 | 30 | not known |"));
    }

    /** The folder as it is in the project, not as the build has copied it. */
    private static final Path BUNDLED = Path.of("models", BundledModel.FIBSEM);

    @Test
    void theBundledNetworkIsDescribedForOthers() throws Exception {
        Assumptions.assumeTrue(OnnxRuntime.missing().isEmpty(), () -> "skipped: " + OnnxRuntime.missing());
        BioimageModel described = BioimageModel.of(BUNDLED);
        described.requireWhatTheFormatAsksFor();
        described.requireItsOwnTestOutput(1e-5f);
        float[] out = described.testOutput();
        int[] counts = new int[3];
        for (int i = 0; i < out.length / 3; i++) counts[Tiles.largest(out, i, out.length / 3, 3)]++;
        assertTrue(Arrays.stream(counts).allMatch(n -> n > 0), "all phases are seen: " + Arrays.toString(counts));
    }

    @Test
    void theListOfHashesOfTheBundledNetworkIsTrueAndWhole() throws Exception {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(BUNDLED.resolve("SHA256SUMS"))) {
            String[] words = line.split("  ");
            assertEquals(BioimageModel.sha256(BUNDLED.resolve(words[1])), words[0], words[1]);
            listed.add(words[1]);
        }
        assertEquals(
                Set.of(
                        "model.json",
                        "model.onnx",
                        "rdf.yaml",
                        "test-input.npy",
                        "test-output.npy",
                        "weights.safetensors"),
                listed);
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
