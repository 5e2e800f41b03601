package sinterj.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.ij.Delivery;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Parameter;

/**
 * The words behind the id of an operation on the shell.
 *
 * @param call the operation with inputs and settings
 * @param files where each output slot is written
 * @param quiet no progress
 * @param json outputs and settings as JSON on standard output
 * @param threads at most so many
 */
record Arguments(Call<?> call, Map<String, Path> files, boolean quiet, boolean json, int threads) {

    /**
     * Reads the words: {@code --key value}, {@code --key=value}, and {@code --key} alone for true.
     *
     * @throws InvalidInput naming the option that is unknown or lacks its value
     */
    static Arguments of(Operation<?> operation, List<String> words) {
        OperationInfo<?> info = operation.info();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--") || word.length() == 2) {
                throw new InvalidInput(
                        "'" + word + "' is no option. Options are written --key value, such as --input a.mrc.");
            }
            int equals = word.indexOf('=');
            String key = equals < 0 ? word.substring(2) : word.substring(2, equals);
            requireKnown(info, key);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (equals < 0 && !endsAt(words, i + 1)) value = words.get(++i);
            else if (equals < 0) value = standingAlone(info, key);
            if (values.put(key, value) != null) throw new InvalidInput("--" + key + " is given twice.");
        }
        boolean quiet = flag(values, "quiet");
        boolean json = flag(values, "json");
        int threads = threads(values.remove("threads"));
        Map<String, Path> files = files(info, values);
        return new Arguments(Call.of(operation, values), files, quiet, json, threads);
    }

    private static void requireKnown(OperationInfo<?> info, String key) {
        List<String> keys = new ArrayList<>(Call.keys(info));
        keys.removeAll(Call.fileKeys(info).keySet());
        keys.addAll(fileOptions(info).keySet());
        keys.addAll(List.of("quiet", "json", "threads"));
        if (keys.contains(key)) return;
        throw new InvalidInput(info.title() + ": " + Call.unknown(key, keys).getMessage());
    }

    /** Whether there is no value at a place: the words end there, or the next option begins. */
    private static boolean endsAt(List<String> words, int i) {
        return i == words.size() || words.get(i).startsWith("--");
    }

    /** The value of an option with none behind it. */
    private static String standingAlone(OperationInfo<?> info, String key) {
        Parameter parameter = info.schema().parameter(key);
        if (key.equals("quiet") || key.equals("json") || parameter != null && parameter.isSwitch()) return "true";
        String allowed = key.equals("threads") ? "a whole number" : "a path";
        throw new InvalidInput(
                "--" + key + " needs a value: " + (parameter == null ? allowed : parameter.allowed()) + ".");
    }

    private static boolean flag(Map<String, String> values, String key) {
        String value = values.remove(key);
        if (value == null || value.equals("true")) return value != null;
        throw new InvalidInput("--" + key + " takes no value, but '" + value + "' follows it.");
    }

    private static int threads(String text) {
        if (text == null) return Runtime.getRuntime().availableProcessors();
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new InvalidInput("--threads is '" + text + "'. Allowed: a whole number from 1 to 999.");
        }
        return Integer.parseInt(text);
    }

    /** Options that name files to write, taken out of the values; path by output slot. */
    private static Map<String, Path> files(OperationInfo<?> info, Map<String, String> values) {
        Map<String, Path> files = new LinkedHashMap<>();
        fileOptions(info).forEach((option, slot) -> {
            String value = values.remove(option);
            if (value == null) return;
            if (value.isBlank()) throw new InvalidInput("--" + option + " needs the path of a file.");
            if (files.put(slot.name(), Delivery.path(value)) != null) {
                throw new InvalidInput("--" + option + " names a second file for " + slot.name() + ". Give one.");
            }
        });
        return files;
    }

    /** Slot by the options that name a file for it: {@code output} and {@code <slot>-output}; macro keys work too. */
    private static Map<String, OutputSlot> fileOptions(OperationInfo<?> info) {
        Map<String, OutputSlot> options = new LinkedHashMap<>();
        Map<String, String> macroKeys = Call.fileKeys(info);
        for (OutputSlot slot : info.outputs()) {
            if (slot.kind() == OutputSlot.Kind.FOLDER) continue;
            if (isFirst(info, slot)) options.put(word(slot.kind()), slot);
            options.put(slot.name() + "-" + word(slot.kind()), slot);
            macroKeys.forEach((key, name) -> {
                if (name.equals(slot.name())) options.put(key, slot);
            });
        }
        return options;
    }

    private static boolean isFirst(OperationInfo<?> info, OutputSlot slot) {
        return info.outputs(slot.kind()).get(0).equals(slot);
    }

    private static String word(OutputSlot.Kind kind) {
        return switch (kind) {
            case IMAGE -> "output";
            case TABLE -> "table";
            case PLOT -> "plot";
            case FOLDER -> "folder";
        };
    }

    /** The options that name files, for the help text. */
    static List<String> fileHelp(OperationInfo<?> info) {
        List<String> lines = new ArrayList<>();
        for (OutputSlot slot : info.outputs()) {
            if (slot.kind() == OutputSlot.Kind.FOLDER) continue;
            String option = isFirst(info, slot) ? word(slot.kind()) : slot.name() + "-" + word(slot.kind());
            lines.add("--" + option + " PATH   " + slot.doc());
        }
        return lines;
    }
}
