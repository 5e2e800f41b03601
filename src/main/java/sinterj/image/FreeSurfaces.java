package sinterj.image;

import java.util.Arrays;

/** The middle of each voxel face between a particle and the outside, by particle. */
final class FreeSurfaces {
    private final double[][] points;
    private final int[] counts;

    /**
     * Looks at every voxel once.
     *
     * @param labels 0 is outside; the faces of the image are no surface
     * @param ids number of particles and one more
     */
    FreeSurfaces(int[][] labels, int width, VoxelSize voxel, int ids) {
        points = new double[ids][];
        counts = new int[ids];
        int pixels = labels[0].length;
        for (int z = 0; z < labels.length; z++) {
            for (int i = 0; i < pixels; i++) {
                double x = i % width * voxel.x();
                double y = i / width * voxel.y();
                double at = z * voxel.z();
                int own = labels[z][i];
                if (i % width > 0) look(own, labels[z][i - 1], x - voxel.x() / 2, y, at);
                if (i >= width) look(own, labels[z][i - width], x, y - voxel.y() / 2, at);
                if (z > 0) look(own, labels[z - 1][i], x, y, at - voxel.z() / 2);
            }
        }
    }

    private void look(int a, int b, double x, double y, double z) {
        if (a == 0 == (b == 0)) return;
        int id = a == 0 ? b : a;
        if (points[id] == null) points[id] = new double[48];
        if (3 * counts[id] == points[id].length) points[id] = Arrays.copyOf(points[id], 6 * counts[id]);
        points[id][3 * counts[id]] = x;
        points[id][3 * counts[id] + 1] = y;
        points[id][3 * counts[id] + 2] = z;
        counts[id]++;
    }

    /** A ball fitted to the free surface of a particle, starting from another; that one if nothing is free. */
    FittedBall fit(int id, FittedBall start, double side) {
        return counts[id] == 0 ? start : start.fit(points[id], counts[id], side);
    }
}
