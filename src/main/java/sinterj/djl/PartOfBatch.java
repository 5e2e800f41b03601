package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sinterj.segment.UNetShape;

/**
 * What a part of a step's patches gives. Each part has a copy of the network, so that parts can be worked on at the same
 * time; a batch is always cut into the same parts, so the result does not depend on how many threads there are.
 *
 * @param loss of the part
 * @param gradients of the trained arrays
 * @param measured means and variances after the part was seen
 */
record PartOfBatch(float loss, Map<String, NDArray> gradients, Map<String, NDArray> measured) {
    /**
     * Goes forward and back.
     *
     * @param one manager of what only this step needs
     * @param network numbers of the network; not changed
     * @param trained names of those that want a gradient
     * @param settled whether means and variances are used as they are
     * @param check may end the way forward by an exception; the way back cannot be ended
     */
    static PartOfBatch of(
            NDManager one,
            UNetShape shape,
            Map<String, NDArray> network,
            Set<String> trained,
            MaskedLoss loss,
            Batch batch,
            int side,
            boolean settled,
            Runnable check) {
        Map<String, NDArray> copy = new LinkedHashMap<>();
        network.forEach((name, array) -> {
            NDArray own = array.duplicate();
            own.attach(one);
            own.setRequiresGradient(trained.contains(name));
            copy.put(name, own);
        });
        int patches = batch.mask().length / (side * side);
        float value;
        // DJL's own collector of gradients serves one thread at a time; the engine has no such bound.
        JniUtils.setGradMode(true);
        try {
            NDArray in = one.create(batch.slices(), new Shape(patches, shape.inputs(), side, side));
            NDArray l = loss.of(one, shape.build(new TorchOps(copy, !settled, check), in), batch);
            value = l.getFloat();
            NDArray start = one.ones(l.getShape());
            JniUtils.backward((PtNDArray) l, (PtNDArray) start, false, false);
        } finally {
            JniUtils.setGradMode(false);
        }
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        Map<String, NDArray> measured = new LinkedHashMap<>();
        copy.forEach((name, array) -> {
            if (!trained.contains(name)) {
                measured.put(name, array);
                return;
            }
            NDArray gradient = array.getGradient();
            gradient.attach(one);
            gradients.put(name, gradient);
        });
        return new PartOfBatch(value, gradients, measured);
    }
}
