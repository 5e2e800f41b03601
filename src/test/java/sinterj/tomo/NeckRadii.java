package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.Volume;

/**
 * Radii of necks at known places: in the plane where two balls meet, across the line of their centres, the mean distance
 * from that line to where the density first falls below one half.
 */
final class NeckRadii {
    private static final int RAYS = 48;
    private static final double STEP = 0.05;

    private NeckRadii() {}

    /**
     * Where two balls meet.
     *
     * @param first number of a ball
     * @param second number of another
     */
    record Pair(int first, int second) {}

    /** Pairs of balls that overlap, and whose smaller one is no smaller than some voxels. */
    static List<Pair> pairs(double[][] balls, double least) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < balls.length; i++) {
            for (int j = i + 1; j < balls.length; j++) {
                boolean large = Math.min(balls[i][3], balls[j][3]) >= least;
                if (large && distance(balls[i], balls[j]) < balls[i][3] + balls[j][3]) pairs.add(new Pair(i, j));
            }
        }
        return pairs;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /**
     * The radius of a neck.
     *
     * @param volume densities near 1 in the solid
     * @param a x, y, z and radius of a ball in voxels, from the middle of the volume
     * @param b another
     * @return in voxels
     */
    static double radius(Volume volume, double[] a, double[] b) {
        double d = distance(a, b);
        double part = (d * d + a[3] * a[3] - b[3] * b[3]) / (2 * d * d);
        double[] axis = {(b[0] - a[0]) / d, (b[1] - a[1]) / d, (b[2] - a[2]) / d};
        double[] centre = {a[0] + part * d * axis[0], a[1] + part * d * axis[1], a[2] + part * d * axis[2]};
        double[] u = across(axis);
        double[] v = {axis[1] * u[2] - axis[2] * u[1], axis[2] * u[0] - axis[0] * u[2], axis[0] * u[1] - axis[1] * u[0]
        };
        double most = 1.2 * Math.min(a[3], b[3]);
        double sum = 0;
        for (int i = 0; i < RAYS; i++) {
            double c = Math.cos(2 * Math.PI * i / RAYS);
            double s = Math.sin(2 * Math.PI * i / RAYS);
            double r = 0;
            while (r < most && density(volume, centre, u, v, r * c, r * s) >= 0.5) r += STEP;
            sum += r;
        }
        return sum / RAYS;
    }

    /** Of length 1 and across the axis. */
    private static double[] across(double[] axis) {
        double[] other = Math.abs(axis[0]) < 0.6 ? new double[] {1, 0, 0} : new double[] {0, 1, 0};
        double dot = axis[0] * other[0] + axis[1] * other[1] + axis[2] * other[2];
        double[] u = {other[0] - dot * axis[0], other[1] - dot * axis[1], other[2] - dot * axis[2]};
        double norm = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        return new double[] {u[0] / norm, u[1] / norm, u[2] / norm};
    }

    /** By linear interpolation; the point is the centre plus p u plus q v. */
    private static double density(Volume volume, double[] centre, double[] u, double[] v, double p, double q) {
        double x = centre[0] + p * u[0] + q * v[0] + (volume.width() - 1) / 2.0;
        double y = centre[1] + p * u[1] + q * v[1] + (volume.height() - 1) / 2.0;
        double z = centre[2] + p * u[2] + q * v[2] + (volume.depth() - 1) / 2.0;
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        int z0 = (int) Math.floor(z);
        double sum = 0;
        for (int k = 0; k < 8; k++) {
            int xi = x0 + (k & 1);
            int yi = y0 + (k >> 1 & 1);
            int zi = z0 + (k >> 2);
            if (xi < 0 || yi < 0 || zi < 0) continue;
            if (xi >= volume.width() || yi >= volume.height() || zi >= volume.depth()) continue;
            double weight = (1 - Math.abs(x - xi)) * (1 - Math.abs(y - yi)) * (1 - Math.abs(z - zi));
            sum += weight * volume.plane(zi)[yi * volume.width() + xi];
        }
        return sum;
    }
}
