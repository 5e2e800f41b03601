package sinterj.phasefield;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import sinterj.base.InvalidInput;

/**
 * That grains are crystals: their surface energy depends on direction (Eqs. 6 and 7 of Yamamoto et al. 2025), and that of
 * a boundary on the disorientation (Read and Shockley 1950).
 *
 * @param energy surface energy by direction in the crystal
 * @param symmetry of the crystal
 * @param highDegrees disorientation from which a boundary has the energy of the material; 15 is usual
 * @param orientations by the grain's label; one for each grain
 */
public record Crystals(
        SurfaceEnergy energy, Symmetry symmetry, double highDegrees, Map<Integer, Orientation> orientations) {
    /** Disorientation from which boundaries have the energy of the material, in degrees. */
    public static final double HIGH_DEGREES = 15;

    /** Part of the energy of a high-angle boundary that every boundary has, so that it keeps a width. */
    static final double LEAST_BOUNDARY = 0.05;

    public Crystals {
        orientations = Map.copyOf(orientations);
        if (!(highDegrees > 0 && highDegrees <= 90)) {
            throw new InvalidInput("The least angle of high-angle boundaries is " + highDegrees
                    + " degrees. Give more than 0 and at most 90.");
        }
    }

    /** Tetragonal crystals that lie at random. */
    public static Crystals random(SurfaceEnergy energy, List<SinterState.Grain> grains, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, Orientation> all = new LinkedHashMap<>();
        for (SinterState.Grain grain : grains) all.put(grain.id(), Orientation.random(random));
        return new Crystals(energy, Symmetry.TETRAGONAL, HIGH_DEGREES, all);
    }

    /**
     * Looks whether a state can be simulated with these crystals.
     *
     * @throws InvalidInput if a grain has no orientation, or an energy cannot be
     */
    void require(SinterState state, Material material, ConvexEnergy convex) {
        for (SinterState.Grain grain : state.grains()) {
            if (orientations.containsKey(grain.id())) continue;
            throw new InvalidInput("Grain " + grain.id() + " has no orientation. Give a row for each grain.");
        }
        if (material.gammaBoundary() >= 12.0 / 7 * convex.least) {
            throw new InvalidInput("'gamma_gb' is " + material.gammaBoundary() + " J/m2, but the model needs less than"
                    + " 12/7 of the least surface energy, here " + 12.0 / 7 * convex.least
                    + " J/m2. Check the energies.");
        }
    }

    /** Energy of the boundary between two grains over that of a high-angle boundary. */
    double boundary(int one, int two) {
        double degrees = symmetry.disorientationDegrees(orientations.get(one), orientations.get(two));
        return Math.max(LEAST_BOUNDARY, Symmetry.readShockley(degrees, highDegrees));
    }

    /** What tells these crystals from others. */
    public String fingerprint() {
        long hash = 17;
        for (Map.Entry<Integer, Orientation> entry : new TreeMap<>(orientations).entrySet()) {
            hash = 31 * hash + entry.getKey();
            for (double number : entry.getValue().g()) hash = 31 * hash + Double.doubleToLongBits(number);
        }
        return energy + " " + symmetry + " " + highDegrees + " " + Long.toHexString(hash);
    }
}
