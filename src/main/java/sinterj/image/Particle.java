package sinterj.image;

/**
 * One particle in one frame.
 *
 * @param frame counted from 0
 * @param id its number, the same in all frames if particles were tracked
 * @param voxels number of voxels
 * @param volume in cubes of the voxels' unit
 * @param centre centre of gravity along x, y and z in the voxels' unit; the first voxel's centre is 0
 * @param equivalentRadius radius of a ball of this volume
 * @param neighbours number of particles with which it shares a face of a voxel
 * @param cut whether it touches a face of the image, so that part of it may be missing
 */
public record Particle(
        int frame,
        int id,
        long voxels,
        double volume,
        double[] centre,
        double equivalentRadius,
        int neighbours,
        boolean cut) {}
