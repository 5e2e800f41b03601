package sinterj.phasefield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Two grains whose boxes meet, and the part of the first one's box that holds their contact. */
final class Contact {
    /** Product of two order parameters from which a voxel counts as near a contact. */
    private static final float NEAR = 0.01f;

    /** Voxels around the contact that are looked at, too, so that it may grow until boxes are fitted again. */
    private static final int MARGIN = 3;

    /**
     * Over this range of the product a sharp threshold sets in. With none at all, voxels that are switched on and off
     * as a whole jerk the grains, and no time step is short enough to follow; ten times this is felt in the result.
     */
    private static final float SHARP = 0.005f;

    final GrainBox one;
    final GrainBox two;

    /** For each column, row and plane of the first box, that of the second; -1 where there is none. */
    private final int[][] map = new int[3][];

    private final int[] low = new int[3];
    private final int[] high = new int[3];

    /** Force on the first grain and torques on both, in units of stiffness and voxels. */
    final double[] force = new double[3];

    final double[] torqueOne = new double[3];
    final double[] torqueTwo = new double[3];

    /** Energy of the boundary over that of a high-angle boundary. */
    float boundary = 1;

    /** How much the force changes when the density rises everywhere by one; in voxels squared. */
    double slope;

    private Contact(GrainBox one, GrainBox two, Grid grid) {
        this.one = one;
        this.two = two;
        for (int axis = 0; axis < 3; axis++) {
            map[axis] = new int[one.size[axis]];
            for (int i = 0; i < one.size[axis]; i++) {
                int at = one.from[axis] + i - two.from[axis];
                if (grid.periodic(axis)) at = Math.floorMod(at, grid.size(axis));
                map[axis][i] = at >= 0 && at < two.size[axis] ? at : -1;
            }
        }
    }

    /** All pairs of grains of the state that are near each other, in the order of the boxes. */
    static List<Contact> all(Store store, Progress progress) {
        List<Contact> near = new ArrayList<>();
        for (int i = 0; i < store.boxes.length; i++) {
            for (int j = i + 1; j < store.boxes.length; j++) {
                if (!meet(store.boxes[i], store.boxes[j], store.grid)) continue;
                near.add(new Contact(store.boxes[i], store.boxes[j], store.grid));
            }
        }
        boolean[] meet = new boolean[near.size()];
        Parallel.forEach(progress, near.size(), p -> meet[p] = near.get(p).find());
        List<Contact> found = new ArrayList<>();
        for (int p = 0; p < meet.length; p++) if (meet[p]) found.add(near.get(p));
        return found;
    }

    /** Whether two boxes share a voxel at all. */
    private static boolean meet(GrainBox one, GrainBox two, Grid grid) {
        for (int axis = 0; axis < 3; axis++) {
            int ahead = two.from[axis] - one.from[axis];
            int behind = -ahead;
            if (grid.periodic(axis)) {
                ahead = Math.floorMod(ahead, grid.size(axis));
                behind = Math.floorMod(behind, grid.size(axis));
                if (ahead >= one.size[axis] && behind >= two.size[axis]) return false;
            } else if (ahead >= one.size[axis] || behind >= two.size[axis]) {
                return false;
            }
        }
        return true;
    }

    /** Looks where the two grains meet; false if they do not. */
    boolean find() {
        Arrays.fill(low, Integer.MAX_VALUE);
        Arrays.fill(high, -1);
        for (int z = 0; z < one.size[2]; z++) {
            if (map[2][z] < 0) continue;
            float[] a = one.values[Store.STATE][z];
            float[] b = two.values[Store.STATE][map[2][z]];
            for (int y = 0; y < one.size[1]; y++) if (map[1][y] >= 0) findInRow(a, b, y, z);
        }
        if (high[0] < 0) return false;
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(0, low[axis] - MARGIN);
            high[axis] = Math.min(one.size[axis] - 1, high[axis] + MARGIN);
        }
        return true;
    }

    private void findInRow(float[] a, float[] b, int y, int z) {
        int rowOne = one.index(0, y);
        int rowTwo = two.index(0, map[1][y]);
        for (int x = 0; x < one.size[0]; x++) {
            int at = map[0][x];
            if (at < 0 || a[rowOne + x] * b[rowTwo + at] < NEAR) continue;
            include(0, x);
            include(1, y);
            include(2, z);
        }
    }

    private void include(int axis, int at) {
        low[axis] = Math.min(low[axis], at);
        high[axis] = Math.max(high[axis], at);
    }

    /** Adds up the force and the torques of a vector. */
    void measure(int vector, Material.Motion motion, Store store) {
        slope = 0;
        Arrays.fill(force, 0);
        Arrays.fill(torqueOne, 0);
        Arrays.fill(torqueTwo, 0);
        for (int z = low[2]; z <= high[2]; z++) {
            if (map[2][z] < 0) continue;
            for (int y = low[1]; y <= high[1]; y++) if (map[1][y] >= 0) measureRow(vector, y, z, motion, store);
        }
    }

    /** Adds the squares of both order parameters in a plane of the grid, and these times the boundary's energy. */
    void weigh(int vector, int z, Store store, float[] squares, float[] energies) {
        Grid grid = store.grid;
        int plane = one.planeAt(z, grid);
        if (plane < low[2] || plane > high[2] || map[2][plane] < 0) return;
        float[] a = one.values[vector][plane];
        float[] b = two.values[vector][map[2][plane]];
        for (int y = low[1]; y <= high[1]; y++) {
            if (map[1][y] < 0) continue;
            int row = 1 + grid.stride() * (one.gridRow(y, grid) + 1);
            for (int x = low[0]; x <= high[0]; x++) {
                if (map[0][x] < 0) continue;
                float product = a[one.index(x, y)] * b[two.index(map[0][x], map[1][y])];
                int i = row + (one.from[0] + x) % grid.nx();
                squares[i] += product * product;
                energies[i] += boundary * product * product;
            }
        }
    }

    private void measureRow(int vector, int y, int z, Material.Motion motion, Store store) {
        Grid grid = store.grid;
        int zTwo = map[2][z];
        float[] a = one.values[vector][z];
        float[] b = two.values[vector][zTwo];
        float[] rho = store.density[vector][store.wrapped(one.from[2] + z)];
        int rowRho = 1 + grid.stride() * (one.gridRow(y, grid) + 1);
        float threshold = (float) motion.threshold();
        boolean smooth = motion.how() == RigidBody.SMOOTH;
        float width = smooth ? threshold : SHARP;
        float from = threshold - width / 2;
        for (int x = low[0]; x <= high[0]; x++) {
            if (map[0][x] < 0) continue;
            int i = one.index(x, y);
            int j = two.index(map[0][x], map[1][y]);
            float product = a[i] * b[j];
            if (!(product >= from)) continue;
            int column = (one.from[0] + x) % grid.nx();
            double share = Math.min(1, (product - from) / width);
            if (smooth) share *= share * (3 - 2 * share);
            double weight = share * (rho[rowRho + column] - motion.rho0());
            double gx = slope(a[i + 1], a[i - 1], b[j + 1], b[j - 1]);
            double gy = slope(a[i + one.stride], a[i - one.stride], b[j + two.stride], b[j - two.stride]);
            double gz = slope(
                    one.plane(vector, z + 1, grid)[i],
                    one.plane(vector, z - 1, grid)[i],
                    two.plane(vector, zTwo + 1, grid)[j],
                    two.plane(vector, zTwo - 1, grid)[j]);
            slope += share * Math.sqrt(gx * gx + gy * gy + gz * gz);
            add(x, y, z, weight * gx, weight * gy, weight * gz);
        }
    }

    private static double slope(float a1, float a0, float b1, float b0) {
        return 0.5 * (((double) a1 - a0) - ((double) b1 - b0));
    }

    private void add(int x, int y, int z, double fx, double fy, double fz) {
        force[0] += fx;
        force[1] += fy;
        force[2] += fz;
        twist(torqueOne, one, x, y, z, fx, fy, fz, 1);
        twist(torqueTwo, two, map[0][x], map[1][y], map[2][z], fx, fy, fz, -1);
    }

    private static void twist(
            double[] torque, GrainBox box, int x, int y, int z, double fx, double fy, double fz, int sign) {
        double rx = x - box.centroid[0];
        double ry = y - box.centroid[1];
        double rz = z - box.centroid[2];
        torque[0] += sign * (ry * fz - rz * fy);
        torque[1] += sign * (rz * fx - rx * fz);
        torque[2] += sign * (rx * fy - ry * fx);
    }
}
