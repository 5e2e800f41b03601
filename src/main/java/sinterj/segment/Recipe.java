package sinterj.segment;

/**
 * How a network is trained.
 *
 * @param steps most steps
 * @param patch side of a patch, in pixels at the working scale
 * @param batch patches a step
 * @param learningRate step width at the start; it falls to a hundredth along a cosine
 * @param faults how strongly patches are disturbed
 * @param turns what is done to the geometry of patches
 * @param validation part of the labels that is kept for the score
 * @param patience so many scores in a row without a better one end the training
 * @param seed same seed, same network
 */
public record Recipe(
        int steps,
        int patch,
        int batch,
        double learningRate,
        Disturbance faults,
        Turns turns,
        double validation,
        int patience,
        long seed) {
    /** What is done to the geometry of patches. */
    public enum Turns {
        /** Turned by any angle, mirrored, zoomed by up to 1.25. */
        FREE,
        /** Mirrored left to right, tilted by up to 8 degrees, zoomed: above stays above. */
        KEEP,
        /** Nothing. */
        NONE
    }
}
