package sinterj.op;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import sinterj.base.Progress;
import sinterj.image.Frames;
import sinterj.image.Table;

/**
 * Where an image came from: command, version, settings and inputs with their fingerprints, and for each input where it
 * came from in turn. It is JSON on one line, so it fits into an image property and survives being saved as TIFF.
 */
public final class Provenance {
    /** A chain longer than this is cut at its far end: it is a note, not an archive. */
    private static final int LONGEST_HISTORY = 100_000;

    private Provenance() {}

    static <P extends Record> JsonObject of(OperationInfo<P> info, P settings, Inputs in, Progress progress) {
        JsonObject json = new JsonObject();
        json.addProperty("command", info.id());
        json.addProperty("version", version());
        JsonObject values = new JsonObject();
        info.schema().values(settings).forEach(values::addProperty);
        json.add("settings", values);
        JsonArray inputs = new JsonArray();
        for (Map.Entry<String, Frames> image : in.images().entrySet()) {
            inputs.add(input(image.getKey(), image.getValue(), progress));
        }
        in.tables()
                .forEach((slot, table) ->
                        inputs.add(input(slot, table, in.names().get(slot))));
        json.add("inputs", inputs);
        return json;
    }

    private static JsonObject input(String slot, Frames image, Progress progress) {
        JsonObject json = new JsonObject();
        json.addProperty("slot", slot);
        json.addProperty("title", image.title());
        json.addProperty("sha256", PixelHash.of(image, progress));
        String earlier = image.notes().getOrDefault(Frames.PROVENANCE, "");
        if (!earlier.isEmpty() && earlier.length() < LONGEST_HISTORY) json.add("provenance", parsed(earlier));
        return json;
    }

    private static JsonObject input(String slot, Table table, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("slot", slot);
        if (name != null) json.addProperty("title", name);
        json.addProperty("sha256", PixelHash.of(table));
        return json;
    }

    private static com.google.gson.JsonElement parsed(String earlier) {
        try {
            return JsonParser.parseString(earlier);
        } catch (JsonParseException e) {
            return new JsonPrimitive(earlier); // somebody edited the note; keep what it says
        }
    }

    static String text(JsonObject provenance, boolean complete) {
        JsonObject json = provenance.deepCopy();
        json.addProperty("complete", complete);
        return new GsonBuilder().disableHtmlEscaping().create().toJson(json);
    }

    /** The version of this build; {@code development} when run from class files. */
    public static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
