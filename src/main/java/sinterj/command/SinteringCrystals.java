package sinterj.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sinterj.base.InvalidInput;
import sinterj.image.Table;
import sinterj.io.CsvTable;
import sinterj.phasefield.Crystals;
import sinterj.phasefield.Orientation;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.SurfaceEnergy;

/** Directions of crystals, and of their energies, as the settings of a simulation of sintering name them. */
final class SinteringCrystals {
    private static final String NONE = "none";
    private static final String BA122 = "ba122";
    private static final String RANDOM = "random";

    private SinteringCrystals() {}

    /** Whether grains are crystals at all. */
    static boolean wanted(SinteringModel s) {
        return !s.anisotropy().equals(NONE) || !s.orientations().equals(RANDOM);
    }

    /** A word as settings hold it: none and random in small letters, a path as it is. */
    static String word(String text, String otherwise, String... words) {
        String trimmed = text.trim();
        for (String word : words) if (trimmed.equalsIgnoreCase(word)) return word;
        return trimmed.isEmpty() ? otherwise : trimmed;
    }

    static String anisotropy(String text) {
        return word(text, NONE, NONE, BA122);
    }

    static String orientations(String text) {
        return word(text, RANDOM, RANDOM);
    }

    /** The crystals of a start; null where grains have no direction. */
    static Crystals of(SinteringModel s, SinterState start, long seed) {
        if (!wanted(s)) return null;
        SurfaceEnergy energy = energy(s);
        Map<Integer, Orientation> all = s.orientations().equals(RANDOM)
                ? Crystals.random(energy, start.grains(), seed).orientations()
                : orientations(read("orientations", s.orientations()), start.grains());
        return new Crystals(energy, s.symmetry(), Crystals.HIGH_DEGREES, all);
    }

    private static SurfaceEnergy energy(SinteringModel s) {
        if (s.anisotropy().equals(NONE)) return new SurfaceEnergy(s.gammaSurface(), 0, 0, 0);
        if (s.anisotropy().equals(BA122)) return FitSurfaceEnergy.ofBa122();
        Table table = read("anisotropy", s.anisotropy());
        double[] k = new double[4];
        for (int i = 0; i < 4; i++) {
            double[] column = table.numbers("k" + i);
            if (column.length != 1 || !Double.isFinite(column[0])) {
                throw new InvalidInput("'" + s.anisotropy() + "' must have one row with numbers k0, k1, k2 and k3 in"
                        + " J/m2, as Fit Surface Energy makes it.");
            }
            k[i] = column[0];
        }
        return new SurfaceEnergy(k[0], k[1], k[2], k[3]);
    }

    private static Table read(String key, String file) {
        try {
            return CsvTable.read(Path.of(file));
        } catch (InvalidPathException e) {
            throw new InvalidInput("'" + key + "' is '" + file + "', which is neither a word it knows nor a file.", e);
        } catch (InvalidInput e) {
            throw new InvalidInput("'" + key + "': " + e.getMessage(), e);
        }
    }

    private static Map<Integer, Orientation> orientations(Table table, List<SinterState.Grain> grains) {
        double[] labels = table.numbers("label");
        double[] phi1 = table.numbers("phi1");
        double[] phi = table.numbers("Phi");
        double[] phi2 = table.numbers("phi2");
        Map<Integer, Orientation> all = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != Math.rint(labels[i]) || all.containsKey((int) labels[i])) {
                throw new InvalidInput("'orientations' has the label " + labels[i] + " in row " + (i + 1)
                        + ". Give whole numbers, each once.");
            }
            all.put((int) labels[i], Orientation.bunge(phi1[i], phi[i], phi2[i]));
        }
        for (SinterState.Grain grain : grains) {
            if (all.containsKey(grain.id())) continue;
            throw new InvalidInput("'orientations' has no row for the grain " + grain.id()
                    + ". Give label, phi1, Phi and phi2 for each of the " + grains.size() + " grains.");
        }
        return all;
    }

    /** A row per grain: its angles, and how its c axis leans from z. */
    static Table table(Crystals crystals, SinterState start) {
        Table table = new Table("grain", "phi1 (deg)", "Phi (deg)", "phi2 (deg)", "c_from_z (deg)");
        for (SinterState.Grain grain : start.grains()) {
            Orientation at = crystals.orientations().get(grain.id());
            double[] bunge = at.bungeDegrees();
            table.add(grain.id(), bunge[0], bunge[1], bunge[2], at.tiltDegrees());
        }
        return table;
    }
}
