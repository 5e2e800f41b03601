package sinterj.image;

import sinterj.base.Progress;

/**
 * Splits a phase into grains: the regions of a watershed of the exact distance to its border (SNOW: Gostick 2017,
 * doi:10.1103/PhysRevE.96.023307). Where SNOW smooths the distances and then trims markers, basins are merged here. Two basins
 * are one grain if the largest ball that passes between them is wider than a fraction of the largest ball in the
 * narrower of the two, or if the radii of these two balls differ by less than half of the shortest voxel side, which is
 * what the grid leaves open.
 */
public final class Grains {
    private static final double GRID = 0.5;

    private Grains() {}

    /**
     * The grains of a phase.
     *
     * @param squared squared distances to its border, 0 outside, finite; not changed
     * @param width voxels along x
     * @param merge from 0 (every connected part is one grain) to 1 (only what the grid leaves open is merged)
     * @param adjacency 6 or 26
     * @return new labels, numbered by size from 1
     */
    public static int[][] of(
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
