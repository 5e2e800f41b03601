package sinterj.segment;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.VoxelSize;

/**
 * What a model folder says about its network, as JSON and back. Everything read is checked: a folder may come from
 * anywhere.
 */
final class ModelJson {
    static final String FORMAT = "sinterj-unet";
    private static final int VERSION = 1;

    private ModelJson() {}

    static String text(UNetModel model, String sha256) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        UNetShape shape = model.weights().shape();
        JsonArray classes = new JsonArray();
        for (int c = 0; c < model.values().length; c++) {
            JsonObject one = new JsonObject();
            one.addProperty("value", model.values()[c]);
            one.addProperty("labelled_voxels", model.labelled()[c]);
            // JSON has no word for what is no number.
            if (Double.isFinite(model.iou()[c])) one.addProperty("iou", model.iou()[c]);
            classes.add(one);
        }
        json.add("classes", classes);
        json.addProperty("inputs", shape.inputs());
        json.addProperty("width", shape.width());
        json.addProperty("depth", shape.depth());
        json.addProperty("scale", model.scale());
        json.addProperty("normalisation", model.rule().word());
        json.addProperty("mean_iou", model.score());
        json.addProperty("best_step", model.step());
        JsonObject voxel = new JsonObject();
        voxel.addProperty("x", model.voxel().x());
        voxel.addProperty("y", model.voxel().y());
        voxel.addProperty("z", model.voxel().z());
        voxel.addProperty("unit", model.voxel().unit());
        json.add("voxel", voxel);
        json.add("recipe", recipe(model.recipe()));
        json.addProperty("weights_sha256", sha256);
        return pretty(json);
    }

    static String pretty(JsonObject json) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    static JsonObject recipe(Recipe r) {
        JsonObject json = new JsonObject();
        json.addProperty("steps", r.steps());
        json.addProperty("patch", r.patch());
        json.addProperty("batch", r.batch());
        json.addProperty("learning_rate", r.learningRate());
        json.add("faults", faults(r.faults()));
        json.addProperty("turns", r.turns().name().toLowerCase(Locale.ROOT));
        json.addProperty("validation", r.validation());
        json.addProperty("patience", r.patience());
        json.addProperty("seed", r.seed());
        return json;
    }

    private static JsonObject faults(Disturbance d) {
        JsonObject json = new JsonObject();
        json.addProperty("curtaining", d.curtaining());
        json.addProperty("charging", d.charging());
        json.addProperty("noise", d.noise());
        json.addProperty("defocus", d.defocus());
        json.addProperty("shift", d.shift());
        json.addProperty("brightness", d.brightness());
        json.addProperty("tone", d.tone());
        json.addProperty("brightness_jumps", d.brightnessJumps());
        json.addProperty("shine_through", d.shineThrough());
        json.addProperty("missing", d.missing());
        return json;
    }

    private static Disturbance parseFaults(JsonObject json) {
        return new Disturbance(
                number(json, "curtaining", 0, 100),
                number(json, "charging", 0, 100),
                number(json, "noise", 0, 100),
                number(json, "defocus", 0, 100),
                whole(json, "shift", 0, 100),
                number(json, "brightness", 0, 100),
                number(json, "tone", 0, 100),
                number(json, "brightness_jumps", 0, 100),
                number(json, "shine_through", 0, 100),
                number(json, "missing", 0, 1));
    }

    /** What {@code model.json} says, without the weights. */
    record Parsed(
            UNetShape shape,
            int[] values,
            long[] labelled,
            double[] iou,
            double scale,
            Normalisation.Rule rule,
            Recipe recipe,
            VoxelSize voxel,
            double score,
            int step,
            String sha256) {}

    static Parsed parse(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            if (!FORMAT.equals(word(json, "format"))) throw new InvalidInput("its format is not " + FORMAT + ".");
            if (number(json, "version", 1, 1e9) > VERSION) {
                throw new InvalidInput("it was written by a newer SinterJ. Update SinterJ.");
            }
            JsonArray classes = json.getAsJsonArray("classes");
            int n = classes == null ? 0 : classes.size();
            UNetShape shape = new UNetShape(
                    whole(json, "inputs", 1, 15), n, whole(json, "width", 2, 128), whole(json, "depth", 1, 6));
            int[] values = new int[n];
            long[] labelled = new long[n];
            double[] iou = new double[n];
            for (int c = 0; c < n; c++) {
                JsonObject one = classes.get(c).getAsJsonObject();
                values[c] = whole(one, "value", 0, 255);
                labelled[c] = (long) number(one, "labelled_voxels", 0, 1e15);
                iou[c] = one.has("iou") ? number(one, "iou", 0, 1) : Double.NaN;
                if (c > 0 && values[c] <= values[c - 1]) throw new InvalidInput("its classes are not in order.");
            }
            return new Parsed(
                    shape,
                    values,
                    labelled,
                    iou,
                    number(json, "scale", 0.01, 8),
                    choice(Normalisation.Rule.class, word(json, "normalisation")),
                    parseRecipe(json.getAsJsonObject("recipe")),
                    voxel(json.getAsJsonObject("voxel")),
                    number(json, "mean_iou", -1, 1),
                    whole(json, "best_step", 0, 1_000_000_000),
                    word(json, "weights_sha256"));
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | NullPointerException
                | UnsupportedOperationException
                | ClassCastException e) {
            throw new InvalidInput("it is not the JSON that Train U-Net... writes.", e);
        }
    }

    private static VoxelSize voxel(JsonObject json) {
        return new VoxelSize(
                number(json, "x", 1e-12, 1e12),
                number(json, "y", 1e-12, 1e12),
                number(json, "z", 1e-12, 1e12),
                word(json, "unit"));
    }

    static Recipe parseRecipe(JsonObject json) {
        return new Recipe(
                whole(json, "steps", 1, 1_000_000_000),
                whole(json, "patch", 1, 65_536),
                whole(json, "batch", 1, 65_536),
                number(json, "learning_rate", 0, 1e6),
                parseFaults(json.getAsJsonObject("faults")),
                choice(Recipe.Turns.class, word(json, "turns")),
                number(json, "validation", 0, 1),
                whole(json, "patience", 0, 1_000_000_000),
                json.get("seed").getAsLong());
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String word) {
        for (E choice : type.getEnumConstants())
            if (choice.name().toLowerCase(Locale.ROOT).equals(word)) return choice;
        throw new InvalidInput("'" + shortened(word) + "' is none of "
                + java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ".");
    }

    private static String shortened(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "..." : word;
    }

    private static String word(JsonObject json, String key) {
        JsonElement value = json.get(key);
        if (value == null || !value.isJsonPrimitive()) throw new InvalidInput("it has no '" + key + "'.");
        return value.getAsString();
    }

    static double number(JsonObject json, String key, double low, double high) {
        JsonElement value = json.get(key);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()) {
            throw new InvalidInput("it has no number '" + key + "'.");
        }
        double number = value.getAsDouble();
        if (!(number >= low && number <= high)) {
            throw new InvalidInput("'" + key + "' is " + number + ", not from " + low + " to " + high + ".");
        }
        return number;
    }

    static int whole(JsonObject json, String key, int low, int high) {
        double number = number(json, key, low, high);
        if (number != Math.rint(number)) throw new InvalidInput("'" + key + "' is " + number + ", no whole number.");
        return (int) number;
    }

    /** Numbers by name, in the order given. */
    static JsonObject numbers(Map<String, Number> values) {
        JsonObject json = new JsonObject();
        values.forEach(json::addProperty);
        return json;
    }
}
