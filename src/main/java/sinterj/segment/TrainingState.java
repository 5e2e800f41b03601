package sinterj.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training stands: all that is needed to go on as if it had not been interrupted.
 *
 * @param step steps done
 * @param last the network as it is
 * @param momentum running means of the gradients, of the trained arrays
 * @param square running means of their squares
 * @param best the network with the best score so far
 * @param bestScore its mean IoU, -1 before the first
 * @param bestStep when that was
 * @param history a row for each time a score was taken
 */
public record TrainingState(
        int step,
        Weights last,
        Map<String, float[]> momentum,
        Map<String, float[]> square,
        Weights best,
        double bestScore,
        int bestStep,
        List<Row> history) {
    /**
     * A row of the history.
     *
     * @param step steps done
     * @param loss mean loss of the steps since the row before
     * @param learningRate step width of the last of them
     * @param meanIou mean IoU on the labels that are kept for it
     * @param iou IoU of each class, NaN where neither truth nor prediction has it
     */
    public record Row(int step, double loss, double learningRate, double meanIou, double[] iou) {}

    public TrainingState {
        history = List.copyOf(history);
    }

    /** The start. */
    public static TrainingState start(UNetShape shape, long seed) {
        Weights untrained = Weights.untrained(shape, seed);
        Map<String, float[]> zeros = new LinkedHashMap<>();
        Map<String, float[]> more = new LinkedHashMap<>();
        for (UNetShape.Tensor tensor : shape.tensors()) {
            if (!tensor.trained()) continue;
            zeros.put(tensor.name(), new float[tensor.count()]);
            more.put(tensor.name(), new float[tensor.count()]);
        }
        return new TrainingState(0, untrained, zeros, more, untrained, -1, 0, new ArrayList<>());
    }

    /** Scores taken since the best. */
    public int sinceBest() {
        return (int) history.stream().filter(row -> row.step() > bestStep).count();
    }
}
