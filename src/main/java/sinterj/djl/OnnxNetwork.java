package sinterj.djl;

import sinterj.segment.UNetOnnx;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/** A U-Net applied by ONNX Runtime. */
public final class OnnxNetwork implements UNetNetwork {
    private final OnnxSession session;
    private final UNetShape shape;

    /**
     * @param weights a trained network
     * @throws sinterj.base.InvalidInput if there is no engine on this computer
     */
    public OnnxNetwork(Weights weights) {
        shape = weights.shape();
        session = new OnnxSession(UNetOnnx.bytes(weights));
    }

    @Override
    public UNetShape shape() {
        return shape;
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        return session.run(slices, new long[] {1, shape.inputs(), height, width});
    }

    @Override
    public void close() {
        session.close();
    }
}
