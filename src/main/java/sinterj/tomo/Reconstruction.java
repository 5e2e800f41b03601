package sinterj.tomo;

/**
 * What a solver found.
 *
 * @param rows volume as rows, see {@link RowImages}
 * @param convergence its way there
 * @param complete false if the user ended it early
 */
public record Reconstruction(float[][] rows, Convergence convergence, boolean complete) {}
