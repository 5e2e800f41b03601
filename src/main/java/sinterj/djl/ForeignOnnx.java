package sinterj.djl;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import sinterj.base.InvalidInput;

/**
 * An ONNX network that others have trained, applied by ONNX Runtime. The file says how many slices it takes.
 */
final class ForeignOnnx extends ForeignNetwork {
    private final OnnxSession session;
    private final Channels channels;

    ForeignOnnx(byte[] model, boolean channelsLast) {
        super(channelsLast);
        session = new OnnxSession(model);
        try {
            long[] in = sides(session.inputs());
            long[] out = sides(session.outputs());
            int inputs = channels(in, "takes");
            channels = new Channels(inputs, new ForeignScores(channels(out, "gives"), channelsLast));
        } catch (OrtException e) {
            throw new InvalidInput("The model does not say what it takes: " + e.getMessage() + ".", e);
        } catch (InvalidInput e) {
            close();
            throw e;
        }
    }

    private static long[] sides(Map<String, NodeInfo> infos) {
        if (infos.size() != 1) {
            throw new InvalidInput("The model has " + infos.size()
                    + " arrays on one side, but one must go in and one come out. Give another model.");
        }
        NodeInfo info = infos.values().iterator().next();
        if (info.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 4) return tensor.getShape();
        throw new InvalidInput("The model's array '" + info.getName()
                + "' has not the four sides batch, channel, y, x. Give another model.");
    }

    private int channels(long[] sides, String verb) {
        long n = sides[channelsLast() ? 3 : 1];
        // A side that is left free is one slice, and cannot be a number of classes.
        if (n == -1 && verb.equals("takes")) return 1;
        if (n < 1 || n > 255) {
            throw new InvalidInput("The model " + verb + " arrays of " + Arrays.toString(sides)
                    + ", so it has no usable number of channels. " + adviceOnAxes());
        }
        return (int) n;
    }

    @Override
    Channels channels() {
        return channels;
    }

    @Override
    float[] forward(float[] values, long[] sides) {
        return session.run(values, sides);
    }

    @Override
    public void close() {
        session.close();
    }
}
