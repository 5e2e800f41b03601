package sinterj.pore;

import sinterj.image.EdgeRule;
import sinterj.image.LatticeMetric;

/**
 * Squared distances to the nearest voxel outside the phase, and how they were measured.
 *
 * @param planes one array for each z; 0 outside the phase
 * @param width voxels along x
 * @param height voxels along y
 * @param metric lengths on the grid
 * @param edge what lies beyond the image
 */
record DistancePlanes(float[][] planes, int width, int height, LatticeMetric metric, EdgeRule edge) {
    int depth() {
        return planes.length;
    }

    int pixelsPerPlane() {
        return width * height;
    }

    /** Whether the image goes on at its other end along an axis of this length. */
    boolean wraps(int length) {
        return edge == EdgeRule.PERIODIC && length > 1;
    }

    float largest() {
        float largest = 0;
        for (float[] plane : planes) for (float value : plane) if (value > largest) largest = value;
        return largest;
    }
}
