package sinterj.image;

import sinterj.base.InvalidInput;
import sinterj.base.Progress;

/**
 * The voxels of a map with values above 0, from the highest to the lowest, in levels: voxels of one level stand in the
 * order of z, y, x. Whole values up to 4 194 303 are told apart exactly; others fall into that many levels of equal
 * height. A counting sort: O(voxels), 4 bytes for each voxel above 0.
 */
final class FallingOrder {
    private static final int LEVELS = 1 << 22;
    private static final int MOST = Integer.MAX_VALUE - 16;

    private final float[][] heights;
    private final float perLevel;
    private final int[] starts;
    private final int[] voxels;

    /**
     * @param heights one array for each plane, finite, not below 0; not changed
     * @param whole whether they are whole numbers
     */
    FallingOrder(float[][] heights, boolean whole, Progress progress) {
        this.heights = heights;
        float highest = 0;
        for (float[] plane : heights) for (float h : plane) highest = Math.max(highest, h);
        if (highest == Float.POSITIVE_INFINITY) throw new IllegalArgumentException("an infinite height");
        perLevel = whole && highest < LEVELS ? 1 : highest == 0 ? 1 : highest / (LEVELS - 1);
        long all = (long) heights.length * heights[0].length;
        if (all > MOST) {
            throw new InvalidInput("The image has " + all + " voxels, but no more than " + MOST
                    + " can be split into grains at once. Crop it or bin it by 2.");
        }
        int levels = level(highest);
        int[] ends = new int[levels + 2];
        for (float[] plane : heights) {
            progress.check();
            for (float h : plane) if (h > 0) ends[levels - level(h) + 1]++;
        }
        for (int k = 1; k < ends.length; k++) ends[k] += ends[k - 1];
        starts = ends.clone();
        voxels = new int[ends[levels + 1]];
        int i = 0;
        for (float[] plane : heights) {
            progress.check();
            for (float h : plane) {
                if (h > 0) voxels[ends[levels - level(h)]++] = i;
                i++;
            }
        }
    }

    private int level(float height) {
        return (int) (height / perLevel);
    }

    /** The level of a voxel's height, higher for higher ones. */
    int levelOf(int z, int i) {
        return level(heights[z][i]);
    }

    /** Number of levels, empty ones included. */
    int levels() {
        return starts.length - 1;
    }

    /** First place of a level, counted from the highest as 0; that of the level behind the last ends the list. */
    int start(int level) {
        return starts[level];
    }

    /** The voxel at a place, numbered in the order of z, y, x. */
    int voxel(int place) {
        return voxels[place];
    }

    /** Number of voxels above 0. */
    int count() {
        return voxels.length;
    }
}
