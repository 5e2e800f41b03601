package sinterj.ij;

import ij.IJ;
import ij.Macro;
import ij.plugin.frame.Recorder;
import java.awt.GraphicsEnvironment;
import sinterj.base.InvalidInput;
import sinterj.command.Operations;
import sinterj.op.Call;
import sinterj.op.MacroOptions;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/**
 * A command chosen from the menu or run by a macro: from the dialog or the macro's options to windows and files. Every
 * failure ends in one sentence.
 */
public final class MenuCommand {
    private MenuCommand() {}

    /**
     * Runs the operation with an id, or one of the commands that are no operation.
     *
     * @param id id of the operation, {@code about}, {@code manual}, {@code copy-as-macro} or {@code macro-extensions}
     */
    public static void run(String id) {
        String options = Macro.getOptions(); // only this thread has them
        Failures.shown(() -> {
            if (id.equals("about")) About.show();
            else if (id.equals("manual")) Manual.show();
            else if (id.equals("copy-as-macro")) copyAsMacro();
            else if (id.equals("macro-extensions")) MacroExtensions.register();
            else run(Operations.byId(id), options);
        });
    }

    private static void copyAsMacro() {
        Recorder.disableCommandRecording(); // a macro has no use for it
        MacroLine.copyOfActive();
    }

    /**
     * Runs an operation with the options of a macro; if these are null, with what the user says, or the defaults.
     *
     * @throws InvalidInput whose sentence starts with the name of the command, since a macro may hold many
     */
    static void run(Operation<?> operation, String options) {
        String title = operation.info().title() + ": ";
        try {
            askAndRun(operation, options);
        } catch (InvalidInput e) {
            throw e.getMessage().startsWith(title) ? e : new InvalidInput(title + e.getMessage(), e);
        }
    }

    private static void askAndRun(Operation<?> operation, String options) {
        boolean ask = options == null && !GraphicsEnvironment.isHeadless();
        if (!ask) {
            run(Call.of(operation, MacroOptions.parse(options == null ? "" : options)));
            return;
        }
        Call<?> call = new OperationDialog(operation).ask();
        if (call == null) {
            Recorder.disableCommandRecording(); // else a line without options is recorded, which asks again
            return;
        }
        record(call);
        try {
            run(call);
        } catch (InvalidInput e) {
            Recorder.disableCommandRecording();
            throw e;
        }
    }

    private static <P extends Record> void run(Call<P> call) {
        OperationInfo<P> info = call.operation().info();
        Delivery.requireWritable(call);
        String line = MacroLine.of(call); // while the images have the titles by which they were meant
        Outputs outputs;
        try (StatusProgress progress = new StatusProgress(info.title(), info.has(OperationInfo.Trait.KEEPS_BEST))) {
            outputs = Runner.run(call.operation(), new InputFinder(progress).find(call), call.settings(), progress);
        }
        Delivery.writeFiles(call, outputs);
        MacroExtensions.remember(info.id(), outputs);
        Delivery.show(info, outputs, line);
        if (!outputs.complete()) IJ.showStatus(info.title() + ": ended early; this is the best so far.");
    }

    /** Replaces what ImageJ's dialog recorded by the complete line. */
    private static void record(Call<?> call) {
        if (!Recorder.record) return;
        Recorder.resetCommandOptions();
        call.withInputs(InputFinder.byTitle(call.inputs()))
                .recorded()
                .forEach((key, value) -> Recorder.recordOption(key, recordable(value)));
    }

    /**
     * The value as it stands within the quotation marks of a macro line. The recorder puts brackets round a value with
     * a blank in it, and leaves everything else to us.
     */
    private static String recordable(String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
        return escaped.startsWith("[") && escaped.indexOf(' ') < 0 ? "[" + escaped + "]" : escaped;
    }
}
