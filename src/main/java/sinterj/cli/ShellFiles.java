package sinterj.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
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
        arguments.files().forEach((slot, path) -> Delivery.requireWritable(info, slot, path));
        arguments.call().files().forEach((slot, path) -> Delivery.requireWritable(info, slot, Path.of(path)));
        boolean makesMore = !info.outputs(OutputSlot.Kind.TABLE).isEmpty()
                || !info.outputs(OutputSlot.Kind.FOLDER).isEmpty();
        if (arguments.files().isEmpty() && !makesMore) {
            throw new InvalidInput("Nothing would be written. Say where: --output FILE.tif.");
        }
    }

    void write(Outputs outputs) {
        for (String slot : arguments.files().keySet()) {
            if (!outputs.has(slot)) {
                throw new InvalidInput("There is no '" + slot + "' with these settings; nothing was written.");
            }
        }
        arguments
                .files()
                .forEach((slot, path) -> Delivery.write(outputs.bySlot().get(slot), path));
        Delivery.writeFiles(arguments.call(), outputs);
        if (arguments.json()) out.println(json(outputs));
        else printTable(outputs);
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
        outputs.bySlot().keySet().forEach(slot -> {
            Path path = arguments.files().get(slot);
            made.addProperty(slot, path == null ? "" : path.toString());
        });
        json.add("outputs", made);
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(json);
    }
}
