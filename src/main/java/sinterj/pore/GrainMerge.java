package sinterj.pore;

import sinterj.base.Progress;
import sinterj.image.LatticeMetric;
import sinterj.image.Watershed;

/**
 * Tells grains from ripples of the distance map. Two basins are one grain if the largest ball that passes between them
 * is wider than a fraction of the largest ball in the narrower of the two, or if the radii of these two balls differ by
 * less than half of the shortest voxel side, which is what the grid leaves open.
 */
final class GrainMerge {
    private static final double GRID = 0.5;

    private GrainMerge() {}

    /**
     * The grains of a phase.
     *
     * @param squared squared distances to its border, 0 outside, finite; not changed
     * @param merge from 0 (every connected part is one grain) to 1 (only what the grid leaves open is merged)
     * @return new labels, numbered by size from 1
     */
    static int[][] grains(
            float[][] squared, int width, LatticeMetric metric, double merge, int adjacency, Progress progress) {
        double grid = GRID * Math.sqrt(Math.min(metric.x(), Math.min(metric.y(), metric.z())));
        return Watershed.ofMaxima(
                squared,
                width,
                metric.whole(),
                adjacency,
                (peak, saddle) -> saddle > merge * merge * peak || Math.sqrt(peak) - Math.sqrt(saddle) < grid,
                progress);
    }
}
