package sinterj.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.op.Call;
import sinterj.op.FileDoor;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/** One command on file after file, and the rows of its tables together. */
final class BatchRun {
    private final FileDoor door;
    private final Operation<?> operation;
    private final OperationInfo<?> info;
    private final Map<String, String> settings;
    private final Path outputFolder;
    private Table rows;

    /** What became of a file. */
    record Outcome(String word, String why) {}

    BatchRun(FileDoor door, Operation<?> operation, Map<String, String> settings, Path outputFolder) {
        this.door = door;
        this.operation = operation;
        this.info = operation.info();
        this.settings = settings;
        this.outputFolder = outputFolder;
    }

    /** Rows of the command's first table for all files; null if there are none. */
    Table rows() {
        return rows;
    }

    /** @throws InvalidInput if the command takes no file, or its settings are wrong, before any file is opened */
    void requireUsable() {
        String key = Batch.fileKey(info);
        if (key == null) {
            throw new InvalidInput(
                    "'command': " + info.title() + " takes no image, so it cannot run on each of a folder.");
        }
        if (settings.containsKey(key)) {
            throw new InvalidInput(
                    "'settings' holds " + key + "=, but that is each file of the folder in turn." + " Leave it out.");
        }
        if (!info.outputs(OutputSlot.Kind.FOLDER).isEmpty()) {
            throw new InvalidInput("'command': " + info.title() + " writes a folder of its own. Run it by itself.");
        }
        callOn(outputFolder);
    }

    private Call<?> callOn(Path file) {
        Map<String, Object> given = new LinkedHashMap<>(settings);
        given.put(Batch.fileKey(info), file.toString());
        return Call.of(operation, given);
    }

    /** Runs the command on a file; only cancelling ends in an exception. */
    Outcome on(Path file, boolean skipIfThere, Progress progress) {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Map<String, Path> paths = new LinkedHashMap<>();
        for (OutputSlot slot : info.outputs()) {
            paths.put(slot.name(), outputFolder.resolve(name + "-" + slot.name() + Batch.ENDINGS.get(slot.kind())));
        }
        if (skipIfThere && Files.exists(paths.get(info.outputs().get(0).name()))) {
            return skipped(file, paths);
        }
        try {
            door.requireWritable(info, paths);
            Outputs made = outputs(callOn(file), progress);
            paths.keySet().removeIf(slot -> !made.has(slot));
            writeMainLast(made, paths);
            collect(file, firstTable(made));
            return new Outcome("done", made.complete() ? "" : "Ended early with the best so far.");
        } catch (InvalidInput e) {
            return new Outcome("refused", e.getMessage());
        } catch (OutOfMemoryError e) {
            return new Outcome("refused", "The memory is used up. Crop it, bin it by 2, or give Java more memory.");
        }
    }

    private <P extends Record> Outputs outputs(Call<P> call, Progress progress) {
        return Runner.run(call.operation(), door.read(call, progress), call.settings(), progress);
    }

    /** The first result last: where it is, all of them are. */
    private void writeMainLast(Outputs made, Map<String, Path> paths) {
        List<String> slots = new ArrayList<>(paths.keySet());
        for (int i = slots.size() - 1; i >= 0; i--) {
            door.write(made, Map.of(slots.get(i), paths.get(slots.get(i))));
        }
    }

    /** A file that was done in an earlier run; its rows are read from there. */
    private Outcome skipped(Path file, Map<String, Path> paths) {
        OutputSlot slot =
                info.outputs(OutputSlot.Kind.TABLE).stream().findFirst().orElse(null);
        try {
            if (slot != null && Files.exists(paths.get(slot.name()))) {
                collect(file, CsvTable.read(paths.get(slot.name())));
            }
            return new Outcome("skipped", "Its results are there already.");
        } catch (InvalidInput e) {
            return new Outcome("skipped", "Its results are there already, but: " + e.getMessage());
        }
    }

    private Table firstTable(Outputs made) {
        return info.outputs(OutputSlot.Kind.TABLE).stream()
                .map(slot -> made.bySlot().get(slot.name()))
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .findFirst()
                .orElse(null);
    }

    private void collect(Path file, Table table) {
        if (table == null) return;
        List<String> heads = new ArrayList<>(List.of("file"));
        heads.addAll(table.heads());
        if (heads.lastIndexOf("file") > 0) return;
        if (rows == null) rows = new Table(heads);
        if (!rows.heads().equals(heads)) return;
        for (int row = 0; row < table.size(); row++) {
            Object[] cells = new Object[heads.size()];
            cells[0] = file.getFileName().toString();
            for (int column = 1; column < cells.length; column++) cells[column] = table.cell(row, column - 1);
            rows.add(cells);
        }
    }
}
