package sinterj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import sinterj.base.InvalidInput;
import sinterj.image.VoxelSize;
import sinterj.trial.Nonsense;

/** Whatever a model folder of others holds, it is a network or a sentence. */
@Tag(Nonsense.TAG)
class ModelFolderFuzzTest {
    private static final Path FOLDER = Path.of("target", "fuzz-model").toAbsolutePath();
    private static final Path WEIGHTS = FOLDER.resolve(ModelFolder.WEIGHTS);
    private static final Path ABOUT = FOLDER.resolve(ModelFolder.ABOUT);
    private static final TrainingFiles.Key KEY =
            new TrainingFiles.Key(model().weights().shape(), model().recipe(), 5);
    private static final byte[] GOOD_WEIGHTS;
    private static final byte[] GOOD_ABOUT;

    static {
        try {
            ModelFolder.write(FOLDER, model(), model().weights());
            GOOD_WEIGHTS = Files.readAllBytes(WEIGHTS);
            GOOD_ABOUT = Files.readAllBytes(ABOUT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static UNetModel model() {
        return new UNetModel(
                Weights.untrained(new UNetShape(1, 2, 2, 1), 4),
                new int[] {0, 255},
                1,
                Normalisation.Rule.STACK,
                new Recipe(1, 8, 1, 1e-3, Disturbance.NONE, Recipe.Turns.NONE, 0, 1, 1),
                VoxelSize.cube(1, "nm"),
                -1,
                new double[] {Double.NaN, Double.NaN},
                0,
                new long[] {100, 100});
    }

    private static void isNetworkOrSentence(byte[] about, byte[] weights) throws IOException {
        Files.write(ABOUT, about);
        Files.write(WEIGHTS, weights);
        Nonsense.doneOrSentence(
                FOLDER.toString(),
                () -> assertEquals(2, ModelFolder.read(FOLDER.toString()).values().length));
    }

    private static void readsOrRefuses(byte[] weights) throws IOException {
        Files.write(WEIGHTS, weights);
        Nonsense.doneOrSentence(
                "no network",
                () -> TensorFile.read(WEIGHTS)
                        .values()
                        .forEach(array -> assertTrue(array.length <= weights.length / 4)));
    }

    @Property
    void aboutWithAByteChanged(@ForAll @IntRange(max = 5000) int where, @ForAll byte value) throws IOException {
        isNetworkOrSentence(Nonsense.damaged(GOOD_ABOUT, where, value, GOOD_ABOUT.length), GOOD_WEIGHTS);
    }

    @Property
    void arraysWithAByteOfTheHeaderChangedOrCut(
            @ForAll @IntRange(max = 3000) int where, @ForAll byte value, @ForAll @IntRange(max = 20_000) int length)
            throws IOException {
        readsOrRefuses(Nonsense.damaged(GOOD_WEIGHTS, where, value, length));
    }

    @Property
    void anyBytesAsArrays(@ForAll byte[] bytes) throws IOException {
        readsOrRefuses(bytes);
    }

    @Property
    void trainingStateWithAByteChanged(@ForAll @IntRange(max = 5000) int where, @ForAll byte value) throws IOException {
        Path folder = FOLDER.resolveSibling("fuzz-training");
        TrainingFiles.write(folder, KEY, TrainingState.start(KEY.shape(), 1));
        Path state = folder.resolve("state.json");
        byte[] good = Files.readAllBytes(state);
        Files.write(state, Nonsense.damaged(good, where, value, good.length));
        Nonsense.doneOrSentence(
                "Delete state.json",
                () -> assertEquals(0, TrainingFiles.read(folder, KEY).step()));
    }

    @Example
    void arraysThatClaimTheSameBytesManyTimesAreRefused() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 1000; i++) {
            header.append(i == 0 ? "" : ",").append("\"a").append(i);
            header.append("\":{\"dtype\":\"F32\",\"shape\":[1000],\"data_offsets\":[0,4000]}");
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + 4000).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(WEIGHTS, file.putLong(json.length).put(json).array());
        String sentence =
                assertThrows(InvalidInput.class, () -> TensorFile.read(WEIGHTS)).getMessage();
        assertTrue(sentence.contains("upon each other"), sentence);
    }

    @Example
    void whatWasWrittenComesBack() throws IOException {
        Map<String, float[]> arrays = Map.of("a", new float[] {1.5f, -2}, "b", new float[0]);
        TensorFile.write(WEIGHTS, arrays);
        Map<String, float[]> read = TensorFile.read(WEIGHTS);
        assertEquals(arrays.keySet(), read.keySet());
        arrays.forEach((name, array) -> assertArrayEquals(array, read.get(name)));
    }
}
