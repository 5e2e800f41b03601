package sinterj.djl;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.segment.UNetOnnx;
import sinterj.segment.UNetShape;
import sinterj.segment.Weights;

/**
 * A U-Net applied by ONNX Runtime. Each call uses one thread, so that tiles can be shared out among threads and the
 * result does not depend on how many there are.
 */
public final class OnnxNetwork implements UNetNetwork {
    private final OrtSession session;
    private final UNetShape shape;

    /**
     * @param weights a trained network
     * @throws InvalidInput if there is no engine on this computer
     */
    public OnnxNetwork(Weights weights) {
        shape = weights.shape();
        session = session(UNetOnnx.bytes(weights));
    }

    static OrtSession session(byte[] model) {
        return LargeStack.call(() -> newSession(model));
    }

    private static OrtSession newSession(byte[] model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // What a tile needed is given back when it is done; kept, it would be held for each tile size.
            options.setMemoryPatternOptimization(false);
            return OnnxRuntime.environment().createSession(model, options);
        } catch (OrtException e) {
            throw new InvalidInput(
                    "ONNX Runtime cannot use this model: " + e.getMessage() + ". Give another model.", e);
        }
    }

    @Override
    public UNetShape shape() {
        return shape;
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        return run(session, slices, new long[] {1, shape.inputs(), height, width});
    }

    static float[] run(OrtSession session, float[] values, long[] sides) {
        try (OnnxTensor in = OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(values), sides);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), in))) {
            OnnxValue out = result.get(0);
            FloatBuffer floats = out instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
            if (floats == null) throw new InvalidInput("The model's first result is no array of 32-bit floats.");
            float[] array = new float[floats.remaining()];
            floats.get(array);
            return array;
        } catch (OrtException e) {
            throw new InvalidInput("ONNX Runtime failed: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
