package sinterj.image;

/**
 * Lengths on the grid of voxels: the distance over the step (i, j, k) is {@code side * sqrt(x i^2 + y j^2 + z k^2)}.
 * Where the sides of a voxel stand in the ratio of small whole numbers the weights are whole, and squared distances are
 * exact up to 2^24. Sides are taken to be in such a ratio if they are so to one part in a million, since that is how
 * well image files keep them.
 *
 * @param x weight of squared steps along x, at least 1
 * @param y weight of squared steps along y, at least 1
 * @param z weight of squared steps along z, at least 1
 * @param side length whose square is the unit of squared distances
 * @param whole whether the weights are whole numbers
 */
public record LatticeMetric(double x, double y, double z, double side, boolean whole) {
    private static final int LARGEST_FACTOR = 64;
    private static final double FILE_PRECISION = 1e-6;

    /** The metric of voxels with these sides. */
    public static LatticeMetric of(VoxelSize voxel) {
        double shortest = Math.min(voxel.x(), Math.min(voxel.y(), voxel.z()));
        double[] ratios = {voxel.x() / shortest, voxel.y() / shortest, voxel.z() / shortest};
        for (int factor = 1; factor <= LARGEST_FACTOR; factor++) {
            if (allWhole(ratios, factor)) {
                double[] n = {
                    Math.rint(ratios[0] * factor), Math.rint(ratios[1] * factor), Math.rint(ratios[2] * factor)
                };
                return new LatticeMetric(n[0] * n[0], n[1] * n[1], n[2] * n[2], voxel.x() / n[0], true);
            }
        }
        return new LatticeMetric(ratios[0] * ratios[0], ratios[1] * ratios[1], ratios[2] * ratios[2], shortest, false);
    }

    private static boolean allWhole(double[] ratios, int factor) {
        for (double ratio : ratios) {
            double n = ratio * factor;
            if (Math.abs(n - Math.rint(n)) > FILE_PRECISION * n) return false;
        }
        return true;
    }

    /** The length of a squared distance. */
    public double length(double squared) {
        return side * Math.sqrt(squared);
    }

    /** The squared distance over a step. */
    public double squared(double i, double j, double k) {
        return x * i * i + y * j * j + z * k * k;
    }

    /**
     * How far two squared distances may differ, in parts of one, and still be taken as equal. With whole weights this
     * separates all that a float tells apart; else it is a few roundings of a float.
     */
    public double tie() {
        return whole ? 0x1p-25 : 0x1p-20;
    }
}
