package sinterj.assimilate;

/**
 * How reliable a voxel of the observation is, from how the first frame differs from the start of the simulation, where
 * the parameters do not matter yet. Voxels near the surface are looked at, as far as they count: elsewhere the model
 * never moves.
 *
 * @param variance of the difference of one voxel near the surface
 * @param together how many voxels err as one: the volume over which differences are correlated, in voxels
 * @param dispersion squared difference over what masks that show solid by chance would have on average
 */
public record ErrorModel(double variance, double together, double dispersion) {
    /** Distances over which correlations are added up, in voxels. */
    private static final int REACH = 4;

    /** Added to the variance of a voxel, so that none counts without bounds, however sure it is said to be. */
    private static final double MISTRUST = 0.05;

    /** Of a frame without any error, a rounding to voxels would be left. */
    private static final double LEAST_VARIANCE = 1e-3;

    /**
     * Estimates them.
     *
     * @param density the start on the observation's grid
     * @param view what a mask shows of a density
     */
    static ErrorModel of(Observation seen, float[][] density, SharpView view) {
        Band band = Band.around(seen, density);
        float[][] difference = new float[seen.depth()][];
        double squares = 0;
        double relative = 0;
        double count = 0;
        for (int z = 0; z < seen.depth(); z++) {
            difference[z] = new float[density[z].length];
            for (int i = 0; i < density[z].length; i++) {
                if (!band.holds(z, i)) continue;
                float chance = view.of(density[z][i]);
                float d = (float) (chance - seen.part(0, z, i));
                difference[z][i] = d;
                squares += seen.weight(z, i) * d * d;
                relative += seen.weight(z, i) * d * d / binomial(chance);
                count += seen.weight(z, i);
            }
        }
        double variance = Math.max(LEAST_VARIANCE, count > 0 ? squares / count : 0);
        double together = 1;
        for (int axis = 0; axis < 3; axis++) together *= length(seen, band, difference, axis, variance);
        double dispersion = Math.max(LEAST_VARIANCE, count > 0 ? relative / count : 0);
        return new ErrorModel(variance, together, dispersion);
    }

    /** Variance of a mask that shows solid by chance. */
    private static double binomial(double chance) {
        return chance * (1 - chance) + MISTRUST;
    }

    /** Sum of the correlations along an axis until the first that is not positive. */
    private static double length(Observation seen, Band band, float[][] difference, int axis, double variance) {
        double length = 1;
        for (int lag = 1; lag <= REACH; lag++) {
            int[] size = {seen.width(), seen.height(), seen.depth()};
            int[] d = {axis == 0 ? lag : 0, axis == 1 ? lag : 0, axis == 2 ? lag : 0};
            double sum = 0;
            double pairs = 0;
            for (int z = 0; z + d[2] < size[2]; z++) {
                for (int y = 0; y + d[1] < size[1]; y++) {
                    for (int x = 0; x + d[0] < size[0]; x++) {
                        int i = y * size[0] + x;
                        int j = (y + d[1]) * size[0] + x + d[0];
                        if (!band.holds(z, i) || !band.holds(z + d[2], j)) continue;
                        double weight = seen.weight(z, i) * seen.weight(z + d[2], j);
                        sum += weight * difference[z][i] * difference[z + d[2]][j];
                        pairs += weight;
                    }
                }
            }
            double correlation = pairs == 0 ? 0 : sum / pairs / variance;
            if (correlation <= 0) break;
            length += 2 * correlation;
        }
        return length;
    }

    /** What the sum of squares of the differences is divided by to give twice a cost. */
    double scale() {
        return variance * together;
    }

    /** The same for a voxel that is solid with this chance. */
    double scaleOf(double chance) {
        return dispersion * binomial(chance) * together;
    }
}
