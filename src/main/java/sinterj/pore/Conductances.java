package sinterj.pore;

import sinterj.image.VoxelSize;

/**
 * Conductance of the face between two voxels, by their materials: the harmonic mean of their conductivities over the
 * square of the voxel's side, in units in which the face between two voxels of conductivity 1 along the measured axis
 * has conductance 1. Material 0 insulates; the last one is the electrode, whose face lies half a voxel away.
 */
final class Conductances {
    /** Weaker links than this part of the two voxels' mean do not hold a group of voxels together. */
    private static final double STRONG = 0.06;

    /** Number of materials, insulator and electrode included; the conductance of a and b stands at a * count + b. */
    final int count;

    /** The material of the two faces between which the potential differs by 1. */
    final byte electrode;

    final float[] x;
    final float[] y;
    final float[] z;
    private final double[][] exact = new double[3][];
    private final double[] diagonal;

    /**
     * @param k conductivities
     * @param voxel side lengths
     * @param axis 0, 1 or 2 for x, y or z
     */
    Conductances(Conductivities k, VoxelSize voxel, int axis) {
        count = k.count() + 2;
        electrode = (byte) (count - 1);
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            double factor = side[axis] * side[axis] / (side[a] * side[a]);
            exact[a] = table(k, factor);
            sum += 2 * factor;
        }
        x = rounded(exact[0]);
        y = rounded(exact[1]);
        z = rounded(exact[2]);
        diagonal = new double[count];
        for (int m = 1; m < electrode; m++) diagonal[m] = sum * k.conductivity(m) / k.largest();
    }

    private double[] table(Conductivities k, double factor) {
        double[] table = new double[count * count];
        for (int a = 1; a < electrode; a++) {
            double ka = k.conductivity(a) / k.largest();
            for (int b = 1; b < electrode; b++) {
                double kb = k.conductivity(b) / k.largest();
                table[a * count + b] = ka + kb == 0 ? 0 : factor * 2 * ka * kb / (ka + kb);
            }
            table[a * count + electrode] = factor * 2 * ka;
        }
        return table;
    }

    private static float[] rounded(double[] table) {
        float[] rounded = new float[table.length];
        for (int i = 0; i < table.length; i++) rounded[i] = (float) table[i];
        return rounded;
    }

    /** Conductance along an axis of the face between two materials. */
    float link(int a, int b, int axis) {
        return (axis == 0 ? x : axis == 1 ? y : z)[a * count + b];
    }

    /** The conductances along an axis before they are rounded to single precision. */
    double[] exact(int axis) {
        return exact[axis];
    }

    /** Whether two voxels have nearly the same potential, seen from afar, if a face of this conductance joins them. */
    boolean isStrong(int a, int b, float conductance) {
        return isStrong(conductance, diagonal[a], diagonal[b]);
    }

    /** The same of nodes, by the sums of the conductances of all their links. */
    static boolean isStrong(float conductance, double sumA, double sumB) {
        return conductance >= STRONG * Math.sqrt(sumA * sumB);
    }
}
