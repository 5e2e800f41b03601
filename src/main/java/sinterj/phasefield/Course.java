package sinterj.phasefield;

/** The material by time: constant, or following a temperature history. */
@FunctionalInterface
public interface Course {
    /** The material at a time in seconds; equal materials must be equal records. */
    Material at(double seconds);

    /** The same material all the time. */
    static Course constant(Material material) {
        return seconds -> material;
    }
}
