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

/**
 * A TorchScript network that others have trained, applied by PyTorch. How many slices it takes is not in the file, so it
 * is tried out.
 */
final class ForeignTorch extends ForeignNetwork {
    private static final int TRIED_SIDE = 64;
    private static final int[] TRIED_INPUTS = {1, 3, 5, 7, 9, 2, 4};

    private final NDManager manager;
    private final PtSymbolBlock block;
    private final Channels channels;

    ForeignTorch(byte[] model, boolean channelsLast) {
        super(channelsLast);
        manager = PyTorchEngine.manager();
        try {
            block = PyTorchEngine.withOurLoader(() -> load((PtNDManager) manager, model));
            channels = tryOut();
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
    private Channels tryOut() {
        String why = "";
        for (int k : TRIED_INPUTS) {
            Shape given = new Shape(sides(k, TRIED_SIDE, TRIED_SIDE));
            Shape made;
            try {
                made = made(new float[k * TRIED_SIDE * TRIED_SIDE], given).shape();
            } catch (InvalidInput e) {
                why = why.isEmpty() ? e.getMessage() : why;
                continue;
            }
            long channels = made.dimension() == 4 ? made.get(channelsLast() ? 3 : 1) : 0;
            boolean fits = channels >= 1 && channels <= 255 && made.size() == channels * TRIED_SIDE * TRIED_SIDE;
            if (fits) return new Channels(k, new ForeignScores((int) channels, channelsLast()));
            throw new InvalidInput("The model turns " + given + " into " + made
                    + ", not into a number for each class and pixel. " + adviceOnAxes());
        }
        throw new InvalidInput("The model takes none of 1 to 9 slices: " + why + " Give another model.");
    }

    private record Made(float[] values, Shape shape) {}

    /** One at a time: what such a file does within is not known. */
    private synchronized Made made(float[] values, Shape shape) {
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
    Channels channels() {
        return channels;
    }

    @Override
    float[] forward(float[] values, long[] sides) {
        return made(values, new Shape(sides)).values();
    }

    @Override
    public void close() {
        manager.close();
    }
}
