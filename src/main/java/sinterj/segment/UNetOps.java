package sinterj.segment;

/**
 * What a U-Net is made of, to be carried out by an engine or written into a file. {@link UNetShape#build} says in which
 * order.
 *
 * @param <T> an array of an engine, or the name of one
 */
public interface UNetOps<T> {
    /** Convolution 3 x 3 with zeros around, batch normalisation, and what is negative set to 0. */
    T unit(String name, T x);

    /** The largest of each 2 x 2 pixels. */
    T pool(T x);

    /** Convolution 1 x 1 to four times the channels, which then become 2 x 2 pixels. */
    T up(String name, T x);

    /** The channels of the first, then those of the second. */
    T join(T a, T b);

    /** Convolution 1 x 1. */
    T head(String name, T x);
}
