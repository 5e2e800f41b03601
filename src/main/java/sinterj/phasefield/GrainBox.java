package sinterj.phasefield;

import java.util.Arrays;

/**
 * The order parameter of one grain, in a box that holds it and little more. Of each plane a rectangle is kept, with a
 * ring of ghosts; beyond it the order parameter is 0, at a wall it is mirrored, and a box that fills a periodic axis
 * meets itself.
 */
final class GrainBox {
    /** The grain's name, its label in the input. */
    final int id;

    /** First voxel of the box on the grid; below the grid's size, the box may wrap around along a periodic axis. */
    final int[] from;

    /** Voxels of the box. */
    final int[] size;

    /** What is held of each plane. */
    final BoxPlane[] planes;

    /** By vector and plane; see {@link Store}. */
    final float[][][] values;

    /** Volume in voxels and centroid counted from the box's first voxel. */
    double volume;

    final double[] centroid = new double[3];

    /** Velocity of the centroid and angular velocity, in voxels and radians per second. */
    final double[] velocity = new double[3];

    final double[] spin = new double[3];

    /** Sum of the stiffnesses of its contacts, 1/s. */
    double stiffness;

    final Update.Sums sums;

    GrainBox(int id, int[] from, int[] size, BoxPlane[] planes, int vectors) {
        this.id = id;
        this.from = from;
        this.size = size;
        this.planes = planes;
        values = new float[vectors][size[2]][];
        for (float[][] vector : values) Arrays.setAll(vector, k -> new float[planes[k].length]);
        sums = new Update.Sums(size[2]);
    }

    /** Planes that are held as a whole. */
    static BoxPlane[] whole(int[] size) {
        BoxPlane[] planes = new BoxPlane[size[2]];
        Arrays.fill(planes, new BoxPlane(0, 0, size[0], size[1]));
        return planes;
    }

    /**
     * Plane k + by of a vector in the layout of plane k, or what lies beyond the first and last.
     *
     * @param work as long as plane k; may be what is returned. Its ring is 0 then
     */
    float[] neighbour(int vector, int k, int by, Grid grid, float[] work) {
        BoxPlane here = planes[k];
        int other = planeOrMirror(k + by, grid);
        if (other >= 0 && planes[other].isLike(here)) return values[vector][other];
        Arrays.fill(work, 0, here.length, 0);
        if (other < 0) return work;
        BoxPlane there = planes[other];
        int x = Math.max(here.x, there.x);
        int count = Math.min(here.x + here.width, there.x + there.width) - x;
        int behind = Math.min(here.y + here.height, there.y + there.height);
        if (count <= 0) return work;
        for (int y = Math.max(here.y, there.y); y < behind; y++) {
            System.arraycopy(values[vector][other], there.index(x, y), work, here.index(x, y), count);
        }
        return work;
    }

    /** The plane whose values hold at k, which may lie beyond the first or last; -1 if they are 0 there. */
    int planeOrMirror(int k, Grid grid) {
        if (k >= 0 && k < size[2]) return k;
        if (grid.periodicZ()) return size[2] == grid.nz() ? Math.floorMod(k, size[2]) : -1;
        int z = from[2] + k;
        return z < 0 ? 0 : z >= grid.nz() ? size[2] - 1 : -1;
    }

    /** The value at a column and row inside the box, and a plane of it or one next to it. */
    float at(int vector, int x, int y, int k, Grid grid) {
        int plane = planeOrMirror(k, grid);
        return plane >= 0 && planes[plane].holds(x, y) ? values[vector][plane][planes[plane].index(x, y)] : 0;
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

    /** Column of the grid at column x of the box. */
    int gridColumn(int x, Grid grid) {
        int at = from[0] + x;
        return at >= grid.nx() ? at - grid.nx() : at;
    }

    /** Sets the ring around plane k of a vector. */
    void ring(int vector, int k, Grid grid) {
        ring(values[vector][k], k, grid);
    }

    /** Sets the ring around values in the layout of plane k. */
    void ring(float[] values, int k, Grid grid) {
        BoxPlane p = planes[k];
        boolean[] x = ends(0, p.x, p.width, grid);
        for (int i = 0; i < p.length; i += p.stride) {
            values[i] = x[0] ? values[i + (x[2] ? p.width : 1)] : 0;
            values[i + p.width + 1] = x[1] ? values[i + (x[2] ? 1 : p.width)] : 0;
        }
        boolean[] y = ends(1, p.y, p.height, grid);
        fillRow(values, p, 0, y[0] ? (y[2] ? p.height : 1) : -1);
        fillRow(values, p, p.height + 1, y[1] ? (y[2] ? 1 : p.height) : -1);
    }

    /** Whether there is something to copy beyond the low end and the high end, and whether from the other end. */
    private boolean[] ends(int axis, int first, int count, Grid grid) {
        boolean periodic = grid.periodic(axis);
        boolean whole = periodic && count == grid.size(axis);
        boolean low = whole || !periodic && from[axis] + first == 0;
        boolean high = whole || !periodic && from[axis] + first + count == grid.size(axis);
        return new boolean[] {low, high, whole};
    }

    private static void fillRow(float[] values, BoxPlane p, int to, int source) {
        if (source < 0) Arrays.fill(values, to * p.stride, (to + 1) * p.stride, 0);
        else System.arraycopy(values, source * p.stride, values, to * p.stride, p.stride);
    }

    /** Sets the ring of a plane to 0. */
    static void clearRing(float[] values, BoxPlane p) {
        Arrays.fill(values, 0, p.stride, 0);
        Arrays.fill(values, p.length - p.stride, p.length, 0);
        for (int i = 0; i < p.length; i += p.stride) {
            values[i] = 0;
            values[i + p.stride - 1] = 0;
        }
    }
}
