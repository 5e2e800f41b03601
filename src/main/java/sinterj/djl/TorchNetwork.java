package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/** A U-Net applied by PyTorch. */
public final class TorchNetwork implements UNetNetwork {
    private final NDManager manager;
    private final UNetShape shape;
    private final Map<String, NDArray> arrays;

    /**
     * @param weights a trained network
     * @throws sinterj.base.InvalidInput if there is no engine on this computer
     */
    public TorchNetwork(Weights weights) {
        manager = PyTorchEngine.manager();
        shape = weights.shape();
        arrays = arrays(manager, weights);
    }

    /** The numbers of a network as arrays of the engine. */
    static Map<String, NDArray> arrays(NDManager manager, Weights weights) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (UNetShape.Tensor tensor : weights.shape().tensors()) {
            long[] sides =
                    java.util.Arrays.stream(tensor.shape()).asLongStream().toArray();
            arrays.put(tensor.name(), manager.create(weights.values().get(tensor.name()), new Shape(sides)));
        }
        return arrays;
    }

    @Override
    public UNetShape shape() {
        return shape;
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        return probabilities(shape, arrays, manager, slices, width, height);
    }

    static float[] probabilities(
            UNetShape shape, Map<String, NDArray> arrays, NDManager manager, float[] slices, int width, int height) {
        // PyTorch keeps this for each thread, and a new one begins with true.
        JniUtils.setGradMode(false);
        EndOfJava.enter();
        try (NDManager one = manager.newSubManager()) {
            NDArray in = one.create(slices, new Shape(1, shape.inputs(), height, width));
            return shape.build(new TorchOps(arrays, false, () -> {}), in)
                    .softmax(1)
                    .toFloatArray();
        } finally {
            EndOfJava.leave();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
