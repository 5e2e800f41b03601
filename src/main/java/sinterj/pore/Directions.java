package sinterj.pore;

import java.util.ArrayList;
import java.util.List;
import sinterj.image.VoxelSize;

/**
 * The 13 directions from a voxel to its 26 neighbours, with the share of all directions in space, or in a plane, to
 * which each is nearest. For unequal voxel sides these shares are not the well-known ones of cubes, so they are worked
 * out: the solid angle of each cell of the spherical Voronoi diagram.
 */
final class Directions {
    /** Steps along x, y, z. */
    static final int[][] STEPS = {
        {1, 0, 0},
        {0, 1, 0},
        {0, 0, 1},
        {1, 1, 0},
        {1, -1, 0},
        {1, 0, 1},
        {1, 0, -1},
        {0, 1, 1},
        {0, 1, -1},
        {1, 1, 1},
        {1, 1, -1},
        {1, -1, 1},
        {1, -1, -1}
    };

    private static final double FAR = 1e6;

    private Directions() {}

    /** Length of a step. */
    static double length(int[] step, VoxelSize voxel) {
        double[] d = scaled(step, voxel);
        return Math.sqrt(dot(d, d));
    }

    private static double[] scaled(int[] step, VoxelSize voxel) {
        return new double[] {step[0] * voxel.x(), step[1] * voxel.y(), step[2] * voxel.z()};
    }

    /** The share of each direction among all in space, in the order of {@link #STEPS}; their sum is 1. */
    static double[] sharesInSpace(VoxelSize voxel) {
        double[] shares = new double[STEPS.length];
        List<double[]> all = unitVectors(voxel, -1);
        for (int k = 0; k < shares.length; k++) shares[k] = 2 * solidAngle(all, k) / (4 * Math.PI);
        return shares;
    }

    /**
     * The share of each direction among those of a plane; 0 for directions that leave it.
     *
     * @param axis the plane's normal
     */
    static double[] sharesInPlane(VoxelSize voxel, int axis) {
        double[] shares = new double[STEPS.length];
        List<double[]> all = unitVectors(voxel, axis);
        int at = 0;
        for (int k = 0; k < shares.length; k++) {
            if (STEPS[k][axis] != 0) continue;
            double before = Math.PI;
            double behind = Math.PI;
            double[] own = all.get(at);
            for (int j = 0; j < all.size(); j++) {
                if (j == at) continue;
                double[] other = all.get(j);
                double angle = Math.acos(Math.max(-1, Math.min(1, dot(own, other))));
                boolean left = cross(own, other)[axis] > 0;
                if (left) before = Math.min(before, angle);
                else behind = Math.min(behind, angle);
            }
            shares[k] = (before + behind) / 2 / Math.PI;
            at++;
        }
        return shares;
    }

    /** Directions and behind them their opposites; only those of a plane if an axis is given. */
    private static List<double[]> unitVectors(VoxelSize voxel, int axis) {
        List<double[]> all = new ArrayList<>();
        for (int sign = 1; sign >= -1; sign -= 2) {
            for (int[] step : STEPS) {
                if (axis >= 0 && step[axis] != 0) continue;
                double factor = sign / length(step, voxel);
                double[] d = scaled(step, voxel);
                all.add(new double[] {d[0] * factor, d[1] * factor, d[2] * factor});
            }
        }
        return all;
    }

    /** Clips the plane that touches the sphere at direction k by the planes half-way to all others. */
    private static double solidAngle(List<double[]> all, int k) {
        double[] own = all.get(k);
        double[] aside = Math.abs(own[0]) < 0.9 ? new double[] {1, 0, 0} : new double[] {0, 1, 0};
        double[] u = cross(own, aside);
        double[] v = cross(own, u);
        List<double[]> polygon = new ArrayList<>();
        int[][] corners = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
        for (int[] c : corners) {
            double[] p = new double[3];
            for (int a = 0; a < 3; a++) p[a] = own[a] + FAR * (c[0] * u[a] + c[1] * v[a]);
            polygon.add(p);
        }
        for (int j = 0; j < all.size(); j++) if (j != k) polygon = clip(polygon, minus(own, all.get(j)));
        double sum = 0;
        for (int i = 1; i + 1 < polygon.size(); i++) {
            sum += triangle(polygon.get(0), polygon.get(i), polygon.get(i + 1));
        }
        return sum;
    }

    private static List<double[]> clip(List<double[]> polygon, double[] inward) {
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < polygon.size(); i++) {
            double[] p = polygon.get(i);
            double[] q = polygon.get((i + 1) % polygon.size());
            double atP = dot(p, inward);
            double atQ = dot(q, inward);
            if (atP >= 0) kept.add(p);
            if (atP * atQ < 0) {
                double t = atP / (atP - atQ);
                kept.add(new double[] {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])});
            }
        }
        return kept;
    }

    /** Solid angle of a triangle seen from the origin (van Oosterom and Strackee 1983, doi:10.1109/TBME.1983.325207). */
    private static double triangle(double[] a, double[] b, double[] c) {
        double la = Math.sqrt(dot(a, a));
        double lb = Math.sqrt(dot(b, b));
        double lc = Math.sqrt(dot(c, c));
        double volume = Math.abs(dot(a, cross(b, c)));
        return 2 * Math.atan2(volume, la * lb * lc + dot(a, b) * lc + dot(a, c) * lb + dot(b, c) * la);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
