package sinterj.optimize;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line of a study file: a JSON object. */
sealed interface StudyLine {
    /** Versions of the file that this program reads and writes. */
    int VERSION = 1;

    /** The first line: what the study is of. */
    record Head(Map<String, String> facts) implements StudyLine {}

    /** A program has joined. */
    record Session(int number) implements StudyLine {}

    /** A trial begins, or begins anew since the program that ran it is gone. */
    record Begun(int trial, int session, double[] at) implements StudyLine {}

    /** A trial has ended. */
    record Ended(int trial, TrialResult result) implements StudyLine {}

    /** The line as text, without its end. */
    default String text() {
        JsonObject json = new JsonObject();
        if (this instanceof Head head) {
            json.addProperty("study", "sinterj");
            json.addProperty("version", VERSION);
            JsonObject facts = new JsonObject();
            head.facts.forEach(facts::addProperty);
            json.add("facts", facts);
        } else if (this instanceof Session session) {
            json.addProperty("session", session.number);
        } else if (this instanceof Begun begun) {
            json.addProperty("trial", begun.trial);
            json.addProperty("session", begun.session);
            json.add("at", array(begun.at));
        } else if (this instanceof Ended ended) {
            json.addProperty("trial", ended.trial);
            json.addProperty("outcome", ended.result.outcome().name().toLowerCase(Locale.ROOT));
            if (!Double.isNaN(ended.result.cost())) json.addProperty("cost", ended.result.cost());
            json.add("parts", array(ended.result.parts()));
            json.addProperty("seconds", ended.result.seconds());
        }
        return json.toString();
    }

    private static JsonArray array(double[] numbers) {
        JsonArray array = new JsonArray();
        for (double number : numbers) array.add(number);
        return array;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none of the above; the message says why
     */
    static StudyLine of(String text) {
        try {
            JsonElement parsed = JsonParser.parseString(text);
            if (!parsed.isJsonObject()) throw new IllegalArgumentException("it is no JSON object");
            JsonObject json = parsed.getAsJsonObject();
            if (json.has("study")) return head(json);
            if (!json.has("trial")) return new Session(whole(json, "session"));
            int trial = whole(json, "trial");
            if (json.has("at")) {
                double[] at = numbers(json, "at");
                for (double u : at) require(u >= 0 && u <= 1, "'at' leaves the range from 0 to 1");
                return new Begun(trial, whole(json, "session"), at);
            }
            return ended(trial, json);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | StackOverflowError e) {
            throw new IllegalArgumentException("it is no line of a study", e);
        }
    }

    private static Head head(JsonObject json) {
        require(
                json.get("study").isJsonPrimitive()
                        && json.get("study").getAsString().equals("sinterj"),
                "foreign");
        int version = whole(json, "version");
        require(version == VERSION, "it was written by another version of SinterJ (format " + version + ")");
        Map<String, String> facts = new LinkedHashMap<>();
        JsonElement entries = json.get("facts");
        require(entries != null && entries.isJsonObject(), "'facts' is missing");
        entries.getAsJsonObject().entrySet().forEach(e -> {
            require(e.getValue().isJsonPrimitive(), "the fact '" + e.getKey() + "' is no text");
            facts.put(e.getKey(), e.getValue().getAsString());
        });
        return new Head(facts);
    }

    private static Ended ended(int trial, JsonObject json) {
        JsonElement word = json.get("outcome");
        require(word != null && word.isJsonPrimitive(), "'outcome' is missing");
        Trial.Outcome outcome = null;
        for (Trial.Outcome o : Trial.Outcome.values()) {
            if (o.name().toLowerCase(Locale.ROOT).equals(word.getAsString())) outcome = o;
        }
        require(outcome != null, "'outcome' is neither complete, pruned nor failed");
        boolean failed = outcome == Trial.Outcome.FAILED;
        require(failed != json.has("cost"), failed ? "a failed trial has a cost" : "'cost' is missing");
        double cost = failed ? Double.NaN : number(json.get("cost"), "cost");
        return new Ended(
                trial, new TrialResult(cost, outcome, numbers(json, "parts"), number(json.get("seconds"), "seconds")));
    }

    private static void require(boolean holds, String why) {
        if (!holds) throw new IllegalArgumentException(why);
    }

    private static double number(JsonElement element, String name) {
        boolean isNumber = element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isNumber();
        require(isNumber, "'" + name + "' is no number");
        double value;
        try {
            value = element.getAsDouble();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' is no number", e);
        }
        require(Double.isFinite(value), "'" + name + "' is not finite");
        return value;
    }

    private static int whole(JsonObject json, String name) {
        double value = number(json.get(name), name);
        require(value >= 0 && value <= 10_000_000 && value == Math.rint(value), "'" + name + "' is no whole number");
        return (int) value;
    }

    private static double[] numbers(JsonObject json, String name) {
        JsonElement element = json.get(name);
        require(element != null && element.isJsonArray(), "'" + name + "' is no list");
        JsonArray array = element.getAsJsonArray();
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = number(array.get(i), name);
        return numbers;
    }
}
