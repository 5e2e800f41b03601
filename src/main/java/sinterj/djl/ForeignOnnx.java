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

    private static final double SUM_TOLERANCE = 1e-2;

    private final OrtSession session;
    private final boolean channelsLast;
    private final int inputs;
    private final int channels;

    ForeignOnnx(byte[] model, boolean channelsLast) {
        this.channelsLast = channelsLast;
        session = OnnxNetwork.session(model);
        try {
            long[] in = sides(session.getInputInfo());
            long[] out = sides(session.getOutputInfo());
            inputs = channels(in, "takes");
            channels = channels(out, "gives");
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
        return Math.max(2, channels);
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
        float[] out = OnnxNetwork.run(session, channelsLast ? turned(slices, inputs, n) : slices, sides);
        if (out.length != channels * n) {
            throw new InvalidInput("The model turned " + width + " x " + height + " pixels into " + out.length
                    + " numbers, not " + channels + " for each pixel. Give another model.");
        }
        float[] scores = channelsLast ? turned(out, n, channels) : out;
        return channels == 1 ? twoClasses(scores) : softmaxUnlessDone(scores, n);
    }

    /** Rows and columns exchanged: rows of n values become columns. */
    private static float[] turned(float[] values, int rows, int columns) {
        float[] out = new float[values.length];
        for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c];
        return out;
    }

    private static float[] twoClasses(float[] scores) {
        boolean done = true;
        for (float v : scores) done &= v >= 0 && v <= 1;
        float[] out = new float[2 * scores.length];
        for (int i = 0; i < scores.length; i++) {
            float p = done ? scores[i] : (float) (1 / (1 + Math.exp(-scores[i])));
            out[i] = 1 - p;
            out[scores.length + i] = p;
        }
        return out;
    }

    private float[] softmaxUnlessDone(float[] scores, int n) {
        boolean done = true;
        for (int i = 0; i < n && done; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += scores[c * n + i];
                done &= scores[c * n + i] >= 0;
            }
            done &= Math.abs(sum - 1) < SUM_TOLERANCE;
        }
        if (done) return scores;
        float[] out = new float[scores.length];
        for (int i = 0; i < n; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < channels; c++) most = Math.max(most, scores[c * n + i]);
            double sum = 0;
            for (int c = 0; c < channels; c++) sum += Math.exp(scores[c * n + i] - most);
            for (int c = 0; c < channels; c++) out[c * n + i] = (float) (Math.exp(scores[c * n + i] - most) / sum);
        }
        return out;
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
