package sinterj.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import sinterj.base.Curves;

/** How a training went so far, for a live view: the loss, and below it the mean IoU with that of each class. */
public final class TrainingCurves {
    private TrainingCurves() {}

    /**
     * Curves of a training.
     *
     * @param state where it stands, after at least one score
     * @param values of the classes
     * @param steps of the whole training, where the axis ends
     */
    public static Curves of(TrainingState state, int[] values, int steps) {
        List<TrainingState.Row> history = state.history();
        List<Curves.Curve> iou = new ArrayList<>();
        iou.add(curve("mean IoU", history, TrainingState.Row::meanIou));
        for (int c = 0; c < values.length; c++) {
            int at = c;
            iou.add(curve("class " + values[c], history, row -> row.iou()[at]));
        }
        return new Curves(
                "step",
                steps,
                List.of(
                        new Curves.Panel("loss", Double.NaN, List.of(curve("loss", history, TrainingState.Row::loss))),
                        new Curves.Panel("IoU", 1, iou)),
                text(state, steps));
    }

    private static Curves.Curve curve(
            String name, List<TrainingState.Row> history, ToDoubleFunction<TrainingState.Row> value) {
        double[] x = history.stream().mapToDouble(TrainingState.Row::step).toArray();
        return new Curves.Curve(name, x, history.stream().mapToDouble(value).toArray());
    }

    private static String text(TrainingState state, int steps) {
        TrainingState.Row now = state.history().get(state.history().size() - 1);
        return String.format(
                Locale.ROOT,
                "Step %d of %d: loss %.3f, mean IoU %.3f, best %.3f at step %d",
                now.step(),
                steps,
                now.loss(),
                now.meanIou(),
                state.bestScore(),
                state.bestStep());
    }
}
