package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import sinterj.segment.UNetOps;
import sinterj.segment.UNetShape;

/**
 * A U-Net carried out by PyTorch.
 *
 * @param arrays the network's numbers, by name
 * @param training whether batches are normalised by themselves, rather than by what was measured before
 * @param check is called before each layer, and may end the work by an exception
 */
record TorchOps(Map<String, NDArray> arrays, boolean training, Runnable check) implements UNetOps<NDArray> {
    /** How much of the mean and variance measured so far is kept at a step. */
    private static final float MEMORY = 0.95f;

    /** Channels that the engine works on at the same time, at most. */
    private static final int BLOCK = 16;

    /** Fewer channels than this go in as they are: grey values of slices, of which no gradient is wanted. */
    private static final int FEW = 8;

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    @Override
    public NDArray unit(String name, NDArray x) {
        NDArray sum = convolved(x, arrays.get(name + ".weight"), null, ONE);
        NDList normal = BatchNorm.batchNorm(
                sum,
                arrays.get(name + ".mean"),
                arrays.get(name + ".variance"),
                arrays.get(name + ".gamma"),
                arrays.get(name + ".beta"),
                1,
                MEMORY,
                UNetShape.EPSILON,
                training);
        return Activation.relu(normal.get(0));
    }

    @Override
    public NDArray pool(NDArray x) {
        return Pool.maxPool2d(x, TWO, TWO, NONE, false);
    }

    /** Channel 4c + 2i + j becomes pixel (2y + i, 2x + j) of channel c. PyTorch by DJL has no transposed convolution. */
    @Override
    public NDArray up(String name, NDArray x) {
        NDArray wide = head(name, x);
        Shape s = wide.getShape();
        long channels = s.get(1) / 4;
        return wide.reshape(s.get(0), channels, 2, 2, s.get(2), s.get(3))
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(s.get(0), channels, 2 * s.get(2), 2 * s.get(3));
    }

    @Override
    public NDArray join(NDArray a, NDArray b) {
        return a.concat(b, 1);
    }

    @Override
    public NDArray head(String name, NDArray x) {
        return convolved(x, arrays.get(name + ".weight"), arrays.get(name + ".bias"), NONE);
    }

    /**
     * A convolution in whole blocks of channels. The engine fills up the last block itself, but on the way back it may find
     * there what others left in memory, and where that is no number, neither are the gradients (seen in PyTorch 2.7.1 with
     * 4 and 8 channels, in up to half of all trainings; with whole blocks in none).
     *
     * @param bias null for none
     */
    private NDArray convolved(NDArray x, NDArray weight, NDArray bias, Shape border) {
        check.run();
        NDManager manager = x.getManager();
        long out = weight.getShape().get(0);
        long in = weight.getShape().get(1);
        boolean few = in < FEW;
        NDArray wide = few ? x : filled(manager, x, 1);
        NDArray kernel = filled(manager, few ? weight : filled(manager, weight, 1), 0);
        NDArray offset = bias == null ? null : filled(manager, bias, 0);
        NDArray y = Conv2d.conv2d(wide, kernel, offset, ONE, border, ONE).singletonOrThrow();
        return out % BLOCK == 0 ? y : y.split(new long[] {out}, 1).get(0);
    }

    /** The array with zeros behind it along an axis, up to a whole number of blocks. */
    private static NDArray filled(NDManager manager, NDArray array, int axis) {
        Shape shape = array.getShape();
        long rest = Math.floorMod(-shape.get(axis), BLOCK);
        if (rest == 0) return array;
        long[] sides = shape.getShape().clone();
        sides[axis] = rest;
        NDArray filled = array.concat(manager.zeros(new Shape(sides)), axis);
        filled.attach(manager);
        return filled;
    }
}
