package sinterj.image;

/**
 * What is assumed beyond the borders of an image. Along an axis of a single voxel nothing is assumed, so one slice is
 * treated as a two-dimensional image under every rule.
 */
public enum EdgeRule {
    /** Nothing is known outside: only what is inside the image limits a distance. Mirroring gives the same numbers. */
    IGNORE,
    /** Outside is the other phase: a region ends where the image ends. */
    ENCASE,
    /** The image repeats itself in every direction. */
    PERIODIC
}
