package sinterj.image;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/** A mask convolved with a Gaussian: the fraction of the phase around each voxel. Mirrored at the image's borders. */
public final class SmoothedMask {
    private SmoothedMask() {}

    /**
     * Smooths a mask.
     *
     * @param mask not changed
     * @param sigma in voxels, along x, y and z
     * @return new planes, from 0 to 1. Cost: O(voxels times sigma), one float a voxel
     */
    public static float[][] of(PhaseMask mask, double[] sigma, Progress progress) {
        int width = mask.width();
        int height = mask.height();
        int depth = mask.depth();
        float[][] planes = new float[depth][];
        Parallel.forEach(progress, depth, z -> {
            float[] plane = new float[width * height];
            for (int y = 0; y < height; y++) {
                for (int x = mask.nextInside(0, y, z); x < width; x = mask.nextInside(x + 1, y, z)) {
                    plane[y * width + x] = 1;
                }
            }
            planes[z] = plane;
        });
        GaussianBlur.blur(planes, width, sigma, progress);
        return planes;
    }
}
