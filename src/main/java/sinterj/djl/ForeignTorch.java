package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import sinterj.base.InvalidInput;
import sinterj.segment.Network;

/**
 * A TorchScript network that others have trained, applied by PyTorch: one array in, of batch, slices, y and x, one out with
 * a channel for each class. How many slices it takes is not in the file, so it is tried out.
 */
final class ForeignTorch implements Network {
    private static final int MULTIPLE = 32;
    private static final int HALO = 128;
    private static final int TRIED_SIDE = 64;
    private static final int[] TRIED_INPUTS = {1, 3, 5, 7, 9, 2, 4};

    private final NDManager manager;
    private final PtSymbolBlock block;
    private final ForeignScores scores;
    private final int inputs;

    ForeignTorch(byte[] model, boolean channelsLast) {
        manager = PyTorch.manager();
        try {
            block = PyTorch.withOurLoader(() -> load((PtNDManager) manager, model));
            int[] found = tryOut(channelsLast);
            inputs = found[0];
            scores = new ForeignScores(found[1], channelsLast);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static PtSymbolBlock load(PtNDManager manager, byte[] model) {
        try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(model), false, false);
        } catch (IOException | RuntimeException e) {
            throw new InvalidInput(
                    "This is no TorchScript file that PyTorch " + PyTorch.VERSION + " can read: " + firstLine(e)
                            + " Give one that torch.jit.save has written.",
                    e);
        }
    }

    private static String firstLine(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason is given");
        return line.endsWith(".") ? line : line + ".";
    }

    /** Slices that go in and channels that come out. */
    private int[] tryOut(boolean channelsLast) {
        String why = "";
        for (int k : TRIED_INPUTS) {
            Shape given =
                    channelsLast ? new Shape(1, TRIED_SIDE, TRIED_SIDE, k) : new Shape(1, k, TRIED_SIDE, TRIED_SIDE);
            Shape made;
            try {
                made = forward(new float[k * TRIED_SIDE * TRIED_SIDE], given).shape();
            } catch (InvalidInput e) {
                why = why.isEmpty() ? e.getMessage() : why;
                continue;
            }
            long channels = made.dimension() == 4 ? made.get(channelsLast ? 3 : 1) : 0;
            boolean fits = channels >= 1 && channels <= 255 && made.size() == channels * TRIED_SIDE * TRIED_SIDE;
            if (fits) return new int[] {k, (int) channels};
            throw new InvalidInput("The model turns " + given + " into " + made
                    + ", not into a number for each class and pixel. Set 'axes' to "
                    + (channelsLast ? "bcyx" : "byxc") + ", or give another model.");
        }
        throw new InvalidInput("The model takes none of 1 to 9 slices: " + why + " Give another model.");
    }

    private record Made(float[] values, Shape shape) {}

    private Made forward(float[] values, Shape shape) {
        JniUtils.setGradMode(false);
        EndOfJava.enter();
        try (NDManager one = manager.newSubManager()) {
            NDList out = IValueUtils.forward(block, new NDList(one.create(values, shape)), false);
            out.attach(one);
            if (out.size() != 1)
                throw new InvalidInput("The model gives " + out.size() + " arrays, but one is needed.");
            NDArray array = out.get(0);
            return new Made(
                    array.toType(ai.djl.ndarray.types.DataType.FLOAT32, false).toFloatArray(), array.getShape());
        } catch (InvalidInput e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidInput("PyTorch failed: " + firstLine(e), e);
        } finally {
            EndOfJava.leave();
        }
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
        boolean last = scores.channelsLast();
        Shape shape = last ? new Shape(1, height, width, inputs) : new Shape(1, inputs, height, width);
        float[] out = forward(last ? ForeignScores.turned(slices, inputs, n) : slices, shape)
                .values();
        if (out.length != scores.channels() * n) {
            throw new InvalidInput("The model turned " + width + " x " + height + " pixels into " + out.length
                    + " numbers, not " + scores.channels() + " for each pixel. Give another model.");
        }
        return scores.probabilities(out, n);
    }

    @Override
    public void close() {
        manager.close();
    }
}
