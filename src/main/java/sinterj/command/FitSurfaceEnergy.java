package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Look;
import sinterj.image.Planes;
import sinterj.image.Plot;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;
import sinterj.op.InputSlot;
import sinterj.op.Inputs;
import sinterj.op.Operation;
import sinterj.op.OperationInfo;
import sinterj.op.OutputSlot;
import sinterj.op.Outputs;
import sinterj.op.Param;
import sinterj.phasefield.SurfaceEnergy;

/** The command {@code fit-surface-energy}. */
public final class FitSurfaceEnergy implements Operation<FitSurfaceEnergy.Settings> {
    private static final int SHAPE = 65;
    private static final double BA122_A = 3.9625;
    private static final double BA122_C = 13.0168;
    private static final double NORMALS_DEG = 3;

    /** The crystal. */
    public record Settings(
            @Param(
                    label = "Cell a (angstrom)",
                    min = 1e-3,
                    max = 1e4,
                    doc = "Lattice constant a of the tetragonal cell, in angstrom.")
            double cellA_angstrom,

            @Param(label = "Cell c (angstrom)", min = 1e-3, max = 1e4, doc = "Lattice constant c, in angstrom.")
            double cellC_angstrom) {}

    private static final String HELP = """
            Fits `gamma = k0 - k1 w^2 + k2 (u^2 + v^2)^2 + k3 u^2 v^2` to the energies of surfaces of a tetragonal crystal,
            where (u, v, w) is the unit normal with w along c (Yamamoto et al. 2025, Eq. 7). The normal of the surface
            (h k l) is that of the reciprocal lattice, (h/a, k/a, l/c). Four surfaces determine the numbers exactly, more
            are fitted by least squares; the residuals say how well. Without `data`, the energies of Ba122 are taken.

            The cell of Ba122 is the default. With the energies of Table 3 of that review, k0 = 0.9048, k1 = 0.3578,
            k2 = 0.4042 and k3 = 0.0400 J/m2; the printed 0.004 would give 1.310 in place of 1.319 J/m2 for (110).

            **From slabs.** If `data` has a column `relaxed`, its rows are slabs of atoms between two vacua, with two surfaces
            that are alike: columns h, k, l, `area` (of one surface, square angstrom), `relaxed` (energy of the slab, eV), `bulk` (energy
            of one unit of the bulk, eV) and `units` (how many units have the atoms of the slab). The energy of one surface is
            then (relaxed - units bulk)/(2 area), Eq. 8. Two slabs that end differently, as a cut leaves them, get the same name in
            a column `cleavage` and the energies before atoms move in a column `unrelaxed`; `units` is what both hold
            together. Each of the four surfaces gets an equal part of the cut, (unrelaxed + unrelaxed - units bulk)/(4 area), and
            its own relaxation, (relaxed - unrelaxed)/(2 area), Eqs. 9 to 13. `free_surfaces` is 1 where one side of a slab was
            held. All energies in `slabs` are those of one surface. So are the cleavage energies in Table 3 of the review,
            though its Eq. 9 defines twice that: 0.994 for (001) relaxes to 0.912 and 0.714 J/m2, and half of it is below both. Of
            the surfaces with the same indices the lowest enters the fit, as there.

            `polar_surface` shows the energy by direction: from left to right the azimuth from a, 0 to 360 degrees, from
            top to bottom the angle from c, 0 to 180 degrees. `wulff_shape` is the equilibrium shape of a single crystal:
            1 inside; distances from its middle are energies. Where `stiffness`, the energy plus its second derivative by the angle from
            c, is below 0, surfaces break up into others and are missing from that shape: `missing_from` and `missing_to`
            give these angles in the (100) zone.
            """;

    @Override
    public OperationInfo<Settings> info() {
        return OperationInfo.of(
                        "fit-surface-energy",
                        "Sintering",
                        "Fit Surface Energy...",
                        "From energies of crystal surfaces to their dependence on direction, and the equilibrium shape.",
                        new Settings(BA122_A, BA122_C))
                .mayRead(
                        "data",
                        InputSlot.Kind.TABLE,
                        "A row per surface: columns h, k, l and energy in J/m2; or a row per slab, see above. Without it"
                                + " the surfaces of Ba122.")
                .makes("polar_surface", Look.MAP, "Energy by azimuth and angle from c, in J/m2.")
                .makes("wulff_shape", OutputSlot.Kind.IMAGE, "The equilibrium shape of a single crystal, 1 inside.")
                .makes("fit", OutputSlot.Kind.TABLE, "The four numbers, the error of the fit, and missing directions.")
                .makes("residuals", OutputSlot.Kind.TABLE, "A row per surface: energy, fitted energy, difference.")
                .makes(
                        "slabs",
                        OutputSlot.Kind.TABLE,
                        "From slabs only, a row each: energies of one surface, and whether it is the lowest of its indices.")
                .makes("zones", OutputSlot.Kind.PLOT, "Energy and stiffness against the angle from c, in two zones.")
                .help(HELP)
                .cites("Yamamoto et al. 2025, a review of polycrystalline superconductors (Eqs. 7 to 13, Table 3)")
                .cites("Wulff 1901, Z. Kristallogr. 34, 449, doi:10.1524/zkri.1901.34.1.449");
    }

    @Override
    public Outputs run(Inputs in, Settings s, Progress progress) {
        Table given = in.has("data") ? in.table("data") : ba122();
        SlabTable slabs = SlabTable.isIn(given) ? new SlabTable(given) : null;
        Table data = slabs == null ? given : slabs.lowest();
        double[][] hkl = SlabTable.indices(data);
        double[] energies = data.numbers("energy");
        for (int i = 0; i < energies.length; i++) {
            if (!(energies[i] > 0) || Double.isInfinite(energies[i])) {
                throw new InvalidInput("'data' has the energy " + energies[i] + " J/m2 in row " + (i + 1)
                        + ". Give energies greater than 0.");
            }
        }
        SurfaceEnergy fit = SurfaceEnergy.fit(hkl, energies, s.cellA_angstrom(), s.cellC_angstrom());
        Table residuals = new Table("h", "k", "l", "energy (J/m2)", "fitted (J/m2)", "residual (J/m2)");
        double squares = 0;
        for (int i = 0; i < energies.length; i++) {
            double is = fit.of(SurfaceEnergy.normal(hkl[i], s.cellA_angstrom(), s.cellC_angstrom()));
            residuals.add(hkl[i][0], hkl[i][1], hkl[i][2], energies[i], is, energies[i] - is);
            squares += (energies[i] - is) * (energies[i] - is);
        }
        progress.check();
        Outputs made = Outputs.none()
                .with("polar_surface", polar(fit))
                .with("wulff_shape", wulff(fit, progress))
                .with("fit", table(fit, Math.sqrt(squares / energies.length)))
                .with("residuals", residuals)
                .with("zones", plot(fit));
        progress.report(1, "Fitted");
        return slabs == null ? made : made.with("slabs", slabs.surfaces());
    }

    /** The fit to the energies of Ba122. */
    static SurfaceEnergy ofBa122() {
        Table data = ba122();
        double[][] hkl = new double[data.size()][];
        for (int i = 0; i < hkl.length; i++) {
            hkl[i] = new double[] {data.number(i, "h"), data.number(i, "k"), data.number(i, "l")};
        }
        return SurfaceEnergy.fit(hkl, data.numbers("energy"), BA122_A, BA122_C);
    }

    /** Table 3 of Yamamoto et al. 2025: the lowest energy of each surface. */
    private static Table ba122() {
        return new Table("h", "k", "l", "energy")
                .add(0, 0, 1, 0.547)
                .add(1, 0, 0, 1.309)
                .add(1, 1, 0, 1.319)
                .add(0, 1, 1, 1.213);
    }

    private static Table table(SurfaceEnergy fit, double rms) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double[] n : SurfaceEnergy.normals(NORMALS_DEG)) {
            least = Math.min(least, fit.of(n));
            most = Math.max(most, fit.of(n));
        }
        double from = Double.NaN;
        double to = Double.NaN;
        for (double degrees = 0; degrees <= 90; degrees += 0.1) {
            if (fit.stiffness(Math.toRadians(degrees), 0) >= 0) continue;
            if (Double.isNaN(from)) from = degrees;
            to = degrees;
        }
        boolean convex = Double.isNaN(from);
        return new Table(
                        "k0 (J/m2)",
                        "k1 (J/m2)",
                        "k2 (J/m2)",
                        "k3 (J/m2)",
                        "rms_residual (J/m2)",
                        "min (J/m2)",
                        "max (J/m2)",
                        "convex",
                        "missing_from (deg)",
                        "missing_to (deg)")
                .add(
                        fit.k0(),
                        fit.k1(),
                        fit.k2(),
                        fit.k3(),
                        rms,
                        least,
                        most,
                        convex,
                        convex ? 0.0 : from,
                        convex ? 0.0 : to);
    }

    private static Volume polar(SurfaceEnergy fit) {
        float[] plane = new float[361 * 181];
        for (int polar = 0; polar <= 180; polar++) {
            for (int azimuth = 0; azimuth <= 360; azimuth++) {
                plane[azimuth + 361 * polar] = (float) fit.of(Math.toRadians(polar), Math.toRadians(azimuth));
            }
        }
        return new Volume(Planes.ofFloats(List.of(plane), 361, 181), new VoxelSize(1, 1, 1, "degree"));
    }

    private static Volume wulff(SurfaceEnergy fit, Progress progress) {
        double[][] normals = SurfaceEnergy.normals(NORMALS_DEG);
        double[] energies = new double[normals.length];
        double most = 0;
        for (int i = 0; i < normals.length; i++) energies[i] = fit.of(normals[i]);
        for (double[] n : normals) most = Math.max(most, fit.wulff(n, normals, energies));
        double scale = most / (SHAPE / 2);
        List<float[]> planes = new ArrayList<>();
        for (int z = 0; z < SHAPE; z++) planes.add(new float[SHAPE * SHAPE]);
        Parallel.forEach(progress, SHAPE, z -> {
            for (int i = 0; i < SHAPE * SHAPE; i++) {
                double[] x = {(i % SHAPE - SHAPE / 2) * scale, (i / SHAPE - SHAPE / 2) * scale, (z - SHAPE / 2) * scale
                };
                planes.get(z)[i] = isInside(x, normals, energies) ? 1 : 0;
            }
            progress.report((z + 1.0) / SHAPE, "Drawing the equilibrium shape");
        });
        return new Volume(Planes.ofFloats(planes, SHAPE, SHAPE), VoxelSize.cube(scale, "J/m2"));
    }

    private static boolean isInside(double[] x, double[][] normals, double[] energies) {
        for (int i = 0; i < normals.length; i++) {
            double[] n = normals[i];
            if (n[0] * x[0] + n[1] * x[1] + n[2] * x[2] > energies[i]) return false;
        }
        return true;
    }

    private static Plot plot(SurfaceEnergy fit) {
        List<Plot.Curve> curves = new ArrayList<>();
        double[] azimuths = {0, Math.PI / 4};
        String[] zones = {"towards (100)", "towards (110)"};
        for (int zone = 0; zone < 2; zone++) {
            double[] angle = new double[91];
            double[] energy = new double[91];
            double[] stiffness = new double[91];
            for (int i = 0; i <= 90; i++) {
                angle[i] = i;
                energy[i] = fit.of(Math.toRadians(i), azimuths[zone]);
                stiffness[i] = fit.stiffness(Math.toRadians(i), azimuths[zone]);
            }
            curves.add(new Plot.Curve("energy " + zones[zone], angle, energy));
            curves.add(new Plot.Curve("stiffness " + zones[zone], angle, stiffness));
        }
        return new Plot("Surface energy", "angle from c (degree)", "J/m2", curves, false);
    }
}
