package sinterj.image;

/**
 * How particles are found.
 *
 * @param threshold a voxel of this grey value or more is solid; NaN for {@link AutoThreshold}
 * @param smooth sigma of a Gaussian applied first, in voxels along x, and as far in space along y and z
 * @param split whether touching particles are separated at their necks
 * @param merge see {@link Grains}
 * @param minVolume smaller particles are joined to the neighbour they touch most, or left out if they touch none; in
 *     cubes of the voxels' unit
 * @param track whether particles keep their numbers from frame to frame
 */
public record ParticleOptions(
        double threshold, double smooth, boolean split, double merge, double minVolume, boolean track) {}
