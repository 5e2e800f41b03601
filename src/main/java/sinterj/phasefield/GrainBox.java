package sinterj.phasefield;

import java.util.Arrays;

/**
 * The order parameter of one grain, in a box that holds it and little more. Planes have a ring of ghosts; beyond the
 * box the order parameter is 0, at a wall it is mirrored, and a box that fills a periodic axis meets itself.
 */
final class GrainBox {
    /** The grain's name, its label in the input. */
    final int id;

    /** First voxel of the box on the grid; below the grid's size, the box may wrap around along a periodic axis. */
    final int[] from;

    /** Voxels of the box. */
    final int[] size;

    final int stride;
    final int length;

    /** By vector and plane; see {@link Store}. */
    final float[][][] values;

    /** Column and row of each element of a plane, counted from the box's first voxel. */
    final float[] column;

    final float[] row;

    /** Volume in voxels and centroid counted from the box's first voxel. */
    double volume;

    final double[] centroid = new double[3];

    /** Velocity of the centroid and angular velocity, in voxels and radians per second. */
    final double[] velocity = new double[3];

    final double[] spin = new double[3];

    /** Sum of the stiffnesses of its contacts, 1/s. */
    double stiffness;

    final Update.Sums sums;

    private final float[] nothing;

    GrainBox(int id, int[] from, int[] size, int vectors) {
        this.id = id;
        this.from = from;
        this.size = size;
        stride = size[0] + 2;
        length = Math.multiplyExact(stride, size[1] + 2);
        values = new float[vectors][size[2]][length];
        sums = new Update.Sums(size[2]);
        nothing = new float[length];
        column = new float[length];
        row = new float[length];
        for (int i = 0; i < length; i++) {
            column[i] = i % stride - 1;
            row[i] = i / stride - 1;
        }
    }

    int index(int x, int y) {
        return x + 1 + stride * (y + 1);
    }

    /** Plane k of a vector, or what lies beyond the first and last. */
    float[] plane(int vector, int k, Grid grid) {
        float[][] planes = values[vector];
        if (k >= 0 && k < size[2]) return planes[k];
        if (grid.periodicZ()) return size[2] == grid.nz() ? planes[Math.floorMod(k, size[2])] : nothing;
        int z = from[2] + k;
        return z < 0 ? planes[0] : z >= grid.nz() ? planes[size[2] - 1] : nothing;
    }

    /** Plane of the box at plane z of the grid; -1 if it does not reach there. */
    int planeAt(int z, Grid grid) {
        int k = grid.periodicZ() ? Math.floorMod(z - from[2], grid.nz()) : z - from[2];
        return k >= 0 && k < size[2] ? k : -1;
    }

    /** Row of the grid at row y of the box. */
    int gridRow(int y, Grid grid) {
        int at = from[1] + y;
        return at >= grid.ny() ? at - grid.ny() : at;
    }

    /** Sets the ring around a plane. */
    void ring(float[] plane, Grid grid) {
        ghosts(plane, 0, grid);
        ghosts(plane, 1, grid);
    }

    /** Sets the ring of a plane to 0. */
    static void clearRing(float[] plane, int stride, int length) {
        Arrays.fill(plane, 0, stride, 0);
        Arrays.fill(plane, length - stride, length, 0);
        for (int i = 0; i < length; i += stride) {
            plane[i] = 0;
            plane[i + stride - 1] = 0;
        }
    }

    private void ghosts(float[] plane, int axis, Grid grid) {
        boolean whole = grid.periodic(axis) && size[axis] == grid.size(axis);
        boolean lowWall = !grid.periodic(axis) && from[axis] == 0;
        boolean highWall = !grid.periodic(axis) && from[axis] + size[axis] == grid.size(axis);
        int last = size[axis];
        fill(plane, axis, 0, whole ? last : lowWall ? 1 : -1);
        fill(plane, axis, last + 1, whole ? 1 : highWall ? last : -1);
    }

    private void fill(float[] plane, int axis, int to, int source) {
        if (axis == 1) {
            if (source < 0) Arrays.fill(plane, to * stride, (to + 1) * stride, 0);
            else System.arraycopy(plane, source * stride, plane, to * stride, stride);
            return;
        }
        for (int i = 0; i < length; i += stride) plane[i + to] = source < 0 ? 0 : plane[i + source];
    }

    /** Bytes held. */
    static long bytes(int[] size, int vectors) {
        return 4L * (size[0] + 2) * (size[1] + 2) * ((long) vectors * size[2] + 3);
    }
}
