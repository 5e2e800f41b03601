package sinterj.pore;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The finest level: voxels that exchange current with their six neighbours, without a stored matrix. Planes of materials
 * and of potentials have a border of one voxel, in which potentials are 0 and materials are the insulator, or the
 * electrode at the two faces that the measured axis crosses; so no voxel is a special case.
 *
 * <p>The smoother is Gauss-Seidel, even planes before odd ones: planes of one kind do not see each other, so any number
 * of threads gives the same bits.
 */
final class ConductingVoxels {
    final int width;
    final int height;
    final int depth;
    final int stride;
    private final byte[][] materials;
    private final Conductances g;
    private final float[] nothing;

    /** Gives the material of each voxel of a plane, row by row without a border. */
    interface Materials {
        /** Fills the materials of plane z, {@code width * height} of them. */
        void fill(int z, byte[] plane);
    }

    ConductingVoxels(int[] size, int axis, Conductances g, Materials of, Progress progress) {
        width = size[0];
        height = size[1];
        depth = size[2];
        stride = width + 2;
        this.g = g;
        materials = new byte[depth + 2][stride * (height + 2)];
        nothing = new float[stride * (height + 2)];
        Parallel.forEach(progress, depth, z -> {
            byte[] plane = new byte[width * height];
            of.fill(z, plane);
            for (int y = 0; y < height; y++) {
                System.arraycopy(plane, y * width, materials[z + 1], (y + 1) * stride + 1, width);
            }
            putElectrodes(materials[z + 1], axis);
        });
        if (axis == 2) {
            Arrays.fill(materials[0], g.electrode);
            Arrays.fill(materials[depth + 1], g.electrode);
        }
    }

    private void putElectrodes(byte[] plane, int axis) {
        if (axis == 0) {
            for (int y = 1; y <= height; y++) {
                plane[y * stride] = g.electrode;
                plane[y * stride + width + 1] = g.electrode;
            }
        } else if (axis == 1) {
            Arrays.fill(plane, 0, stride, g.electrode);
            Arrays.fill(plane, (height + 1) * stride, (height + 2) * stride, g.electrode);
        }
    }

    /** A vector of zeros: a value for each voxel, in planes with borders. */
    float[][] vector() {
        return new float[depth][stride * (height + 2)];
    }

    /** Materials of plane z, from -1 to the depth. */
    byte[] materials(int z) {
        return materials[z + 1];
    }

    Conductances conductances() {
        return g;
    }

    /** Plane z of a vector, zeros outside. */
    float[] plane(float[][] vector, int z) {
        return z < 0 || z >= depth ? nothing : vector[z];
    }

    /** Runs over the planes, and adds up what they return in their order. */
    double sum(Progress progress, java.util.function.IntToDoubleFunction plane) {
        double[] sums = new double[depth];
        Parallel.forEach(progress, depth, z -> sums[z] = plane.applyAsDouble(z));
        double sum = 0;
        for (double s : sums) sum += s;
        return sum;
    }

    /** Sets q to the current that leaves each voxel at potentials p, and returns their product. */
    double apply(float[][] p, float[][] q, Progress progress) {
        return sum(progress, z -> applyPlane(p, q[z], z));
    }

    private double applyPlane(float[][] p, float[] q, int z) {
        byte[] m = materials(z);
        byte[] mDown = materials(z - 1);
        byte[] mUp = materials(z + 1);
        float[] v = p[z];
        float[] down = plane(p, z - 1);
        float[] up = plane(p, z + 1);
        double product = 0;
        for (int y = 1; y <= height; y++) {
            for (int i = y * stride + 1; i <= y * stride + width; i++) {
                if (m[i] == 0) continue;
                int row = m[i] * g.count;
                float c = v[i];
                float leaves = g.x[row + m[i - 1]] * (c - v[i - 1]) + g.x[row + m[i + 1]] * (c - v[i + 1]);
                leaves +=
                        g.y[row + m[i - stride]] * (c - v[i - stride]) + g.y[row + m[i + stride]] * (c - v[i + stride]);
                leaves += g.z[row + mDown[i]] * (c - down[i]) + g.z[row + mUp[i]] * (c - up[i]);
                q[i] = leaves;
                product += (double) c * leaves;
            }
        }
        return product;
    }

    /** One sweep of Gauss-Seidel for the currents r, voxel after voxel, even planes first. */
    void smooth(float[][] r, float[][] v, Progress progress) {
        Parallel.forEach(progress, (depth + 1) / 2, k -> smoothPlane(r[2 * k], v, 2 * k, true));
        Parallel.forEach(progress, depth / 2, k -> smoothPlane(r[2 * k + 1], v, 2 * k + 1, true));
    }

    /** The same sweep in the opposite order. */
    void smoothBack(float[][] r, float[][] v, Progress progress) {
        Parallel.forEach(progress, depth / 2, k -> smoothPlane(r[2 * k + 1], v, 2 * k + 1, false));
        Parallel.forEach(progress, (depth + 1) / 2, k -> smoothPlane(r[2 * k], v, 2 * k, false));
    }

    private void smoothPlane(float[] r, float[][] vector, int z, boolean forward) {
        byte[] m = materials(z);
        byte[] mDown = materials(z - 1);
        byte[] mUp = materials(z + 1);
        float[] v = vector[z];
        float[] down = plane(vector, z - 1);
        float[] up = plane(vector, z + 1);
        int step = forward ? 1 : -1;
        for (int line = 1; line <= height; line++) {
            int y = forward ? line : height + 1 - line;
            int i = y * stride + (forward ? 1 : width);
            for (int n = 0; n < width; n++, i += step) {
                if (m[i] == 0) continue;
                int row = m[i] * g.count;
                float west = g.x[row + m[i - 1]];
                float east = g.x[row + m[i + 1]];
                float north = g.y[row + m[i - stride]];
                float south = g.y[row + m[i + stride]];
                float under = g.z[row + mDown[i]];
                float over = g.z[row + mUp[i]];
                float in = north * v[i - stride] + south * v[i + stride] + under * down[i] + over * up[i];
                in += r[i] + west * v[i - 1] + east * v[i + 1];
                v[i] = in / (west + east + north + south + under + over);
            }
        }
    }
}
