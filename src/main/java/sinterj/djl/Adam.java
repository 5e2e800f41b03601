package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sinterj.base.InvalidInput;

/**
 * Steps down the gradient by Adam (Kingma and Ba 2014, arXiv:1412.6980), the gradient shortened to length 1 where it is
 * longer. Written here since DJL's own does not let its running means be saved, without which a training cannot be taken
 * up again.
 */
final class Adam {
    private static final double KEEP_MEAN = 0.9;
    private static final double KEEP_SQUARE = 0.999;
    private static final double TINY = 1e-8;
    private static final double LONGEST = 1;

    private final Map<String, NDArray> arrays;
    private final Map<String, NDArray> momentum = new LinkedHashMap<>();
    private final Map<String, NDArray> square = new LinkedHashMap<>();

    /** @param arrays the network; those with running means here are trained */
    Adam(NDManager manager, Map<String, NDArray> arrays, Map<String, float[]> means, Map<String, float[]> squares) {
        this.arrays = arrays;
        means.forEach((name, values) -> {
            Shape shape = arrays.get(name).getShape();
            momentum.put(name, manager.create(values, shape));
            square.put(name, manager.create(squares.get(name), shape));
        });
    }

    /**
     * One step.
     *
     * @param gradients of the trained arrays; not changed
     * @param step number of the step, from 1
     * @throws InvalidInput if a gradient is no number; nothing has changed then
     */
    void step(Map<String, NDArray> gradients, int step, double learningRate) {
        double length = 0;
        for (NDArray g : gradients.values()) length += g.mul(g).sum().getFloat();
        if (!Double.isFinite(length)) {
            throw new InvalidInput("The gradient is no number any more at step " + step
                    + ". Set 'learning_rate' to a tenth; the best network so far is in the model folder.");
        }
        double shorten = Math.min(1, LONGEST / (Math.sqrt(length) + 1e-12));
        double meanBias = 1 - Math.pow(KEEP_MEAN, step);
        double squareBias = 1 - Math.pow(KEEP_SQUARE, step);
        gradients.forEach((name, g) -> {
            NDArray m = momentum.get(name);
            NDArray v = square.get(name);
            NDArray shortened = g.mul((float) shorten);
            m.muli((float) KEEP_MEAN).addi(shortened.mul((float) (1 - KEEP_MEAN)));
            v.muli((float) KEEP_SQUARE).addi(shortened.mul(shortened).mul((float) (1 - KEEP_SQUARE)));
            try (NDArray root = v.sqrt()) {
                root.muli((float) (1 / Math.sqrt(squareBias))).addi((float) TINY);
                try (NDArray change = m.div(root)) {
                    arrays.get(name).subi(change.muli((float) (learningRate / meanBias)));
                }
            }
        });
    }

    /** Names of the arrays that are trained. */
    Set<String> names() {
        return momentum.keySet();
    }

    Map<String, float[]> momentum() {
        return floats(momentum);
    }

    Map<String, float[]> square() {
        return floats(square);
    }

    static Map<String, float[]> floats(Map<String, NDArray> arrays) {
        Map<String, float[]> floats = new LinkedHashMap<>();
        arrays.forEach((name, array) -> floats.put(name, array.toFloatArray()));
        return floats;
    }
}
