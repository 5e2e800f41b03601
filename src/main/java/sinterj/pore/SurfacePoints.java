package sinterj.pore;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.SmoothedMask;
import sinterj.image.VoxelSize;

/**
 * The surface of a phase as one point for each of its voxels that has a face to the other phase: where the surface runs
 * between voxels, which way is inward, and how much area the voxel stands for. Points and normals come from the
 * smoothed mask: beneath a flat surface a voxel at depth d sees the fraction Phi(d / sigma) of the phase.
 */
final class SurfacePoints {
    /** In voxels. Measured on digital spheres and cylinders: normals within 0.6 degrees on average, */
    private static final double NORMAL_SMOOTHING = 3;

    /** and points within a tenth of a voxel, once the curvature of the surface is allowed for. */
    private static final double DEPTH_SMOOTHING = 2;

    private static final int[][] FACES = {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}};

    /** For each plane the places of its surface voxels. */
    final int[][] places;

    /** Number of the first surface voxel of each plane. */
    final int[] first;

    /** Three coordinates a point, from the centre of voxel (0, 0, 0), in the unit of the voxels. */
    final float[] position;

    /** Three components a point; length 1, into the phase. */
    final float[] inward;

    /** Area for which each point stands. */
    final float[] area;

    private final PhaseMask mask;
    private final double[] side;
    private final double meanSide;

    SurfacePoints(PhaseMask mask, VoxelSize voxel, Progress progress) {
        this.mask = mask;
        side = new double[] {voxel.x(), voxel.y(), voxel.z()};
        meanSide = Math.cbrt(side[0] * side[1] * side[2]);
        places = new int[mask.depth()][];
        Parallel.forEach(progress, mask.depth(), z -> places[z] = surfaceOf(z));
        first = new int[mask.depth() + 1];
        for (int z = 0; z < mask.depth(); z++) first[z + 1] = Math.addExact(first[z], places[z].length);
        int count = first[mask.depth()];
        if (count == 0) {
            throw new InvalidInput("The phase fills the whole image, so it has no surface. Choose the other phase, or"
                    + " 'edge=encase' to let the phase end where the image ends.");
        }
        position = new float[Math.multiplyExact(3, count)];
        inward = new float[3 * count];
        area = new float[count];
        float[][] smooth = smoothed(NORMAL_SMOOTHING, progress);
        Parallel.forEach(progress, mask.depth(), z -> orient(z, smooth));
        float[][] fine = smoothed(DEPTH_SMOOTHING, progress);
        Parallel.forEach(progress, mask.depth(), z -> locate(z, fine));
    }

    private float[][] smoothed(double voxels, Progress progress) {
        double sigma = voxels * meanSide;
        double[] inVoxels = {sigma / side[0], sigma / side[1], sigma / side[2]};
        return SmoothedMask.of(mask, inVoxels, progress);
    }

    int count() {
        return area.length;
    }

    private int[] surfaceOf(int z) {
        int[] found = new int[256];
        int n = 0;
        for (int y = 0; y < mask.height(); y++) {
            for (int x = mask.nextInside(0, y, z); x < mask.width(); x = mask.nextInside(x + 1, y, z)) {
                if (!hasFace(x, y, z)) continue;
                if (n == found.length) found = Arrays.copyOf(found, 2 * n);
                found[n++] = y * mask.width() + x;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private boolean hasFace(int x, int y, int z) {
        for (int[] face : FACES) if (isOther(x + face[0], y + face[1], z + face[2])) return true;
        return false;
    }

    private boolean isOther(int x, int y, int z) {
        boolean inside = x >= 0 && x < mask.width() && y >= 0 && y < mask.height() && z >= 0 && z < mask.depth();
        return inside && !mask.get(x, y, z);
    }

    private void orient(int z, float[][] smooth) {
        for (int k = 0; k < places[z].length; k++) {
            int x = places[z][k] % mask.width();
            int y = places[z][k] / mask.width();
            int id = first[z] + k;
            double[] normal = normal(x, y, z, smooth);
            for (int a = 0; a < 3; a++) inward[3 * id + a] = (float) normal[a];
            area[id] = (float) areaOf(x, y, z, normal);
            position[3 * id] = (float) curvature(x, y, z, normal, smooth); // until the point is located
        }
    }

    /**
     * Sum of the two principal curvatures, positive where the phase is convex, from the smoothed mask f with its second
     * derivatives H: (n H n - trace H) / |grad f|.
     */
    private double curvature(int x, int y, int z, double[] n, float[][] smooth) {
        int[] size = {mask.width(), mask.height(), mask.depth()};
        int[] at = {x, y, z};
        for (int a = 0; a < 3; a++) if (size[a] > 1 && (at[a] == 0 || at[a] == size[a] - 1)) return 0;
        double sum = 0;
        double steepness = 0;
        for (int a = 0; a < 3; a++) {
            if (size[a] == 1) continue;
            steepness += n[a] * slope(smooth, x, y, z, a, size[a]);
            for (int b = a; b < 3; b++) {
                if (size[b] == 1) continue;
                double second = second(smooth, at, a, b) / (side[a] * side[b]);
                sum += a == b ? second * (n[a] * n[a] - 1) : 2 * second * n[a] * n[b];
            }
        }
        return steepness > 0 ? sum / steepness : 0;
    }

    private double second(float[][] smooth, int[] at, int a, int b) {
        if (a == b)
            return value(smooth, at, a, 1, b, 0) - 2 * value(smooth, at, a, 0, b, 0) + value(smooth, at, a, -1, b, 0);
        return 0.25
                * (value(smooth, at, a, 1, b, 1)
                        - value(smooth, at, a, 1, b, -1)
                        - value(smooth, at, a, -1, b, 1)
                        + value(smooth, at, a, -1, b, -1));
    }

    private double value(float[][] smooth, int[] at, int a, int stepA, int b, int stepB) {
        int x = at[0] + (a == 0 ? stepA : 0) + (b == 0 ? stepB : 0);
        int y = at[1] + (a == 1 ? stepA : 0) + (b == 1 ? stepB : 0);
        int z = at[2] + (a == 2 ? stepA : 0) + (b == 2 ? stepB : 0);
        return smooth[z][y * mask.width() + x];
    }

    private void locate(int z, float[][] smooth) {
        for (int k = 0; k < places[z].length; k++) {
            int[] at = {places[z][k] % mask.width(), places[z][k] / mask.width(), z};
            int id = first[z] + k;
            double widest = 0;
            for (int a = 0; a < 3; a++) widest = Math.max(widest, side[a] * Math.abs(inward[3 * id + a]));
            double share = Math.min(1 - 1e-7, Math.max(1e-7, smooth[z][places[z][k]]));
            double depth = DEPTH_SMOOTHING * meanSide * Math.sqrt(2) * Erf.erfInv(2 * share - 1);
            double sigma = DEPTH_SMOOTHING * meanSide;
            // To first order smoothing moves a curved surface as heat flow does.
            double correction = 0.5 * sigma * sigma * position[3 * id];
            depth += Math.max(-0.5 * meanSide, Math.min(0.5 * meanSide, correction));
            // The surface runs between the centres of this voxel and its neighbour outside.
            depth = Math.max(0, Math.min(widest, depth));
            for (int a = 0; a < 3; a++) position[3 * id + a] = (float) (at[a] * side[a] - depth * inward[3 * id + a]);
        }
    }

    /** The gradient of the smoothed mask; where it vanishes, away from the faces. */
    private double[] normal(int x, int y, int z, float[][] smooth) {
        double[] g = {
            slope(smooth, x, y, z, 0, mask.width()),
            slope(smooth, x, y, z, 1, mask.height()),
            slope(smooth, x, y, z, 2, mask.depth())
        };
        double length = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
        if (length < 1e-6 / meanSide) {
            for (int[] face : FACES) {
                if (!isOther(x + face[0], y + face[1], z + face[2])) continue;
                for (int a = 0; a < 3; a++) g[a] -= face[a];
            }
            length = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            if (length == 0) return facing(x, y, z);
        }
        for (int a = 0; a < 3; a++) g[a] /= length;
        return g;
    }

    /** The direction away from the first face, for a voxel whose faces cancel each other. */
    private double[] facing(int x, int y, int z) {
        for (int[] face : FACES) {
            if (isOther(x + face[0], y + face[1], z + face[2])) return new double[] {-face[0], -face[1], -face[2]};
        }
        throw new IllegalStateException("a surface voxel without a face");
    }

    private double slope(float[][] smooth, int x, int y, int z, int axis, int n) {
        int i = axis == 0 ? x : axis == 1 ? y : z;
        int low = Math.max(0, i - 1);
        int high = Math.min(n - 1, i + 1);
        if (low == high) return 0;
        return (at(smooth, x, y, z, axis, high) - at(smooth, x, y, z, axis, low)) / ((high - low) * side[axis]);
    }

    private double at(float[][] smooth, int x, int y, int z, int axis, int i) {
        if (axis == 0) return smooth[z][y * mask.width() + i];
        return axis == 1 ? smooth[z][i * mask.width() + x] : smooth[i][y * mask.width() + x];
    }

    /** Faces seen along the normal: on average the true area of a flat surface, whatever its direction. */
    private double areaOf(int x, int y, int z, double[] normal) {
        double sum = 0;
        double volume = side[0] * side[1] * side[2];
        for (int[] face : FACES) {
            if (!isOther(x + face[0], y + face[1], z + face[2])) continue;
            int axis = face[0] != 0 ? 0 : face[1] != 0 ? 1 : 2;
            sum += volume / side[axis] * Math.abs(normal[axis]);
        }
        return sum;
    }
}
