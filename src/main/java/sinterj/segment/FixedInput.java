package sinterj.segment;

/**
 * A network before which a constant is taken from each grey value and the rest divided by another.
 *
 * @param network sees what is made
 * @param subtract grey value that becomes 0
 * @param divideBy grey values that become 1; not 0
 */
public record FixedInput(Network network, double subtract, double divideBy) implements Network {
    @Override
    public int inputs() {
        return network.inputs();
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public int multiple() {
        return network.multiple();
    }

    @Override
    public int halo() {
        return network.halo();
    }

    @Override
    public boolean haloIsKnown() {
        return network.haloIsKnown();
    }

    @Override
    public float[] probabilities(float[] slices, int width, int height) {
        float[] in = new float[slices.length];
        for (int i = 0; i < in.length; i++) in[i] = (float) ((slices[i] - subtract) / divideBy);
        return network.probabilities(in, width, height);
    }

    @Override
    public void close() {
        network.close();
    }
}
