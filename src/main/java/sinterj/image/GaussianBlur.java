package sinterj.image;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/** Convolves a volume with a Gaussian, mirrored at the image's borders. */
public final class GaussianBlur {
    private static final double REACH = 3.5; // in sigmas; beyond lies less than a two-thousandth
    private static final double NOTHING = 0.1;

    private GaussianBlur() {}

    /**
     * Smooths a volume in place. Cost: O(voxels times sigma), some rows of memory for each thread.
     *
     * @param planes one array for each z; overwritten
     * @param width voxels along x
     * @param sigma in voxels, along x, y and z; 0 leaves an axis as it is
     */
    public static void blur(float[][] planes, int width, double[] sigma, Progress progress) {
        int height = planes[0].length / width;
        float[] kernelX = kernel(sigma[0], width);
        float[] kernelY = kernel(sigma[1], height);
        float[] kernelZ = kernel(sigma[2], planes.length);
        Parallel.forEach(progress, planes.length, z -> {
            float[] plane = planes[z];
            float[] along = new float[width];
            for (int y = 0; y < height; y++) {
                System.arraycopy(plane, y * width, along, 0, width);
                for (int x = 0; x < width; x++) plane[y * width + x] = at(along, x, kernelX);
            }
            planes[z] = acrossRows(plane, width, height, kernelY);
        });
        Parallel.forEach(progress, height, y -> alongZ(planes, y * width, width, kernelZ));
    }

    /**
     * The middle of the kernel and one side of it; a Gaussian narrower than a tenth of a voxel changes nothing, and one
     * wider than the line of n voxels, which goes on mirrored, averages over some of its lengths.
     */
    private static float[] kernel(double sigma, int n) {
        if (sigma < NOTHING) return new float[] {1};
        int half = (int) Math.ceil(Math.min(REACH * sigma, REACH * (double) n));
        double[] weights = weights(sigma, half);
        float[] kernel = new float[half + 1];
        for (int i = 0; i <= half; i++) kernel[i] = (float) weights[i];
        return kernel;
    }

    /** Weights of a Gaussian from the middle outwards to {@code reach}; their sum, both sides, is 1. */
    public static double[] weights(double sigma, int reach) {
        double[] w = new double[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            w[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? w[i] : 2 * w[i];
        }
        for (int i = 0; i <= reach; i++) w[i] /= sum;
        return w;
    }

    private static float at(float[] line, int i, float[] kernel) {
        float sum = kernel[0] * line[i];
        for (int k = 1; k < kernel.length; k++) {
            sum += kernel[k]
                    * (line[Mirror.repeatingEnds(i - k, line.length)] + line[Mirror.repeatingEnds(i + k, line.length)]);
        }
        return sum;
    }

    private static float[] acrossRows(float[] plane, int width, int height, float[] kernel) {
        float[] out = new float[plane.length];
        for (int y = 0; y < height; y++) {
            for (int k = 1 - kernel.length; k < kernel.length; k++) {
                addRow(plane, Mirror.repeatingEnds(y + k, height) * width, out, y * width, width, kernel[Math.abs(k)]);
            }
        }
        return out;
    }

    private static void alongZ(float[][] planes, int row, int width, float[] kernel) {
        float[][] sums = new float[planes.length][width];
        for (int z = 0; z < planes.length; z++) {
            for (int k = 1 - kernel.length; k < kernel.length; k++) {
                addRow(planes[Mirror.repeatingEnds(z + k, planes.length)], row, sums[z], 0, width, kernel[Math.abs(k)]);
            }
        }
        for (int z = 0; z < planes.length; z++) System.arraycopy(sums[z], 0, planes[z], row, width);
    }

    private static void addRow(float[] from, int at, float[] to, int start, int n, float factor) {
        for (int x = 0; x < n; x++) to[start + x] += factor * from[at + x];
    }
}
