package sinterj.op;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sinterj.base.InvalidInput;

/**
 * An operation with everything that was said about how to run it: which images and tables, which settings, where to
 * write tables and plots. Macro, script, shell and SciJava all end here, so they accept and refuse the same.
 *
 * @param <P> the settings record
 * @param operation what to run
 * @param inputs what each input slot refers to: a text, or an image object of the program at hand
 * @param settings the settings, within their limits
 * @param files path by output slot, for tables and plots that are to be written
 */
public record Call<P extends Record>(
        Operation<P> operation, Map<String, Object> inputs, P settings, Map<String, String> files) {
    /** Key of the table with the times of the frames, which every operation on images takes. */
    public static final String TIMES = "times";

    /**
     * Reads a call.
     *
     * @param operation what to run
     * @param given values by key: text, or anything whose text is the value; for images also objects; null is as good as
     *     not given
     * @throws InvalidInput naming the key that is unknown or wrong
     */
    public static <P extends Record> Call<P> of(Operation<P> operation, Map<String, ?> given) {
        OperationInfo<P> info = operation.info();
        ParameterSchema<P> schema = info.schema();
        Map<String, String> fileSlots = fileKeys(info);
        Map<String, Object> inputs = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> files = new LinkedHashMap<>();
        try {
            // Scripts also give keys that are no Java texts, and null for what is not given.
            for (Map.Entry<?, ?> entry : given.entrySet()) {
                String key = String.valueOf(entry.getKey());
                Object value = entry.getValue();
                Parameter parameter = schema.parameter(key);
                boolean input = isInput(info, key);
                if (!input && parameter == null && !fileSlots.containsKey(key)) throw unknown(key, keys(info));
                if (value == null) continue;
                if (input) inputs.put(key, value);
                else if (parameter != null) values.put(key, text(parameter, value));
                else files.put(fileSlots.get(key), path(key, value));
            }
            return new Call<>(operation, inputs, schema.settings(values), files);
        } catch (InvalidInput e) {
            throw new InvalidInput(info.title() + ": " + e.getMessage(), e);
        }
    }

    private static String path(String key, Object value) {
        String path = String.valueOf(value).trim();
        if (path.isEmpty() || path.equals("true")) throw new InvalidInput("'" + key + "' needs the path of a file.");
        return path;
    }

    private static String text(Parameter parameter, Object value) {
        return parameter.type().isInstance(value) ? parameter.format(value) : String.valueOf(value);
    }

    private static boolean isInput(OperationInfo<?> info, String key) {
        if (key.equals(TIMES)) return info.mainInput() != null;
        return info.inputs().stream().anyMatch(slot -> slot.key().equals(key));
    }

    /** Keys by which a macro names files for tables and plots, with their slots: table, table2, ... plot, plot2. */
    public static Map<String, String> fileKeys(OperationInfo<?> info) {
        Map<String, String> keys = new LinkedHashMap<>();
        List.of(OutputSlot.Kind.TABLE, OutputSlot.Kind.PLOT).forEach(kind -> {
            String name = kind == OutputSlot.Kind.TABLE ? "table" : "plot";
            List<OutputSlot> slots = info.outputs(kind);
            for (int i = 0; i < slots.size(); i++) {
                keys.put(i == 0 ? name : name + (i + 1), slots.get(i).name());
            }
        });
        return keys;
    }

    /** The sentence for a key that is none of the given ones, with the nearest of them. */
    public static InvalidInput unknown(String key, List<String> keys) {
        String nearest = keys.stream()
                .filter(k -> Math.abs(k.length() - key.length())
                        <= k.length()) // and no hours for a key of a million letters
                .min(Comparator.comparingInt(k -> distance(k, key)))
                .filter(k -> distance(k, key) <= 1 + key.length() / 3)
                .map(k -> "Did you mean '" + k + "'? ")
                .orElse("");
        return new InvalidInput("'" + key + "' is not a setting of this command. " + nearest + "It takes "
                + String.join(", ", keys) + ".");
    }

    /** Every key that an operation takes in a macro. */
    public static List<String> keys(OperationInfo<?> info) {
        List<String> keys = new ArrayList<>();
        info.inputs().forEach(slot -> keys.add(slot.key()));
        info.schema().parameters().forEach(p -> keys.add(p.key()));
        if (info.mainInput() != null && !keys.contains(TIMES)) keys.add(TIMES);
        keys.addAll(fileKeys(info).keySet());
        return keys;
    }

    /** Number of letters to add, drop, change or swap with their neighbour to turn one word into the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
            }
        }
        return d[a.length()][b.length()];
    }

    /** The same call with other references to its inputs. */
    public Call<P> withInputs(Map<String, Object> others) {
        return new Call<>(operation, others, settings, files);
    }

    /**
     * Every key and value of this call, in the order for a recorded macro line: short keys first, texts that may hold
     * anything last, since ImageJ's recorder takes {@code n=} for a repetition when {@code m_rotation=} stands before.
     */
    public Map<String, String> recorded() {
        OperationInfo<P> info = operation.info();
        ParameterSchema<P> schema = info.schema();
        Map<String, String> safe =
                new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(k -> k));
        Map<String, String> free = new LinkedHashMap<>();
        schema.values(settings).forEach((key, value) -> {
            if (schema.parameter(key).type() != String.class || endsAnother(schema, key)) safe.put(key, value);
            else if (!value.isEmpty() || !schema.parameter(key).fallback().equals("")) free.put(key, value);
        });
        inputs.forEach((key, value) -> free.put(key, String.valueOf(value)));
        fileKeys(info).forEach((key, slot) -> {
            if (files.containsKey(slot)) free.put(key, files.get(slot));
        });
        Map<String, String> all = new LinkedHashMap<>(safe);
        all.putAll(free);
        return all;
    }

    /** Whether a longer key ends in this one, as {@code m_boundary} in {@code boundary}, and so must come after it. */
    private static boolean endsAnother(ParameterSchema<?> schema, String key) {
        return schema.parameters().stream()
                .anyMatch(p -> !p.key().equals(key) && p.key().endsWith(key));
    }

    /** This call as the option string of a macro. */
    public String macroText() {
        return MacroOptions.format(recorded());
    }
}
