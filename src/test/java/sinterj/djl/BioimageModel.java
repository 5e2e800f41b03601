package sinterj.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import sinterj.segment.Network;

/**
 * A model folder as a program sees it that knows nothing but the model description 0.5 of bioimage.io: it reads the
 * YAML, checks what is required there, does the steps before the network by their definitions, and applies the file.
 */
final class BioimageModel {
    private static final double EPS = 1e-6;

    private final Path folder;
    private final Map<String, Object> rdf;

    private BioimageModel(Path folder, Map<String, Object> rdf) {
        this.folder = folder;
        this.rdf = rdf;
    }

    static BioimageModel of(Path folder) throws Exception {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return new BioimageModel(folder, yaml.load(Files.readString(folder.resolve("rdf.yaml"))));
    }

    static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        assertTrue(value instanceof Map, () -> "a map, not " + value);
        return (Map<String, Object>) value;
    }

    private static List<Map<String, Object>> maps(Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        assertTrue(value instanceof List, () -> "a list, not " + value);
        for (Object one : (List<?>) value) maps.add(map(one));
        return maps;
    }

    private static String text(Map<String, Object> in, String key) {
        assertTrue(in.get(key) instanceof String, () -> key + " is " + in.get(key));
        return (String) in.get(key);
    }

    private static double number(Map<String, Object> in, String key) {
        assertTrue(in.get(key) instanceof Number, () -> key + " is " + in.get(key));
        return ((Number) in.get(key)).doubleValue();
    }

    private Map<String, Object> input() {
        assertEquals(1, maps(rdf.get("inputs")).size());
        return maps(rdf.get("inputs")).get(0);
    }

    private Map<String, Object> output() {
        assertEquals(1, maps(rdf.get("outputs")).size());
        return maps(rdf.get("outputs")).get(0);
    }

    private static Map<String, Object> axis(Map<String, Object> tensor, int n, String type, String id) {
        Map<String, Object> axis = maps(tensor.get("axes")).get(n);
        assertEquals(type, axis.get("type"));
        if (id != null) assertEquals(id, axis.get("id"));
        return axis;
    }

    void requireWhatTheFormatAsksFor() throws Exception {
        assertTrue(text(rdf, "format_version").startsWith("0.5."), rdf.toString());
        assertEquals("model", rdf.get("type"));
        String name = text(rdf, "name");
        assertTrue(name.length() >= 5 && name.length() <= 128 && name.matches("[-A-Za-z0-9_ ()]+"), name);
        assertTrue(text(rdf, "description").length() <= 1024);
        for (Map<String, Object> author : maps(rdf.get("authors"))) text(author, "name");
        for (Map<String, Object> work : maps(rdf.get("cite"))) {
            text(work, "text");
            assertTrue(text(work, "doi").matches("10[.][0-9]{4,}/.+"), work.toString());
        }
        assertEquals("BSD-2-Clause", rdf.get("license")); // an SPDX name
        assertTrue(Files.isRegularFile(folder.resolve(text(rdf, "documentation"))));
        assertTrue(text(rdf, "documentation").endsWith(".md"));
        for (Map<String, Object> tensor : List.of(input(), output())) requireTensor(tensor);
        for (int n = 2; n < 4; n++) {
            String id = n == 2 ? "y" : "x";
            Map<String, Object> in = map(axis(input(), n, "space", id).get("size"));
            assertTrue(number(in, "min") >= 1 && number(in, "step") >= 1, in.toString());
            Map<String, Object> out = axis(output(), n, "space", id);
            assertEquals(Map.of("tensor_id", input().get("id"), "axis_id", id), out.get("size"));
            assertTrue(2 * number(out, "halo") < number(in, "min"), "something is left within the halo");
        }
        Map<String, Object> onnx = map(map(rdf.get("weights")).get("onnx"));
        requireFile(onnx);
        assertTrue(number(onnx, "opset_version") >= 7);
    }

    private void requireTensor(Map<String, Object> tensor) throws Exception {
        text(tensor, "id");
        assertEquals(4, maps(tensor.get("axes")).size());
        axis(tensor, 0, "batch", null);
        assertTrue(axis(tensor, 1, "channel", null).get("channel_names") instanceof List);
        assertEquals("float32", map(tensor.get("data")).get("type"));
        requireFile(map(tensor.get("test_tensor")));
        int side = (int) number(map(axis(input(), 2, "space", "y").get("size")), "min");
        npy(tensor, "(1, " + channels(tensor) + ", " + side + ", " + side + ")");
    }

    private void requireFile(Map<String, Object> file) throws Exception {
        String source = text(file, "source");
        assertTrue(!source.contains("/") && Files.isRegularFile(folder.resolve(source)), source);
        assertEquals(sha256(folder.resolve(source)), text(file, "sha256"), source);
    }

    private static int channels(Map<String, Object> tensor) {
        return ((List<?>) axis(tensor, 1, "channel", null).get("channel_names")).size();
    }

    /** Of the input and of the output. */
    List<Integer> channels() {
        return List.of(channels(input()), channels(output()));
    }

    /** Sides grow by this. */
    int step() {
        return (int) number(map(axis(input(), 3, "space", "x").get("size")), "step");
    }

    float[] testInput() throws Exception {
        return npy(input(), "");
    }

    float[] testOutput() throws Exception {
        return npy(output(), "");
    }

    /** The numbers of a NumPy file, whose header must say the shape. */
    private float[] npy(Map<String, Object> tensor, String shape) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(text(map(tensor.get("test_tensor")), "source")));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals("NUMPY", new String(bytes, 1, 5, StandardCharsets.US_ASCII));
        int start = 10 + buffer.getShort(8);
        assertEquals(0, start % 64);
        String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
        assertTrue(header.contains("'descr': '<f4'") && header.endsWith("\n"), header);
        assertTrue(header.contains("'shape': " + shape), header);
        float[] values = new float[(bytes.length - start) / 4];
        buffer.position(start);
        buffer.asFloatBuffer().get(values);
        return values;
    }

    /** The test input, preprocessed and given to the file, is the test output. */
    void requireItsOwnTestOutput(float tolerance) throws Exception {
        int side = (int) number(map(axis(input(), 2, "space", "y").get("size")), "min");
        Path file = folder.resolve(text(map(map(rdf.get("weights")).get("onnx")), "source"));
        try (Network network = Networks.ofFile(file, false)) {
            float[] made = network.probabilities(preprocessed(testInput()), side, side);
            assertArrayEquals(testOutput(), made, tolerance);
        }
    }

    /** What the steps make of an array, by their definitions in the model description. */
    float[] preprocessed(float[] in) {
        double[] values = new double[in.length];
        for (int i = 0; i < in.length; i++) values[i] = in[i];
        assertNotNull(input().get("preprocessing"));
        for (Map<String, Object> step : maps(input().get("preprocessing"))) {
            Map<String, Object> words = map(step.get("kwargs"));
            switch (text(step, "id")) {
                case "scale_range" -> normalise(values, words, BioimageModel::scaledByRange);
                case "zero_mean_unit_variance" -> normalise(values, words, BioimageModel::standardised);
                case "scale_linear" -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = values[i] * number(words, "gain") + number(words, "offset");
                    }
                }
                case "clip" -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Math.max(number(words, "min"), Math.min(number(words, "max"), values[i]));
                    }
                }
                default -> throw new AssertionError("no step of the format: " + step);
            }
        }
        float[] out = new float[in.length];
        for (int i = 0; i < in.length; i++) out[i] = (float) values[i];
        return out;
    }

    private interface Rule {
        double[] of(double[] values, Map<String, Object> words);
    }

    /** Jointly along all axes, or each channel by itself. */
    private void normalise(double[] values, Map<String, Object> words, Rule rule) {
        List<?> axes = (List<?>) words.get("axes");
        assertTrue(
                List.of("channel", "y", "x").equals(axes) || List.of("y", "x").equals(axes), axes.toString());
        assertEquals(EPS, number(words, "eps"));
        int n = axes.size() == 3 ? values.length : values.length / channels(input());
        for (int from = 0; from < values.length; from += n) {
            double[] part = rule.of(Arrays.copyOfRange(values, from, from + n), words);
            System.arraycopy(part, 0, values, from, n);
        }
    }

    private static double[] scaledByRange(double[] values, Map<String, Object> words) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ends = new double[2];
        for (int k = 0; k < 2; k++) {
            double at = number(words, k == 0 ? "min_percentile" : "max_percentile") / 100 * (sorted.length - 1);
            int i = (int) Math.floor(at);
            ends[k] = sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
        }
        return Arrays.stream(values)
                .map(v -> (v - ends[0]) / (ends[1] - ends[0] + EPS))
                .toArray();
    }

    private static double[] standardised(double[] values, Map<String, Object> words) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return Arrays.stream(values)
                .map(v -> (v - mean) / (Math.sqrt(variance) + EPS))
                .toArray();
    }
}
