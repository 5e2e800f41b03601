package sinterj.djl;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import sinterj.base.InvalidInput;

/**
 * A model in ONNX Runtime. Each call uses one thread, so that parts of an image can be shared out among threads and the
 * result does not depend on how many there are.
 */
final class OnnxSession implements AutoCloseable {
    private final OrtSession session;

    /**
     * Memory outside of Java's heap for what goes in, used again and again: left to the engine, each call would take some
     * more, and it would be given back at some time when Java next looks for garbage.
     */
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    /**
     * @param model as a file holds it
     * @throws InvalidInput if there is no engine on this computer, or it cannot use the model
     */
    OnnxSession(byte[] model) {
        session = LargeStack.call(() -> open(model));
    }

    private static OrtSession open(byte[] model) {
        OrtEnvironment environment = OnnxEngine.environment(); // before any other class of the library unpacks itself
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // What a tile needed is given back when it is done; kept, it would be held for each tile size.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(model, options);
        } catch (OrtException e) {
            throw new InvalidInput(
                    "ONNX Runtime cannot use this model: " + e.getMessage() + ". Give another model.", e);
        }
    }

    /** What goes in. */
    Map<String, NodeInfo> inputs() throws OrtException {
        return session.getInputInfo();
    }

    /** What comes out. */
    Map<String, NodeInfo> outputs() throws OrtException {
        return session.getOutputInfo();
    }

    /**
     * Applies the model to one array.
     *
     * @param sides of the array
     * @return the first array that comes out
     */
    float[] run(float[] values, long[] sides) {
        EndOfJava.enter();
        try {
            return apply(values, sides);
        } finally {
            EndOfJava.leave();
        }
    }

    private float[] apply(float[] values, long[] sides) {
        ByteBuffer buffer = filled(values);
        try (OnnxTensor in = OnnxTensor.createTensor(OnnxEngine.environment(), buffer.asFloatBuffer(), sides);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), in))) {
            OnnxValue out = result.get(0);
            FloatBuffer floats = out instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
            if (floats == null) throw new InvalidInput("The model's first result is no array of 32-bit floats.");
            if (floats.hasArray() && floats.array().length == floats.remaining()) return floats.array();
            float[] array = new float[floats.remaining()];
            floats.get(array);
            return array;
        } catch (OrtException e) {
            throw new InvalidInput("ONNX Runtime failed: " + e.getMessage() + ".", e);
        } finally {
            buffers.add(buffer);
        }
    }

    /** A buffer that holds these values and nothing else. */
    private ByteBuffer filled(float[] values) {
        int bytes = Math.multiplyExact(4, values.length);
        ByteBuffer buffer = buffers.poll();
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        buffer.clear().limit(bytes);
        buffer.asFloatBuffer().put(values);
        return buffer;
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
