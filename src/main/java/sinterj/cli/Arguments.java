package sinterj.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.op.Call;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;

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
     * Reads the words.
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
            String key = word.substring(2);
            boolean isFlag = i + 1 == words.size() || words.get(i + 1).startsWith("--");
            String value = isFlag ? "true" : words.get(++i);
            if (values.put(key, value) != null) throw new InvalidInput("--" + key + " is given twice.");
        }
        boolean quiet = flag(values, "quiet");
        boolean json = flag(values, "json");
        int threads = threads(values.remove("threads"));
        Map<String, Path> files = files(info, values);
        return new Arguments(Call.of(operation, values), files, quiet, json, threads);
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

    /** Options that name files to write, taken out of the values. */
    private static Map<String, Path> files(OperationInfo<?> info, Map<String, String> values) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (OutputSlot.Kind kind : List.of(OutputSlot.Kind.IMAGE, OutputSlot.Kind.TABLE, OutputSlot.Kind.PLOT)) {
            List<OutputSlot> slots = info.outputs(kind);
            for (int i = 0; i < slots.size(); i++) {
                List<String> options = new ArrayList<>(List.of(slots.get(i).name() + "-" + word(kind)));
                if (i == 0) options.add(word(kind));
                for (String option : options) {
                    String value = values.remove(option);
                    if (value == null) continue;
                    if (value.equals("true")) throw new InvalidInput("--" + option + " needs the path of a file.");
                    files.put(slots.get(i).name(), Path.of(value));
                }
            }
        }
        return files;
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
    static List<String> fileOptions(OperationInfo<?> info) {
        List<String> options = new ArrayList<>();
        for (OutputSlot slot : info.outputs()) {
            if (slot.kind() == OutputSlot.Kind.FOLDER) continue;
            boolean first = info.outputs(slot.kind()).get(0).equals(slot);
            options.add((first ? "--" + word(slot.kind()) : "--" + slot.name() + "-" + word(slot.kind())) + " PATH   "
                    + slot.doc());
        }
        return options;
    }
}
