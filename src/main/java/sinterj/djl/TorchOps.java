package sinterj.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
 */
record TorchOps(Map<String, NDArray> arrays, boolean training) implements UNetOps<NDArray> {
    /** How much of the mean and variance measured so far is kept at a step. */
    private static final float MEMORY = 0.95f;

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    @Override
    public NDArray unit(String name, NDArray x) {
        NDArray sum = Conv2d.conv2d(x, arrays.get(name + ".weight"), null, ONE, ONE, ONE)
                .singletonOrThrow();
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
        return Conv2d.conv2d(x, arrays.get(name + ".weight"), arrays.get(name + ".bias"), ONE, NONE, ONE)
                .singletonOrThrow();
    }
}
