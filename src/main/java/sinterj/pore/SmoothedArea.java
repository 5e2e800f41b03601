package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.PhaseMask;
import sinterj.image.SmoothedMask;
import sinterj.image.VoxelSize;

/**
 * Area of the surface where the smoothed mask is one half, cut from each cell of eight voxels by its six tetrahedra
 * (marching tetrahedra, which need no tables and leave no ambiguous case). Smoothing takes away the steps of the voxels,
 * which make the surface of a binary mask 8 to 9 % too large, and draws curved surfaces in: at radius R by about
 * sigma^2/R.
 */
final class SmoothedArea {
    /** In longest voxel sides: enough to round off the steps, and less than 2 % of the area of a ball of radius 10. */
    private static final double SMOOTHING = 0.8;

    /** The six tetrahedra around the diagonal from corner 0 to corner 7 (corner = x + 2 y + 4 z). */
    private static final int[][] TETRAHEDRA = {
        {0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7}, {0, 6, 4, 7}, {0, 4, 5, 7}, {0, 5, 1, 7}
    };

    private final PhaseMask mask;
    private final double[] side;
    private final float[][] smooth;

    private SmoothedArea(PhaseMask mask, VoxelSize voxel, Progress progress) {
        this.mask = mask;
        side = new double[] {voxel.x(), voxel.y(), voxel.z()};
        double sigma = SMOOTHING * Math.max(side[0], Math.max(side[1], side[2]));
        smooth = SmoothedMask.of(mask, new double[] {sigma / side[0], sigma / side[1], sigma / side[2]}, progress);
    }

    /** The area in squares of the voxels' unit; 0 for a single slice. */
    static double of(PhaseMask mask, VoxelSize voxel, Progress progress) {
        SmoothedArea surface = new SmoothedArea(mask, voxel, progress);
        int layers = mask.depth() - 1;
        double[] byLayer = new double[layers];
        Parallel.forEach(progress, layers, z -> byLayer[z] = surface.layer(z));
        double sum = 0;
        for (double area : byLayer) sum += area;
        return sum;
    }

    private double layer(int z) {
        double sum = 0;
        double[] values = new double[8];
        for (int y = 0; y + 1 < mask.height(); y++) {
            for (int x = 0; x + 1 < mask.width(); x++) {
                int inside = 0;
                for (int c = 0; c < 8; c++) {
                    values[c] = smooth[z + (c >> 2)][(y + (c >> 1 & 1)) * mask.width() + x + (c & 1)] - 0.5;
                    if (values[c] > 0) inside++;
                }
                if (inside == 0 || inside == 8) continue;
                for (int[] tetrahedron : TETRAHEDRA) sum += section(tetrahedron, values);
            }
        }
        return sum;
    }

    private double section(int[] corners, double[] values) {
        int[] high = new int[4];
        int[] low = new int[4];
        int highs = 0;
        int lows = 0;
        for (int c : corners) {
            if (values[c] > 0) high[highs++] = c;
            else low[lows++] = c;
        }
        if (highs == 0 || lows == 0) return 0;
        if (highs == 2) {
            double[] a = cut(high[0], low[0], values);
            double[] b = cut(high[0], low[1], values);
            double[] c = cut(high[1], low[1], values);
            double[] d = cut(high[1], low[0], values);
            return triangle(a, b, c) + triangle(a, c, d);
        }
        int single = highs == 1 ? high[0] : low[0];
        int[] others = highs == 1 ? low : high;
        return triangle(cut(single, others[0], values), cut(single, others[1], values), cut(single, others[2], values));
    }

    private double[] cut(int from, int to, double[] values) {
        double t = values[from] / (values[from] - values[to]);
        double[] p = new double[3];
        for (int a = 0; a < 3; a++) {
            int start = from >> a & 1;
            p[a] = side[a] * (start + t * ((to >> a & 1) - start));
        }
        return p;
    }

    private static double triangle(double[] a, double[] b, double[] c) {
        double ux = b[0] - a[0];
        double uy = b[1] - a[1];
        double uz = b[2] - a[2];
        double vx = c[0] - a[0];
        double vy = c[1] - a[1];
        double vz = c[2] - a[2];
        double x = uy * vz - uz * vy;
        double y = uz * vx - ux * vz;
        double z = ux * vy - uy * vx;
        return 0.5 * Math.sqrt(x * x + y * y + z * z);
    }
}
