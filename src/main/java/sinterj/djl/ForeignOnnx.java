package sinterj.djl;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.segment.Network;

/**
 * An ONNX network that others have trained: one array in, of batch, slices, y and x, one out with a channel for each
 * class. Scores are turned into probabilities where they are none yet.
 */
final class ForeignOnnx implements Network {
    /** Sides are multiples of this: five halvings, more than is usual. */
    private static final int MULTIPLE = 32;
    /** How far it sees is not told; this is a guess on the safe side for depths up to 4. */
    private static final int HALO = 128;

    private final OrtSession session;
    private final boolean channelsLast;
    private final int inputs;
    private final ForeignScores scores;

    ForeignOnnx(byte[] model, boolean channelsLast) {
        this.channelsLast = channelsLast;
        session = OnnxNetwork.session(model);
        try {
            long[] in = sides(session.getInputInfo());
            long[] out = sides(session.getOutputInfo());
            inputs = channels(in, "takes");
            scores = new ForeignScores(channels(out, "gives"), channelsLast);
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
        long n = sides[channelsLast ? 3 : 1];
        // A side that is left free is one slice, and cannot be a number of classes.
        if (n == -1 && verb.equals("takes")) return 1;
        if (n < 1 || n > 255) {
            throw new InvalidInput("The model " + verb + " arrays of " + Arrays.toString(sides)
                    + ", so it has no usable number of channels. Set 'axes' to "
                    + (channelsLast ? "bcyx" : "byxc") + ", or give another model.");
        }
        return (int) n;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int classes() {
        return scores.classes();
    }

    @Override
    public int multiple() {
        return MULTIPLE;
    }

    @Override
    public int halo() {
        return HALO;
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        int n = width * height;
        long[] sides = channelsLast ? new long[] {1, height, width, inputs} : new long[] {1, inputs, height, width};
        float[] out = OnnxNetwork.run(session, channelsLast ? ForeignScores.turned(slices, inputs, n) : slices, sides);
        if (out.length != scores.channels() * n) {
            throw new InvalidInput("The model turned " + width + " x " + height + " pixels into " + out.length
                    + " numbers, not " + scores.channels() + " for each pixel. Give another model.");
        }
        return scores.probabilities(out, n);
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
