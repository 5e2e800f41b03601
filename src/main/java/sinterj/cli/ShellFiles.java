package sinterj.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.nio.file.Path;
import sinterj.base.InvalidInput;
import sinterj.ij.Delivery;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;

/** Where the outputs of a run on the shell go: files, and standard output for a table that has no file. */
final class ShellFiles {
    private final Arguments arguments;
    private final PrintStream out;

    ShellFiles(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Looks before the work starts whether its result can be kept.
     *
     * @throws InvalidInput if a place cannot be written, or nothing at all would be kept
     */
    void requireWritable() {
        OperationInfo<?> info = arguments.call().operation().info();
        Delivery.requireWritable(arguments.call(), arguments.files());
        boolean makesMore = !info.outputs(OutputSlot.Kind.TABLE).isEmpty()
                || !info.outputs(OutputSlot.Kind.FOLDER).isEmpty();
        if (arguments.files().isEmpty() && !makesMore) {
            throw new InvalidInput("Nothing would be written. Say where: --output FILE.tif.");
        }
    }

    void write(Outputs outputs) {
        try {
            Delivery.writeFiles(arguments.files(), outputs);
        } finally {
            if (arguments.json()) out.println(json(outputs));
            else printTable(outputs);
        }
    }

    private void printTable(Outputs outputs) {
        for (OutputSlot slot : arguments.call().operation().info().outputs(OutputSlot.Kind.TABLE)) {
            if (arguments.files().containsKey(slot.name())) return;
            if (outputs.bySlot().get(slot.name()) instanceof Table table) {
                out.print(CsvTable.text(table));
                return;
            }
        }
    }

    private String json(Outputs outputs) {
        JsonObject json = new JsonObject();
        json.addProperty("command", arguments.call().operation().info().id());
        json.addProperty("complete", outputs.complete());
        JsonObject settings = new JsonObject();
        arguments.call().recorded().forEach(settings::addProperty);
        json.add("settings", settings);
        JsonObject made = new JsonObject();
        outputs.bySlot().forEach((slot, value) -> made.add(slot, json(slot, value)));
        json.add("outputs", made);
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .serializeNulls()
                .create()
                .toJson(json);
    }

    /** Where the output was written; a table without a file as its columns; null for anything else without one. */
    private JsonElement json(String slot, Object value) {
        Path path = value instanceof Path folder ? folder : arguments.files().get(slot);
        if (path != null) return new JsonPrimitive(path.toString());
        return value instanceof Table table ? columns(table) : JsonNull.INSTANCE;
    }

    private static JsonObject columns(Table table) {
        JsonObject columns = new JsonObject();
        for (int column = 0; column < table.heads().size(); column++) {
            JsonArray cells = new JsonArray();
            for (int row = 0; row < table.size(); row++) cells.add(cell(table.cell(row, column)));
            columns.add(table.heads().get(column), cells);
        }
        return columns;
    }

    /** JSON knows no NaN and no infinity. */
    private static JsonElement cell(Object cell) {
        if (cell instanceof Number n)
            return Double.isFinite(n.doubleValue()) ? new JsonPrimitive(n) : JsonNull.INSTANCE;
        return cell instanceof Boolean b ? new JsonPrimitive(b) : new JsonPrimitive(String.valueOf(cell));
    }
}
