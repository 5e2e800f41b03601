package sinterj.image;

import java.util.Arrays;
import sinterj.base.Progress;

/**
 * Splits a phase along the valleys of a map, such as the distance to the phase's border: each voxel goes to the maximum,
 * or to the marker, from which the flood that falls from the heights reaches it first (Vincent and Soille 1991,
 * doi:10.1109/34.87344, with the map upside down). Where two floods meet on a level stretch, such as the axis of a rod,
 * they meet half-way. There is no line of voxels between the regions.
 *
 * <p>Basins of maxima are merged as they first meet, which is at the highest saddle between them, if a rule says so;
 * so ripples of the map make no regions of their own. Cost: O(voxels) time; 8 bytes a voxel and 8 more for each voxel
 * of the phase. One thread: the result depends on nothing but the map.
 */
public final class Watershed {
    private static final int CHECK = (1 << 16) - 1;

    private final int width;
    private final int height;
    private final float[][] heights;
    private final FallingOrder order;
    private final int[][] labels;
    private final int[][] steps;
    private final Basins basins;
    private final MergeRule rule;
    private int[] queue = new int[1 << 12];
    private int queued;
    private int done;

    /** Says whether two basins are one. */
    public interface MergeRule {
        /**
         * Looks at two basins that meet.
         *
         * @param peak height of the lower of their two maxima
         * @param saddle height at which they meet
         */
        boolean merges(float peak, float saddle);
    }

    private Watershed(
            float[][] heights,
            int width,
            boolean whole,
            int adjacency,
            int[][] labels,
            MergeRule rule,
            Progress progress) {
        this.width = width;
        height = heights[0].length / width;
        this.heights = heights;
        this.labels = labels;
        this.rule = rule;
        basins = rule == null ? null : new Basins();
        steps = steps(adjacency);
        order = new FallingOrder(heights, whole, progress);
    }

    /** Neighbours that share a face stand first. */
    private static int[][] steps(int adjacency) {
        int[][] steps = new int[26][];
        int n = 0;
        for (int far = 1; far <= 3; far++) {
            for (int k = 0; k < 27; k++) {
                int[] step = {k % 3 - 1, k / 3 % 3 - 1, k / 9 - 1};
                if (Math.abs(step[0]) + Math.abs(step[1]) + Math.abs(step[2]) == far) steps[n++] = step;
            }
        }
        return Arrays.copyOf(steps, adjacency);
    }

    /**
     * A region for each maximum that is not merged with a higher one, numbered from 1 by size; of equally large ones
     * the first in the order of z, y, x has the smaller number.
     *
     * @param heights one array for each plane, 0 outside the phase, finite; not changed
     * @param width voxels along x
     * @param whole whether all heights are whole numbers
     * @param adjacency 6 or 26
     * @param rule tells which basins are one
     * @return new labels, 0 outside
     */
    public static int[][] ofMaxima(
            float[][] heights, int width, boolean whole, int adjacency, MergeRule rule, Progress progress) {
        int[][] labels = new int[heights.length][heights[0].length];
        Watershed shed = new Watershed(heights, width, whole, adjacency, labels, rule, progress);
        shed.flood(progress);
        shed.number();
        return labels;
    }

    /**
     * Grows markers over the part of a phase that they are connected to.
     *
     * @param heights one array for each plane, 0 outside the phase, finite; not changed
     * @param width voxels along x
     * @param whole whether all heights are whole numbers
     * @param adjacency 6 or 26
     * @param markers numbers above 0 where a region starts, 0 elsewhere; overwritten with the regions
     */
    public static void fromMarkers(
            float[][] heights, int width, boolean whole, int adjacency, int[][] markers, Progress progress) {
        new Watershed(heights, width, whole, adjacency, markers, null, progress).flood(progress);
    }

    private void flood(Progress progress) {
        for (int level = 0; level < order.levels(); level++) {
            int from = order.start(level);
            int to = order.start(level + 1);
            if (from == to) continue;
            progress.report((double) from / order.count(), "Flooding");
            int floor = order.levelOf(order.voxel(from) / heights[0].length, order.voxel(from) % heights[0].length);
            spreadInto(from, to, floor, progress);
            if (basins != null) openBasins(from, to, floor, progress);
        }
        progress.report(1, "Flooding");
    }

    /** The regions reached so far take the voxels of a level, all at the same pace. */
    private void spreadInto(int from, int to, int floor, Progress progress) {
        queued = 0;
        for (int k = from; k < to; k++) {
            if ((++done & CHECK) == 0) progress.check();
            int voxel = order.voxel(k);
            int label = steepest(voxel);
            // Marked below 0 until all of the front is found: nobody is to gain from the order of voxels.
            if (label > 0) push(voxel, -label);
            else if (label < 0 && basins == null) push(voxel, label);
        }
        for (int k = 0; k < queued; k++) {
            int[] plane = labels[queue[k] / heights[0].length];
            plane[queue[k] % heights[0].length] *= -1;
        }
        spread(floor, progress);
    }

    /** The label of the highest neighbour that has one; of a marker, its own with a minus; 0 if there is none. */
    private int steepest(int voxel) {
        int pixels = heights[0].length;
        int z = voxel / pixels;
        int i = voxel % pixels;
        if (labels[z][i] > 0) return basins == null ? -labels[z][i] : 0;
        int atX = i % width;
        int atY = i / width;
        float best = 0;
        int label = 0;
        for (int[] step : steps) {
            int x = atX + step[0];
            int y = atY + step[1];
            if (isOutside(x, y, z + step[2])) continue;
            int j = y * width + x;
            if (labels[z + step[2]][j] > 0 && heights[z + step[2]][j] > best) {
                best = heights[z + step[2]][j];
                label = labels[z + step[2]][j];
            }
        }
        return label;
    }

    private boolean isOutside(int x, int y, int z) {
        return x < 0 || x >= width || y < 0 || y >= height || z < 0 || z >= heights.length;
    }

    private void push(int voxel, int label) {
        if (queued == queue.length) queue = Arrays.copyOf(queue, 2 * queued);
        queue[queued++] = voxel;
        labels[voxel / heights[0].length][voxel % heights[0].length] = label;
    }

    private void spread(int floor, Progress progress) {
        int pixels = heights[0].length;
        for (int k = 0; k < queued; k++) {
            if ((++done & CHECK) == 0) progress.check();
            int z = queue[k] / pixels;
            int i = queue[k] % pixels;
            int atX = i % width;
            int atY = i / width;
            int label = labels[z][i];
            for (int[] step : steps) {
                int x = atX + step[0];
                int y = atY + step[1];
                int otherZ = z + step[2];
                if (isOutside(x, y, otherZ)) continue;
                int j = y * width + x;
                int other = labels[otherZ][j];
                if (other == 0) {
                    float h = heights[otherZ][j];
                    if (h > 0 && order.levelOf(otherZ, j) >= floor) push(otherZ * pixels + j, label);
                } else if (basins != null && other != label) {
                    basins.meet(label, other, Math.min(heights[z][i], heights[otherZ][j]), rule);
                }
            }
        }
    }

    /** What no region has reached by now is a maximum. */
    private void openBasins(int from, int to, int floor, Progress progress) {
        for (int k = from; k < to; k++) {
            int voxel = order.voxel(k);
            int z = voxel / heights[0].length;
            int i = voxel % heights[0].length;
            if (labels[z][i] != 0) continue;
            queued = 0;
            push(voxel, basins.open(heights[z][i]));
            spread(floor, progress);
        }
    }

    /** Numbers by size in place of basins. */
    private void number() {
        int[] roots = new int[basins.count() + 1];
        for (int b = 1; b < roots.length; b++) roots[b] = basins.root(b);
        SizeOrder.number(labels, roots);
    }
}
