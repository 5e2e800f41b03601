package sinterj.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.phasefield.Slab;

/** Slabs as a user's table gives them, and their surface energies as tables. */
final class SlabTable {
    private static final String RELAXED = "relaxed";
    private static final String CLEAVAGE = "cleavage";

    private final double[][] hkl;
    private final List<Slab> slabs = new ArrayList<>();
    private final List<Slab.Surface> surfaces;

    SlabTable(Table data) {
        if (has(data, "energy")) {
            throw new InvalidInput("'data' has both the columns 'energy' and 'relaxed'. Give energies of surfaces or"
                    + " energies of slabs.");
        }
        hkl = indices(data);
        double[] area = data.numbers("area");
        double[] relaxed = data.numbers(RELAXED);
        double[] bulk = data.numbers("bulk");
        double[] units = data.numbers("units");
        double[] unrelaxed = has(data, "unrelaxed") ? data.numbers("unrelaxed") : filled(hkl.length, Double.NaN);
        double[] free = has(data, "free_surfaces") ? data.numbers("free_surfaces") : filled(hkl.length, 2);
        for (int i = 0; i < hkl.length; i++) {
            String cut = has(data, CLEAVAGE) ? name(data.cell(i, data.column(CLEAVAGE))) : "";
            slabs.add(new Slab(hkl[i], cut, area[i], free[i], unrelaxed[i], relaxed[i], bulk[i], units[i]));
        }
        surfaces = Slab.surfaces(slabs);
    }

    /** Whether a table's rows are slabs. */
    static boolean isIn(Table data) {
        return has(data, RELAXED);
    }

    private static boolean has(Table data, String column) {
        return data.heads().stream().anyMatch(head -> Table.nameOf(head).equals(column));
    }

    private static double[] filled(int count, double value) {
        double[] all = new double[count];
        Arrays.fill(all, value);
        return all;
    }

    /** An empty cell is no name; a column of numbers may name cuts, too. */
    private static String name(Object cell) {
        return cell instanceof Double number && number.isNaN()
                ? ""
                : cell.toString().strip();
    }

    /** Miller indices by row. */
    static double[][] indices(Table data) {
        double[][] hkl = new double[data.size()][3];
        String[] names = {"h", "k", "l"};
        for (int j = 0; j < 3; j++) {
            double[] column = data.numbers(names[j]);
            for (int i = 0; i < hkl.length; i++) hkl[i][j] = column[i];
        }
        return hkl;
    }

    /** The lowest energy for each triple of indices, in the order of the rows. */
    Table lowest() {
        Table table = new Table("h", "k", "l", "energy");
        for (int i : rows().values())
            table.add(hkl[i][0], hkl[i][1], hkl[i][2], surfaces.get(i).energy());
        return table;
    }

    private Map<List<Double>, Integer> rows() {
        Map<List<Double>, Integer> lowest = new LinkedHashMap<>();
        for (int i = 0; i < hkl.length; i++) {
            List<Double> indices = List.of(hkl[i][0], hkl[i][1], hkl[i][2]);
            Integer before = lowest.get(indices);
            if (before == null
                    || surfaces.get(i).energy() < surfaces.get(before).energy()) lowest.put(indices, i);
        }
        return lowest;
    }

    /** A row per slab. */
    Table surfaces() {
        Table table = new Table(
                "h", "k", "l", CLEAVAGE, "cleavage_energy (J/m2)", "relaxation (J/m2)", "energy (J/m2)", "used");
        Map<List<Double>, Integer> used = rows();
        for (int i = 0; i < hkl.length; i++) {
            Slab.Surface surface = surfaces.get(i);
            boolean lowest = used.containsValue(i);
            table.add(
                    hkl[i][0],
                    hkl[i][1],
                    hkl[i][2],
                    slabs.get(i).cleavage(),
                    surface.cleavage(),
                    surface.relaxation(),
                    surface.energy(),
                    lowest);
        }
        return table;
    }
}
