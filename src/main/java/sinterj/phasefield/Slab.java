package sinterj.phasefield;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;

/**
 * Energies of a slab of atoms between two vacua, as first-principles calculations give them, and the surface energies
 * that follow (Eqs. 8 to 13 of Yamamoto et al. 2025). All surface energies here are those of one surface.
 *
 * <p>A slab has two surfaces that are alike. One that has the atoms of so many units of the bulk stands alone, Eq. 8:
 * {@code energy = (relaxed - units bulk) / (2 area)}. Two slabs that end differently, as a cut through the bulk leaves
 * them, hold so many units together. To each of their four surfaces an equal part of what the cut takes is given, and
 * each slab then relaxes for itself:
 *
 * <p>{@code cleavage = (unrelaxed_1 + unrelaxed_2 - units bulk) / (4 area)},
 * {@code relaxation_i = (relaxed_i - unrelaxed_i) / (2 area)}, {@code energy_i = cleavage + relaxation_i}.
 *
 * <p>This {@code cleavage} is half of what Eq. 9 defines, the half that Eqs. 10 and 11 take. The review's Table 3 lists
 * such halves: 0.994 J/m2 for (001), from which relaxation leads down to 0.912 and 0.714; half of it would be below both.
 *
 * @param hkl Miller indices of the surfaces
 * @param cleavage name of the cut that it shares with another slab; empty for a slab that stands alone
 * @param area of one surface, square angstrom
 * @param free how many of the slab's two surfaces were let relax, 2 as a rule; 1 if the other was held
 * @param unrelaxed energy before atoms move, eV; NaN if it is not known, which it need not be of a slab alone
 * @param relaxed energy after they have moved, eV
 * @param bulk energy of one unit of the bulk, eV
 * @param units of the bulk with as many atoms as all slabs of this cut have together
 */
public record Slab(
        double[] hkl,
        String cleavage,
        double area,
        double free,
        double unrelaxed,
        double relaxed,
        double bulk,
        double units) {
    /** One eV per square angstrom in J/m2. */
    public static final double EV_PER_SQUARE_ANGSTROM = 16.02176634;

    /** Energies of the same bulk, and areas of the same cut, agree to this part. */
    private static final double EQUAL = 1e-6;

    public Slab {
        hkl = hkl.clone();
    }

    /**
     * What one surface of a slab costs, J/m2.
     *
     * @param cleavage an equal part of the energy that cleaving takes; NaN where no energies before relaxation are known
     * @param relaxation what the surface gains as its atoms move, below 0; NaN likewise
     * @param energy the surface energy
     */
    public record Surface(double cleavage, double relaxation, double energy) {}

    /**
     * The surfaces of all slabs, in their order.
     *
     * @throws InvalidInput if a number cannot be, or slabs of one cut do not go together; rows are counted from 1
     */
    public static List<Surface> surfaces(List<Slab> slabs) {
        List<Surface> surfaces = new ArrayList<>();
        for (int i = 0; i < slabs.size(); i++) slabs.get(i).require(i + 1);
        for (int i = 0; i < slabs.size(); i++) surfaces.add(surface(slabs, i));
        return surfaces;
    }

    private static Surface surface(List<Slab> slabs, int row) {
        Slab slab = slabs.get(row);
        List<Slab> cut = new ArrayList<>();
        for (int i = 0; i < slabs.size(); i++) {
            if (i != row && !slab.sharesCutWith(slabs.get(i))) continue;
            slab.requireLike(slabs.get(i), row + 1, i + 1);
            cut.add(slabs.get(i));
        }
        if (cut.size() > 2) {
            throw new InvalidInput("'data' has " + cut.size() + " slabs of the cleavage '" + slab.cleavage
                    + "', but a cut leaves two. Give each cut a name of its own.");
        }
        double energy = -slab.units * slab.bulk;
        boolean relaxes = true;
        for (Slab part : cut) relaxes &= !Double.isNaN(part.unrelaxed);
        if (!relaxes && (cut.size() > 1 || slab.free == 1)) {
            throw new InvalidInput("'data' lacks the energy 'unrelaxed' for the slab in row " + (row + 1)
                    + ". Slabs that share a cut need it, and those of which one side was held.");
        }
        for (Slab part : cut) energy += relaxes ? part.unrelaxed : part.relaxed;
        double cleavage = energy / (2 * cut.size() * slab.area) * EV_PER_SQUARE_ANGSTROM;
        double gain = (slab.relaxed - slab.unrelaxed) / (slab.free * slab.area) * EV_PER_SQUARE_ANGSTROM;
        Surface surface =
                relaxes ? new Surface(cleavage, gain, cleavage + gain) : new Surface(Double.NaN, Double.NaN, cleavage);
        if (surface.energy > 0) return surface;
        throw new InvalidInput("The slab in row " + (row + 1) + " has a surface energy of " + surface.energy
                + " J/m2. Check 'bulk', the energy of one unit, and 'units', how many all slabs of a cut hold"
                + " together; energies in eV, areas in square angstrom.");
    }

    private boolean sharesCutWith(Slab other) {
        return !cleavage.isEmpty() && cleavage.equals(other.cleavage);
    }

    private void require(int row) {
        requireAboveZero(area, "area", row);
        requireAboveZero(units, "units", row);
        if (free != 1 && free != 2) {
            throw new InvalidInput(
                    "'free_surfaces' is " + free + " in row " + row + " of 'data'. Give 2, or 1 if one side was held.");
        }
        if (!Double.isFinite(relaxed) || !Double.isFinite(bulk) || Double.isInfinite(unrelaxed)) {
            throw new InvalidInput(
                    "Row " + row + " of 'data' has an energy that is no number. Give 'relaxed' and" + " 'bulk' in eV.");
        }
        if (relaxed > unrelaxed) {
            throw new InvalidInput(
                    "In row " + row + " of 'data' 'relaxed' is " + relaxed + " eV, above 'unrelaxed' with " + unrelaxed
                            + " eV. Atoms that move lower the energy: exchange them, or calculate further.");
        }
    }

    private static void requireAboveZero(double value, String name, int row) {
        if (value > 0 && !Double.isInfinite(value)) return;
        throw new InvalidInput(
                "'" + name + "' is " + value + " in row " + row + " of 'data'. Give a number greater than 0.");
    }

    private void requireLike(Slab other, int row, int otherRow) {
        for (int i = 0; i < 3; i++) if (hkl[i] != other.hkl[i]) throw unlike("h, k and l", row, otherRow);
        if (!close(area, other.area)) throw unlike("'area'", row, otherRow);
        if (!close(bulk, other.bulk)) throw unlike("'bulk'", row, otherRow);
        if (units != other.units) throw unlike("'units'", row, otherRow);
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= EQUAL * Math.abs(a);
    }

    private InvalidInput unlike(String what, int row, int otherRow) {
        return new InvalidInput("Rows " + row + " and " + otherRow + " of 'data' share the cleavage '" + cleavage
                + "' but not " + what + ". Give both the same: 'units' counts what the two slabs hold together.");
    }
}
