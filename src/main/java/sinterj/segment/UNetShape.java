package sinterj.segment;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * The build of a U-Net. Going down, each level has two 3 x 3 convolutions and halves the sides; going up, a 1 x 1
 * convolution makes four times the channels, which become 2 x 2 pixels (the same as a 2 x 2 transposed convolution of
 * stride 2), and they are joined with what the level had on the way down. Ronneberger et al. 2015,
 * doi:10.1007/978-3-319-24574-4_28; unlike there, convolutions see zeros beyond the edge so that sizes stay, batches are
 * normalised, and going up is by rearranging channels.
 *
 * @param inputs channels that go in: neighbouring slices
 * @param classes channels that come out
 * @param width channels of the first level; each further level has twice as many
 * @param depth how often the sides are halved
 */
public record UNetShape(int inputs, int classes, int width, int depth) {
    /** Added to the variance in batch normalisation. */
    public static final float EPSILON = 1e-5f;

    /**
     * An array of numbers that a network consists of.
     *
     * @param name such as {@code down0.a.weight}
     * @param shape its sides
     * @param trained whether gradients change it; mean and variance are measured instead
     */
    public record Tensor(String name, int[] shape, boolean trained) {
        /** How many numbers it holds. */
        public int count() {
            int n = 1;
            for (int side : shape) n *= side;
            return n;
        }
    }

    public UNetShape {
        boolean sound = inputs >= 1 && inputs <= 15 && classes >= 2 && classes <= 255;
        if (!sound || width < 2 || width > 128 || depth < 1 || depth > 6) {
            throw new InvalidInput("A U-Net with " + inputs + " input slices, " + classes + " classes, width " + width
                    + " and depth " + depth + " cannot be built. Allowed: 1 to 15 slices, 2 to 255 classes, width 2 to"
                    + " 128, depth 1 to 6.");
        }
    }

    /** Carries the network out. */
    public <T> T build(UNetOps<T> ops, T input) {
        List<T> skips = new ArrayList<>();
        T x = input;
        for (int level = 0; level < depth; level++) {
            x = ops.unit("down" + level + ".b", ops.unit("down" + level + ".a", x));
            skips.add(x);
            x = ops.pool(x);
        }
        x = ops.unit("bottom.b", ops.unit("bottom.a", x));
        for (int level = depth - 1; level >= 0; level--) {
            x = ops.join(skips.get(level), ops.up("up" + level + ".rise", x));
            x = ops.unit("up" + level + ".b", ops.unit("up" + level + ".a", x));
        }
        return ops.head("head", x);
    }

    /** The arrays that the network consists of, in a fixed order. */
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>();
        int in = inputs;
        for (int level = 0; level < depth; level++) {
            int channels = width << level;
            unit(all, "down" + level + ".a", in, channels);
            unit(all, "down" + level + ".b", channels, channels);
            in = channels;
        }
        unit(all, "bottom.a", in, width << depth);
        unit(all, "bottom.b", width << depth, width << depth);
        for (int level = depth - 1; level >= 0; level--) {
            int channels = width << level;
            plain(all, "up" + level + ".rise", 2 * channels, 4 * channels);
            unit(all, "up" + level + ".a", 2 * channels, channels);
            unit(all, "up" + level + ".b", channels, channels);
        }
        plain(all, "head", width, classes);
        return all;
    }

    private static void unit(List<Tensor> all, String name, int in, int out) {
        all.add(new Tensor(name + ".weight", new int[] {out, in, 3, 3}, true));
        all.add(new Tensor(name + ".gamma", new int[] {out}, true));
        all.add(new Tensor(name + ".beta", new int[] {out}, true));
        all.add(new Tensor(name + ".mean", new int[] {out}, false));
        all.add(new Tensor(name + ".variance", new int[] {out}, false));
    }

    private static void plain(List<Tensor> all, String name, int in, int out) {
        all.add(new Tensor(name + ".weight", new int[] {out, in, 1, 1}, true));
        all.add(new Tensor(name + ".bias", new int[] {out}, true));
    }

    /** Sides of what goes in must be multiples of this. */
    public int multiple() {
        return 1 << depth;
    }

    /**
     * How far a pixel of the result can see, in pixels, rounded up to a {@link #multiple}. Each of the two convolutions
     * of a level sees one of its pixels further, down, at the bottom and up, which makes 6 * 2^depth - 4; and the
     * pixels of the coarsest level lie up to 2^depth - 1 off.
     */
    public int halo() {
        int side = multiple();
        int sees = 6 * side - 4 + side - 1;
        return (sees + side - 1) / side * side;
    }
}
