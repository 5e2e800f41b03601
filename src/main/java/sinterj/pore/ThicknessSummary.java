package sinterj.pore;

/**
 * A distribution of thickness in a few numbers, in the unit of the map.
 *
 * @param n number of voxels
 * @param mean mean
 * @param sd standard deviation of these voxels (divided by their number)
 * @param min smallest
 * @param p10 tenth percentile
 * @param p50 median
 * @param p90 ninetieth percentile
 * @param max largest
 * @param mode most frequent
 */
public record ThicknessSummary(
        long n, double mean, double sd, double min, double p10, double p50, double p90, double max, double mode) {
    /** The numbers of a distribution of voxels. */
    public static ThicknessSummary of(Distribution d) {
        return new ThicknessSummary(
                d.n(), d.mean(), d.sd(), d.min(), d.quantile(0.1), d.quantile(0.5), d.quantile(0.9), d.max(), d.mode());
    }
}
