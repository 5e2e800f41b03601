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

    /** First and last column of the first box that the second has, too. */
    private final int firstShared;

    private final int lastShared;

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
        int first = 0;
        int last = one.size[0] - 1;
        while (first < last && map[0][first] < 0) first++;
        while (first < last && map[0][last] < 0) last--;
        firstShared = first;
        lastShared = last;
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
            if (!meet(axis, one.from[axis], one.size[axis], two.from[axis], two.size[axis], grid)) return false;
        }
        return true;
    }

    private static boolean meet(int axis, int from, int size, int otherFrom, int otherSize, Grid grid) {
        int ahead = otherFrom - from;
        int behind = -ahead;
        if (!grid.periodic(axis)) return ahead < size && behind < otherSize;
        return Math.floorMod(ahead, grid.size(axis)) < size || Math.floorMod(behind, grid.size(axis)) < otherSize;
    }

    /** Looks where the two grains meet; false if they do not. */
    boolean find() {
        Arrays.fill(low, Integer.MAX_VALUE);
        Arrays.fill(high, -1);
        for (int z = 0; z < one.size[2]; z++) {
            if (map[2][z] < 0) continue;
            BoxPlane p = one.planes[z];
            BoxPlane q = two.planes[map[2][z]];
            for (int y = p.y; y < p.y + p.height; y++) {
                if (map[1][y] >= q.y && map[1][y] < q.y + q.height) findInRow(y, z);
            }
        }
        if (high[0] < 0) return false;
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Math.max(0, low[axis] - MARGIN);
            high[axis] = Math.min(one.size[axis] - 1, high[axis] + MARGIN);
        }
        return true;
    }

    private void findInRow(int y, int z) {
        BoxPlane p = one.planes[z];
        BoxPlane q = two.planes[map[2][z]];
        float[] a = one.values[Store.STATE][z];
        float[] b = two.values[Store.STATE][map[2][z]];
        int behind = Math.min(p.x + p.width, lastShared + 1);
        for (int x = Math.max(p.x, firstShared); x < behind; x++) {
            if (!q.holds(map[0][x], map[1][y])) continue;
            if (a[p.index(x, y)] * b[q.index(map[0][x], map[1][y])] < NEAR) continue;
            include(0, x);
            include(1, y);
            include(2, z);
        }
    }

    private void include(int axis, int at) {
        low[axis] = Math.min(low[axis], at);
        high[axis] = Math.max(high[axis], at);
    }

    /** Whether the parts that hold this contact and another one share a voxel, or are next to each other. */
    boolean overlaps(Contact other, Grid grid) {
        for (int axis = 0; axis < 3; axis++) {
            int first = other.one.from[axis] + other.low[axis];
            if (!reaches(axis, first, other.high[axis] - other.low[axis] + 1, grid)) return false;
        }
        return true;
    }

    /** Whether the part that holds this contact shares a voxel with a plane of a box, or is next to it. */
    boolean reaches(GrainBox box, int plane, Grid grid) {
        BoxPlane p = box.planes[plane];
        return reaches(0, box.from[0] + p.x, p.width, grid)
                && reaches(1, box.from[1] + p.y, p.height, grid)
                && reaches(2, box.from[2] + plane, 1, grid);
    }

    private boolean reaches(int axis, int first, int count, Grid grid) {
        int from = one.from[axis] + low[axis] - 1;
        return meet(axis, from, high[axis] - low[axis] + 3, first, count, grid);
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
        BoxPlane p = one.planes[plane];
        BoxPlane q = two.planes[map[2][plane]];
        float[] a = one.values[vector][plane];
        float[] b = two.values[vector][map[2][plane]];
        int behind = Math.min(high[0] + 1, p.x + p.width);
        for (int y = Math.max(low[1], p.y); y <= high[1] && y < p.y + p.height; y++) {
            int row = 1 + grid.stride() * (one.gridRow(y, grid) + 1);
            for (int x = Math.max(low[0], p.x); x < behind; x++) {
                if (!q.holds(map[0][x], map[1][y])) continue;
                float product = a[p.index(x, y)] * b[q.index(map[0][x], map[1][y])];
                int i = row + one.gridColumn(x, grid);
                squares[i] += product * product;
                energies[i] += boundary * product * product;
            }
        }
    }

    private void measureRow(int vector, int y, int z, Material.Motion motion, Store store) {
        Grid grid = store.grid;
        int zTwo = map[2][z];
        BoxPlane p = one.planes[z];
        BoxPlane q = two.planes[zTwo];
        float[] a = one.values[vector][z];
        float[] b = two.values[vector][zTwo];
        float[] rho = store.density[vector][store.wrapped(one.from[2] + z)];
        int rowRho = 1 + grid.stride() * (one.gridRow(y, grid) + 1);
        float threshold = (float) motion.threshold();
        boolean smooth = motion.how() == RigidBody.SMOOTH;
        float width = smooth ? threshold : SHARP;
        float from = threshold - width / 2;
        for (int x = Math.max(low[0], p.x); x <= high[0]; x++) {
            int xTwo = map[0][x];
            int yTwo = map[1][y];
            if (!p.holds(x, y) || !q.holds(xTwo, yTwo)) continue;
            int i = p.index(x, y);
            int j = q.index(xTwo, yTwo);
            float product = a[i] * b[j];
            if (!(product >= from)) continue;
            double share = Math.min(1, (product - from) / width);
            if (smooth) share *= share * (3 - 2 * share);
            double weight = share * (rho[rowRho + one.gridColumn(x, grid)] - motion.rho0());
            double gx = slope(a[i + 1], a[i - 1], b[j + 1], b[j - 1]);
            double gy = slope(a[i + p.stride], a[i - p.stride], b[j + q.stride], b[j - q.stride]);
            double gz = slope(
                    one.at(vector, x, y, z + 1, grid),
                    one.at(vector, x, y, z - 1, grid),
                    two.at(vector, xTwo, yTwo, zTwo + 1, grid),
                    two.at(vector, xTwo, yTwo, zTwo - 1, grid));
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
