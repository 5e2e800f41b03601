package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.LatticeMetric;

/**
 * How large the ball around a neighbouring voxel must be to cover all the voxels of a ball; such a ball need not be
 * painted. Tables over the squared radius, one for each kind of neighbour, found by looking at all lattice points of
 * one octant (Remy and Thiel 2005, doi:10.1016/j.imavis.2004.06.007, for unequal sides too). Where weights are not
 * whole, or radii are so large that a table would be, radii are rounded to the next larger bin, so that a ball may be
 * kept in vain but never dropped wrongly. Cost: O(largest radius^3).
 */
final class Containment {
    /** Entries for a radius: one for each neighbour as a number of three bits z, y, x; entry 0 is not used. */
    static final int KINDS = 8;

    private static final int MOST_BINS = 1 << 20;

    private final float[] thresholds;
    private final double binsPerUnit;

    /**
     * @param metric lengths on the grid
     * @param ball whether surfaces belong to balls
     * @param largest the largest squared radius
     */
    Containment(LatticeMetric metric, Ball ball, double largest, Progress progress) {
        boolean coarse = !metric.whole() || largest > MOST_BINS;
        binsPerUnit = coarse ? MOST_BINS / largest : 1;
        int bins = (int) Math.ceil(largest * binsPerUnit) + 1;
        thresholds = new float[bins * KINDS];
        Parallel.forEach(progress, KINDS - 1, k -> fill(k + 1, bins, metric, ball, progress));
    }

    /** The needed squared radii for a ball, from this index on, in the order of {@link #KINDS}. */
    int index(float squaredRadius) {
        return (int) Math.ceil(squaredRadius * binsPerUnit) * KINDS;
    }

    /** See {@link #index}. */
    float[] thresholds() {
        return thresholds;
    }

    private void fill(int kind, int bins, LatticeMetric metric, Ball ball, Progress progress) {
        int ox = kind & 1;
        int oy = kind >> 1 & 1;
        int oz = kind >> 2;
        double most = (bins - 1) / binsPerUnit * (1 + 2 * metric.tie());
        for (int z = 0; metric.squared(0, 0, z) <= most; z++) {
            progress.check();
            for (int y = 0; metric.squared(0, y, z) <= most; y++) {
                for (int x = 0; metric.squared(x, y, z) <= most; x++) {
                    int bin = smallestBin(metric.squared(x, y, z), metric, ball);
                    if (bin >= bins) break;
                    float reach = (float) metric.squared(x + ox, y + oy, z + oz);
                    int i = bin * KINDS + kind;
                    if (thresholds[i] < reach) thresholds[i] = reach;
                }
            }
        }
        float farthest = 0;
        for (int i = kind; i < thresholds.length; i += KINDS) {
            farthest = Math.max(farthest, thresholds[i]);
            thresholds[i] = needed(farthest, metric, ball);
        }
    }

    /** The first bin whose balls may cover a lattice point at this squared distance. */
    private int smallestBin(double squared, LatticeMetric metric, Ball ball) {
        if (!metric.whole()) return (int) Math.ceil(squared * (1 - 2 * metric.tie()) * binsPerUnit);
        double bin = squared * binsPerUnit;
        return ball == Ball.OPEN ? (int) Math.floor(bin) + 1 : (int) Math.ceil(bin);
    }

    private static float needed(float farthest, LatticeMetric metric, Ball ball) {
        if (!metric.whole()) return Math.nextUp((float) (farthest * (1 + 3 * metric.tie())));
        // Whole numbers: more than the farthest is at least the next float.
        return ball == Ball.OPEN ? Math.nextUp(farthest) : farthest;
    }
}
