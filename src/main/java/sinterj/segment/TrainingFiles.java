package sinterj.segment;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import sinterj.base.InvalidInput;

/**
 * Where an unfinished training stands, in its model folder: {@code state.json} and {@code state.safetensors}. They are
 * there from the first score until the training is done, so one that was stopped or cut off can go on.
 */
public final class TrainingFiles {
    private static final String STATE = "state.json";
    private static final String ARRAYS = "state.safetensors";

    private TrainingFiles() {}

    /**
     * What must be equal for a training to go on.
     *
     * @param shape the network
     * @param recipe how it is trained
     * @param data checksum of images and labels
     */
    public record Key(UNetShape shape, Recipe recipe, long data) {
        public static Key of(UNetShape shape, Recipe recipe, ValidationSplit split) {
            CRC32 sum = new CRC32();
            for (TrainingSet set : new TrainingSet[] {split.training(), split.validation()}) {
                set.labels().forEach((z, plane) -> {
                    sum.update(z);
                    sum.update(plane);
                });
            }
            split.training().planes().forEach((z, plane) -> {
                for (float v : plane) {
                    int bits = Float.floatToIntBits(v);
                    sum.update(bits);
                    sum.update(bits >>> 8);
                    sum.update(bits >>> 16);
                    sum.update(bits >>> 24);
                }
            });
            return new Key(shape, recipe, sum.getValue());
        }

        private JsonObject json() {
            Map<String, Number> sides = new LinkedHashMap<>();
            sides.put("inputs", shape.inputs());
            sides.put("classes", shape.classes());
            sides.put("width", shape.width());
            sides.put("depth", shape.depth());
            sides.put("data", data);
            JsonObject json = ModelJson.numbers(sides);
            json.add("recipe", ModelJson.recipe(recipe));
            return json;
        }
    }

    /** Writes where a training stands. */
    public static void write(Path folder, Key key, TrainingState state) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        state.last().values().forEach((name, a) -> arrays.put("last/" + name, a));
        state.best().values().forEach((name, a) -> arrays.put("best/" + name, a));
        state.momentum().forEach((name, a) -> arrays.put("momentum/" + name, a));
        state.square().forEach((name, a) -> arrays.put("square/" + name, a));
        JsonObject json = new JsonObject();
        json.add("key", key.json());
        json.addProperty("step", state.step());
        json.addProperty("best_score", state.bestScore());
        json.addProperty("best_step", state.bestStep());
        JsonArray rows = new JsonArray();
        for (TrainingState.Row row : state.history()) {
            JsonArray one = new JsonArray();
            one.add(row.step());
            one.add(row.loss());
            one.add(row.learningRate());
            one.add(row.meanIou());
            for (double v : row.iou()) one.add(Double.isNaN(v) ? -1 : v);
            rows.add(one);
        }
        json.add("history", rows);
        try {
            Files.createDirectories(folder);
            // The text first away, last in place: an array file without it is no state.
            Files.deleteIfExists(folder.resolve(STATE));
            TensorFile.write(folder.resolve(ARRAYS), arrays);
            ModelFolder.writeText(folder.resolve(STATE), ModelJson.pretty(json));
        } catch (IOException e) {
            throw ModelFolder.unwritable(folder, e);
        }
    }

    /** Takes the state away: the training is done. */
    public static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(STATE));
            Files.deleteIfExists(folder.resolve(ARRAYS));
        } catch (IOException e) {
            throw ModelFolder.unwritable(folder, e);
        }
    }

    /**
     * Where an unfinished training of the same data, network and recipe stands; the start if there is none.
     *
     * @throws InvalidInput if there is one but its files are broken
     */
    public static TrainingState read(Path folder, Key key) {
        TrainingState start = TrainingState.start(key.shape(), key.recipe().seed());
        if (!Files.isRegularFile(folder.resolve(STATE)) || !Files.isRegularFile(folder.resolve(ARRAYS))) return start;
        try {
            JsonObject json = JsonParser.parseString(ModelFolder.text(folder.resolve(STATE)))
                    .getAsJsonObject();
            if (!key.json().toString().equals(String.valueOf(json.get("key")))) return start;
            Map<String, float[]> arrays = TensorFile.read(folder.resolve(ARRAYS));
            List<TrainingState.Row> rows = new ArrayList<>();
            for (JsonElement row : json.getAsJsonArray("history")) rows.add(row(row.getAsJsonArray()));
            return new TrainingState(
                    ModelJson.whole(json, "step", 0, key.recipe().steps()),
                    new Weights(key.shape(), part(arrays, "last/")),
                    like(start.momentum(), part(arrays, "momentum/")),
                    like(start.square(), part(arrays, "square/")),
                    new Weights(key.shape(), part(arrays, "best/")),
                    ModelJson.number(json, "best_score", -1, 1),
                    ModelJson.whole(json, "best_step", 0, key.recipe().steps()),
                    rows);
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw broken(folder, "its JSON is not what Train U-Net... writes.", e);
        } catch (InvalidInput e) {
            throw broken(folder, e.getMessage(), e);
        } catch (IOException e) {
            throw broken(folder, e.getMessage() + ".", e);
        }
    }

    private static InvalidInput broken(Path folder, String why, Exception e) {
        return new InvalidInput(
                "The training in '" + folder + "' cannot go on: " + why + " Delete " + STATE + " there to start anew.",
                e);
    }

    private static TrainingState.Row row(JsonArray row) {
        if (row.size() < 4) throw new InvalidInput("its history has a row of " + row.size() + " numbers.");
        double[] iou = new double[row.size() - 4];
        for (int c = 0; c < iou.length; c++) {
            double v = row.get(4 + c).getAsDouble();
            iou[c] = v < 0 ? Double.NaN : v;
        }
        return new TrainingState.Row(
                row.get(0).getAsInt(),
                row.get(1).getAsDouble(),
                row.get(2).getAsDouble(),
                row.get(3).getAsDouble(),
                iou);
    }

    private static Map<String, float[]> part(Map<String, float[]> arrays, String prefix) {
        Map<String, float[]> part = new LinkedHashMap<>();
        arrays.forEach((name, a) -> {
            if (name.startsWith(prefix)) part.put(name.substring(prefix.length()), a);
        });
        return part;
    }

    private static Map<String, float[]> like(Map<String, float[]> shape, Map<String, float[]> read) {
        shape.forEach((name, a) -> {
            if (read.get(name) == null || read.get(name).length != a.length) {
                throw new InvalidInput("'" + name + "' is missing or of another size.");
            }
        });
        return read;
    }
}
