package sinterj.segment;

/** A trained network, ready to be applied by some engine. Can be asked by several threads at once. */
public interface Network extends AutoCloseable {
    /** Slices that go in. */
    int inputs();

    /** Classes that come out. */
    int classes();

    /** Sides of what goes in are multiples of this. */
    int multiple();

    /** How far a pixel of the result sees, in pixels. */
    int halo();

    /** Whether it sees no further than that for certain; of a network of others it is a guess. */
    default boolean haloIsKnown() {
        return true;
    }

    /**
     * Applies the network.
     *
     * @param slices normalised grey values: slice by slice, row by row
     * @return probabilities: class by class, row by row; of each pixel they sum to 1
     * @throws sinterj.base.InvalidInput if it cannot be done, or memory is short
     */
    float[] probabilities(float[] slices, int width, int height);

    @Override
    void close();
}
