package sinterj.djl;

import sinterj.base.InvalidInput;
import sinterj.segment.Network;

/**
 * A network that others have trained: one array in, of batch, slices, y and x, or batch, y, x, slices; one out with a
 * channel for each class. How far it sees and how often it halves its input is not told.
 */
abstract class ForeignNetwork implements Network {
    /** Sides are multiples of this: five halvings, more than is usual. */
    private static final int MULTIPLE = 32;

    /** A guess on the safe side for depths up to 4. */
    private static final int HALO = 128;

    /** Slices that go in, and channels that come out. */
    record Channels(int inputs, ForeignScores scores) {}

    private final boolean channelsLast;

    ForeignNetwork(boolean channelsLast) {
        this.channelsLast = channelsLast;
    }

    /** What the network takes and gives. */
    abstract Channels channels();

    /** Applies the network to an array with these sides. */
    abstract float[] forward(float[] values, long[] sides);

    /** Whether channels come after y and x. */
    final boolean channelsLast() {
        return channelsLast;
    }

    /** The sides of an array of so many channels. */
    final long[] sides(int channels, int width, int height) {
        return channelsLast ? new long[] {1, height, width, channels} : new long[] {1, channels, height, width};
    }

    /** What to do when the channels are not where they were looked for. */
    final String adviceOnAxes() {
        return "Set 'axes' to " + (channelsLast ? "bcyx" : "byxc") + ", or give another model.";
    }

    @Override
    public final int inputs() {
        return channels().inputs();
    }

    @Override
    public final int classes() {
        return channels().scores().classes();
    }

    @Override
    public final int multiple() {
        return MULTIPLE;
    }

    @Override
    public final int halo() {
        return HALO;
    }

    @Override
    public final boolean haloIsKnown() {
        return false;
    }

    @Override
    public final float[] probabilities(float[] slices, int width, int height) {
        int n = width * height;
        ForeignScores scores = channels().scores();
        float[] in = channelsLast ? ForeignScores.turned(slices, inputs(), n) : slices;
        float[] out = forward(in, sides(inputs(), width, height));
        if (out.length != scores.channels() * n) {
            throw new InvalidInput("The model turned " + width + " x " + height + " pixels into " + out.length
                    + " numbers, not " + scores.channels() + " for each pixel. Give another model.");
        }
        return scores.probabilities(out, n);
    }
}
