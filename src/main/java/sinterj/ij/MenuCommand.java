package sinterj.ij;

import ij.Macro;
import ij.plugin.frame.Recorder;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
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
     * Runs the operation with an id, or one of the two commands that are no operation.
     *
     * @param id id of the operation, {@code about} or {@code macro-extensions}
     */
    public static void run(String id) {
        String options = Macro.getOptions(); // only this thread has them
        Failures.shown(() -> {
            if (id.equals("about")) About.show();
            else if (id.equals("macro-extensions")) MacroExtensions.register();
            else run(Operations.byId(id), options);
        });
    }

    private static void run(Operation<?> operation, String options) {
        boolean ask = options == null && !GraphicsEnvironment.isHeadless();
        Call<?> call = ask
                ? new OperationDialog(operation).ask()
                : Call.of(operation, MacroOptions.parse(options == null ? "" : options));
        if (call == null) return;
        if (ask) record(call);
        run(call);
    }

    private static <P extends Record> void run(Call<P> call) {
        OperationInfo<P> info = call.operation().info();
        call.files().forEach((slot, path) -> Delivery.requireWritable(info, slot, Path.of(path)));
        try (StatusProgress progress = new StatusProgress(info.title(), info.has(OperationInfo.Trait.KEEPS_BEST))) {
            Outputs outputs =
                    Runner.run(call.operation(), new InputFinder(progress).find(call), call.settings(), progress);
            Delivery.writeFiles(call, outputs);
            MacroExtensions.remember(info.id(), outputs);
            Delivery.show(info, outputs);
        }
    }

    /** Replaces what ImageJ's dialog recorded by the complete line. */
    private static void record(Call<?> call) {
        if (!Recorder.record) return;
        Recorder.resetCommandOptions();
        call.withInputs(InputFinder.byTitle(call.inputs())).recorded().forEach(Recorder::recordOption);
    }
}
