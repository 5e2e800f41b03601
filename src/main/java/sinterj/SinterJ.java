package sinterj;

import java.util.Map;
import sinterj.base.Progress;
import sinterj.command.Operations;
import sinterj.ij.Delivery;
import sinterj.ij.InputFinder;
import sinterj.ij.LoggedProgress;
import sinterj.op.Call;
import sinterj.op.Outputs;
import sinterj.op.Runner;

/**
 * The door for scripts: {@code SinterJ.run("denoise-tilt-series", Map.of("input", imp, "method", "bm3d"))} from Groovy,
 * Jython, JavaScript and Java. Nothing is shown but remarks in the log; the results come back as objects.
 */
public final class SinterJ {
    private SinterJ() {}

    /**
     * Runs an operation.
     *
     * @param id of the operation, such as {@code local-thickness}
     * @param settings by key, as in a macro; images as ImagePlus, title, ID or path, other values as such or as text
     * @return by output slot: ImagePlus, ij.measure.ResultsTable, ij.gui.Plot, or the path of a folder
     * @throws sinterj.base.InvalidInput if something given cannot be used, saying what to do
     */
    public static Map<String, Object> run(String id, Map<String, ?> settings) {
        Call<?> call = Call.of(Operations.byId(id), settings);
        Delivery.requireWritable(call);
        Outputs outputs =
                outputs(call, new LoggedProgress(call.operation().info().title(), Progress.SILENT));
        Delivery.writeFiles(call, outputs);
        return Delivery.objects(outputs);
    }

    private static <P extends Record> Outputs outputs(Call<P> call, Progress progress) {
        return Runner.run(call.operation(), new InputFinder(progress).find(call), call.settings(), progress);
    }
}
