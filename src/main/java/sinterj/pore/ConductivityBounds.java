package sinterj.pore;

/**
 * Between which values the conductivity of any mixture of the same fractions lies. Wiener's bounds hold for every
 * arrangement: layers across and along the current. Those of Hashin and Shtrikman 1962, doi:10.1063/1.1728579, hold for
 * arrangements without a preferred direction.
 *
 * @param wienerLower layers one behind the other
 * @param hashinShtrikmanLower poor conductors around good ones
 * @param hashinShtrikmanUpper good conductors around poor ones
 * @param wienerUpper layers side by side: the mean conductivity
 */
public record ConductivityBounds(
        double wienerLower, double hashinShtrikmanLower, double hashinShtrikmanUpper, double wienerUpper) {
    /**
     * The bounds of a mixture.
     *
     * @param fractions of the volume, adding up to 1
     * @param conductivities of the materials
     * @param dimensions 3, or 2 for one slice
     */
    public static ConductivityBounds of(double[] fractions, double[] conductivities, int dimensions) {
        double mean = 0;
        double resistance = 0;
        double poorest = Double.POSITIVE_INFINITY;
        double best = 0;
        for (int i = 0; i < fractions.length; i++) {
            if (fractions[i] == 0) continue;
            mean += fractions[i] * conductivities[i];
            resistance += fractions[i] / conductivities[i];
            poorest = Math.min(poorest, conductivities[i]);
            best = Math.max(best, conductivities[i]);
        }
        return new ConductivityBounds(
                1 / resistance,
                within(fractions, conductivities, (dimensions - 1) * poorest),
                within(fractions, conductivities, (dimensions - 1) * best),
                mean);
    }

    /** Conductivity of spheres of the materials in one of which a multiple is given. */
    private static double within(double[] fractions, double[] conductivities, double matrix) {
        double sum = 0;
        for (int i = 0; i < fractions.length; i++) {
            if (fractions[i] > 0) sum += fractions[i] / (conductivities[i] + matrix);
        }
        return sum == Double.POSITIVE_INFINITY ? 0 : 1 / sum - matrix;
    }

    /** The bounds of a mixture of the materials in a volume. */
    public static ConductivityBounds of(double[] fractions, Conductivities k, int dimensions) {
        double[] conductivities = new double[fractions.length];
        for (int m = 0; m < conductivities.length; m++) conductivities[m] = k.conductivity(m);
        return of(fractions, conductivities, dimensions);
    }
}
