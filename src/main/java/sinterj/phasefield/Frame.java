package sinterj.phasefield;

import java.util.List;

/**
 * What a simulation has come to at one time. Its arrays are its own.
 *
 * @param index number of the frame, from 0
 * @param seconds time
 * @param grid the grid
 * @param density [z][x + nx y], 0 in the gas and 1 in the solid
 * @param labels [z][x + nx y], in the solid the grain whose order parameter is greatest, elsewhere 0
 * @param energy free energy in joule; in two dimensions that of a layer one voxel thick
 * @param mass sum of the density, in voxels
 * @param grains those that are left, in the order of the start
 * @param contacts pairs of grains that touch
 * @param evaluations how often the rates were worked out since the last frame
 */
public record Frame(
        int index,
        double seconds,
        Grid grid,
        float[][] density,
        float[][] labels,
        double energy,
        double mass,
        List<GrainSize> grains,
        List<Neck> contacts,
        long evaluations) {
    /**
     * One grain.
     *
     * @param id its label
     * @param volume its share of the solid inside density 0.5, in voxels
     * @param x centre of mass, in voxels; 0 is the middle of the first voxel
     * @param y likewise
     * @param z likewise
     */
    public record GrainSize(int id, double volume, double x, double y, double z) {}

    /**
     * Two grains that touch.
     *
     * @param one label of the first
     * @param two label of the second
     * @param area of the boundary between them, seen along its mean normal, in voxels squared; in two dimensions its
     *     length
     * @param distance between the two centres, in voxels
     */
    public record Neck(int one, int two, double area, double distance) {
        /** Radius of a round neck of this area, in voxels; in two dimensions half the length. */
        public double radius(boolean flat) {
            return flat ? area / 2 : Math.sqrt(area / Math.PI);
        }
    }
}
