package sinterj.image;

/**
 * The ball that stands for a particle where its neck no longer shows.
 *
 * @param x centre in the unit of the voxels
 * @param y centre
 * @param z centre
 * @param r radius
 */
record FittedBall(double x, double y, double z, double r) {
    /** What the last fit is worth, in faces of voxels: it settles what a small free surface leaves open. */
    private static final double PRIOR = 40;

    private static final int ROUNDS = 4;

    /** How far a point lies outside the ball; below 0 how deep in it. */
    double outside(double px, double py, double pz) {
        double dx = px - x;
        double dy = py - y;
        double dz = pz - z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz) - r;
    }

    /** This ball changed by the difference of two. */
    FittedBall plus(FittedBall change) {
        return new FittedBall(x + change.x, y + change.y, z + change.z, Math.max(0, r + change.r));
    }

    /** The difference to another ball. */
    FittedBall minus(FittedBall other) {
        return new FittedBall(x - other.x, y - other.y, z - other.z, r - other.r);
    }

    /** Between this difference and another, of which it takes a part. */
    FittedBall mixed(FittedBall other, double part) {
        double rest = 1 - part;
        return new FittedBall(
                rest * x + part * other.x,
                rest * y + part * other.y,
                rest * z + part * other.z,
                rest * r + part * other.r);
    }

    /**
     * The ball whose surface is nearest to points, in the sense of least squares, and to this ball (Gauss and Newton).
     *
     * @param points x, y, z of each
     * @param count number of points
     * @param side length of a voxel, the unit in which errors are weighed against the prior
     */
    FittedBall fit(double[] points, int count, double side) {
        double[] p = {x, y, z, r};
        double[] start = p.clone();
        for (int round = 0; round < ROUNDS; round++) {
            double[][] a = new double[4][5];
            for (int k = 0; k < 4; k++) {
                a[k][k] = PRIOR;
                a[k][4] = PRIOR * (start[k] - p[k]);
            }
            for (int i = 0; i < count; i++) add(points, 3 * i, p, a, side);
            double[] step = solve(a);
            for (int k = 0; k < 4; k++) p[k] += step[k];
        }
        return new FittedBall(p[0], p[1], p[2], Math.max(0, p[3]));
    }

    private static void add(double[] points, int at, double[] p, double[][] a, double side) {
        double dx = points[at] - p[0];
        double dy = points[at + 1] - p[1];
        double dz = points[at + 2] - p[2];
        double length = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (length < 1e-9 * side) return;
        double[] slope = {dx / length, dy / length, dz / length, 1};
        for (int k = 0; k < 4; k++) {
            for (int l = 0; l < 4; l++) a[k][l] += slope[k] * slope[l];
            a[k][4] += slope[k] * (length - p[3]);
        }
    }

    /** Gaussian elimination; the prior keeps every pivot above 0. */
    private static double[] solve(double[][] a) {
        for (int k = 0; k < 4; k++) {
            for (int row = k + 1; row < 4; row++) {
                double factor = a[row][k] / a[k][k];
                for (int l = k; l < 5; l++) a[row][l] -= factor * a[k][l];
            }
        }
        double[] x = new double[4];
        for (int k = 3; k >= 0; k--) {
            double sum = a[k][4];
            for (int l = k + 1; l < 4; l++) sum -= a[k][l] * x[l];
            x[k] = sum / a[k][k];
        }
        return x;
    }
}
