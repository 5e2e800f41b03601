package sinterj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.op.Call;
import sinterj.op.Inputs;
import sinterj.op.Outputs;
import sinterj.op.Runner;

class FitSurfaceEnergyTest {
    private static Outputs run(Inputs in) {
        FitSurfaceEnergy command = new FitSurfaceEnergy();
        return Runner.run(command, in, Call.of(command, Map.of()).settings(), Progress.SILENT);
    }

    @Test
    void tableThreeOfTheReviewGivesItsNumbers() {
        Outputs made = run(Inputs.none());
        Table fit = made.table("fit");
        assertEquals(0.90476, fit.number(0, "k0"), 5e-6);
        assertEquals(0.35776, fit.number(0, "k1"), 5e-6);
        assertEquals(0.40424, fit.number(0, "k2"), 5e-6);
        assertEquals(0.04000, fit.number(0, "k3"), 5e-6);
        assertEquals(0, fit.number(0, "rms_residual"), 1e-12);
        assertEquals(0.547, fit.number(0, "min"), 1e-3);
        assertEquals(68.5, fit.number(0, "missing_from"), 0.1);
        assertEquals(90, fit.number(0, "missing_to"), 0.1);
    }

    @Test
    void anIsotropicCrystalIsABall() {
        Table data = new Table("h", "k", "l", "energy (J/m2)");
        int[][] planes = {{0, 0, 1}, {1, 0, 0}, {1, 1, 0}, {0, 1, 1}, {0, 1, 3}};
        for (int[] p : planes) data.add(p[0], p[1], p[2], 1.5);
        Outputs made = run(Inputs.none().with("data", data));
        assertEquals(1.5, made.table("fit").number(0, "k0"), 1e-9);
        assertEquals(1, made.table("fit").number(0, "convex"));
        Volume shape = made.image("wulff_shape").first();
        double volume = 0;
        for (int z = 0; z < shape.depth(); z++) for (float v : shape.plane(z)) volume += v;
        assertEquals(4.0 / 3 * Math.PI * 32 * 32 * 32, volume, 0.03 * volume);
    }

    @Test
    void theShapeOfALayeredCrystalIsFlat() {
        Volume shape = run(Inputs.none()).image("wulff_shape").first();
        int along = 0;
        int across = 0;
        for (int i = 0; i < 65; i++) {
            if (shape.plane(i)[32 + 65 * 32] > 0) along++;
            if (shape.plane(32)[i + 65 * 32] > 0) across++;
        }
        assertTrue(along < 0.6 * across, along + " by " + across);
    }

    @Test
    void tooFewSurfacesAreRefused() {
        Table data = new Table("h", "k", "l", "energy")
                .add(0, 0, 1, 1.0)
                .add(1, 0, 0, 1.2)
                .add(2, 0, 0, 1.2);
        String message = assertThrows(
                        InvalidInput.class, () -> run(Inputs.none().with("data", data)))
                .getMessage();
        assertTrue(message.contains("do not determine"), message);
    }

    private static final double BULK = -61.5;
    private static final double J_TO_EV = 1 / 16.02176634;

    private static Table slabTable() {
        return new Table(
                "h", "k", "l", "cleavage", "area (angstrom2)", "units", "bulk (eV)", "unrelaxed (eV)", "relaxed (eV)");
    }

    /** A slab alone, of so many units: two surfaces of an energy in J/m2. */
    private static void addAlone(Table table, int[] hkl, double area, double units, double energy) {
        double relaxed = units * BULK + 2 * area * energy * J_TO_EV;
        table.add(hkl[0], hkl[1], hkl[2], "", area, units, BULK, Double.NaN, relaxed);
    }

    /** Both slabs of a cut, with other atoms: what one lacks the other has. Energies in J/m2, of one surface. */
    private static void addCut(Table table, int[] hkl, String name, double cleavage, double... energies) {
        double area = 15.7;
        double exchanged = 137.25; // what the atoms that only one of them has are worth cancels
        for (int i = 0; i < 2; i++) {
            double unrelaxed = 4 * BULK + (i == 0 ? exchanged : -exchanged) + 2 * area * cleavage * J_TO_EV;
            double relaxed = unrelaxed + 2 * area * (energies[i] - cleavage) * J_TO_EV;
            table.add(hkl[0], hkl[1], hkl[2], name, area, 8, BULK, unrelaxed, relaxed);
        }
    }

    private static Table slabsOfTableThree() {
        Table table = slabTable();
        addCut(table, new int[] {0, 0, 1}, "Ba and As", 0.994, 0.714, 0.912);
        addAlone(table, new int[] {0, 0, 1}, 31.4, 16, 0.547);
        addCut(table, new int[] {1, 0, 0}, "A and B", 1.385, 1.309, 1.312);
        addCut(table, new int[] {1, 1, 0}, "BaAs and Fe", 1.458, 1.421, 1.319);
        addCut(table, new int[] {0, 1, 1}, "i", 1.454, 1.357, 1.341);
        addCut(table, new int[] {0, 1, 1}, "ii", 2.180, 1.859, 2.045);
        addAlone(table, new int[] {0, 1, 1}, 53.9, 6, 1.213);
        return table;
    }

    @Test
    void slabsOfKnownSurfacesGiveTheirEnergies() {
        Outputs made = run(Inputs.none().with("data", slabsOfTableThree()));
        Table slabs = made.table("slabs");
        double[] energies = {0.714, 0.912, 0.547, 1.309, 1.312, 1.421, 1.319, 1.357, 1.341, 1.859, 2.045, 1.213};
        double[] used = {0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1};
        for (int i = 0; i < energies.length; i++) {
            assertEquals(energies[i], slabs.number(i, "energy"), 1e-9);
            assertEquals(used[i], slabs.number(i, "used"));
        }
        assertEquals(0.994, slabs.number(1, "cleavage_energy"), 1e-9);
        assertEquals(0.912 - 0.994, slabs.number(1, "relaxation"), 1e-9);
        assertTrue(Double.isNaN(slabs.number(2, "cleavage_energy")));
        // The lowest of each plane are those of Table 3 with a star.
        Table expected = run(Inputs.none()).table("fit");
        for (int k = 0; k < 4; k++) {
            assertEquals(expected.number(0, "k" + k), made.table("fit").number(0, "k" + k), 1e-9);
        }
        assertFalse(run(Inputs.none()).has("slabs"));
    }

    @Test
    void onlyFreeSurfacesRelax() {
        double area = 12;
        double unrelaxed = 5 * BULK + 2 * area * 1.3 * J_TO_EV;
        Table table = new Table("h", "k", "l", "area", "units", "bulk", "unrelaxed", "relaxed", "free_surfaces");
        int[][] planes = {{0, 0, 1}, {1, 0, 0}, {1, 1, 0}, {0, 1, 1}};
        for (int[] p : planes) {
            int free = p[2] == 1 ? 1 : 2;
            double relaxed = unrelaxed - free * area * 0.2 * J_TO_EV;
            table.add(p[0], p[1], p[2], area, 5, BULK, unrelaxed, relaxed, free);
        }
        Table slabs = run(Inputs.none().with("data", table)).table("slabs");
        for (int i = 0; i < 4; i++) {
            assertEquals(1.3, slabs.number(i, "cleavage_energy"), 1e-9);
            assertEquals(1.1, slabs.number(i, "energy"), 1e-9);
        }
    }

    @Test
    void slabsThatCannotBeAreRefused() {
        assertRefused(change("area", 3, 0.0), "'area' is 0.0 in row 4");
        assertRefused(change("units", 2, -1.0), "'units' is -1.0 in row 3");
        assertRefused(change("relaxed", 2, Double.NaN), "Row 3 of 'data' has an energy that is no number");
        assertRefused(change("bulk", 2, -60.0), "row 3 has a surface energy of -");
        assertRefused(change("unrelaxed", 4, -1e4), "In row 5 of 'data' 'relaxed'");
        assertRefused(change("unrelaxed", 4, Double.NaN), "lacks the energy 'unrelaxed' for the slab in row 4");
        assertRefused(change("units", 4, 4), "Rows 4 and 5 of 'data' share the cleavage 'A and B' but not 'units'");
        assertRefused(change("area", 4, 31.4), "share the cleavage 'A and B' but not 'area'");
        assertRefused(change("bulk", 4, -61.0), "share the cleavage 'A and B' but not 'bulk'");
        assertRefused(change("h", 4, 2), "share the cleavage 'A and B' but not h, k and l");
        assertRefused(addedToCut(), "has 4 slabs of the cleavage 'A and B'");
        assertRefused(without("units"), "no column 'units'");
        assertRefused(without("area (angstrom2)"), "no column 'area'");
        assertRefused(without("bulk (eV)"), "no column 'bulk'");
        Table both = new Table("h", "k", "l", "energy", "relaxed").add(0, 0, 1, 1.0, -3.0);
        assertRefused(both, "both the columns 'energy' and 'relaxed'");
    }

    private static Table addedToCut() {
        Table table = slabsOfTableThree();
        addCut(table, new int[] {1, 0, 0}, "A and B", 1.385, 1.309, 1.312);
        return table;
    }

    private static void assertRefused(Table data, String expected) {
        String message = assertThrows(
                        InvalidInput.class, () -> run(Inputs.none().with("data", data)))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static Table change(String column, int row, Object value) {
        Table from = slabsOfTableThree();
        Table to = slabTable();
        for (int i = 0; i < from.size(); i++) {
            Object[] cells = new Object[from.heads().size()];
            for (int j = 0; j < cells.length; j++) cells[j] = from.cell(i, j);
            if (i == row) cells[from.column(column)] = value;
            to.add(cells);
        }
        return to;
    }

    private static Table without(String column) {
        Table from = slabsOfTableThree();
        List<String> heads =
                from.heads().stream().filter(h -> !h.equals(column)).toList();
        Table to = new Table(heads);
        for (int i = 0; i < from.size(); i++) {
            int row = i;
            to.add(heads.stream().map(h -> from.cell(row, from.column(h))).toArray());
        }
        return to;
    }
}
