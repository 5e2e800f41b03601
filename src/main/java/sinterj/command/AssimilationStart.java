package sinterj.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import sinterj.assimilate.Observation;
import sinterj.assimilate.SphereFit;
import sinterj.base.Progress;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;
import sinterj.image.Table;
import sinterj.image.Volume;
import sinterj.math.RandomDraws;
import sinterj.op.Inputs;
import sinterj.phasefield.Grid;
import sinterj.phasefield.SinterState;
import sinterj.phasefield.Sphere;
import sinterj.phasefield.StartFromLabels;
import sinterj.phasefield.StartFromSpheres;

/**
 * Where the simulations of an assimilation start: the particles of a table, else the spheres fitted to labels, else the
 * labels as they are. Which of them is decided once, for all widths of the interface.
 *
 * @param spheres the particles; null if they are no spheres
 * @param fits the fits that the spheres are from, in their order; empty where spheres are taken as given
 * @param labels the labels; null if there is a table
 * @param metres metres in one of the labels' unit
 * @param fitting how spheres are fitted
 * @param words how the start was made, for the remarks
 */
record AssimilationStart(
        List<Sphere> spheres, List<SphereFit> fits, LabelVolume labels, double metres, Fitting fitting, String words) {
    /** What is said of a start from labels. */
    static final String AS_THEY_ARE =
            "The start was made from the labels as they are; its error is not part of the deviations.";

    private static final double NM = 1e-9;

    /** A radius of just half an interface is refused for a rounding error. */
    private static final double ROUNDING = 1 + 1e-6;

    /**
     * How spheres are fitted to labels.
     *
     * @param wanted whether to fit at all
     * @param interfaceMetres usual width of the simulation's diffuse interface
     * @param widestMetres the widest that is simulated, for which spheres must be large enough
     * @param wedgeDeg full angle of the missing wedge, 0 for none
     * @param periodic axes along which the box repeats; spheres do not, so that none are fitted
     */
    record Fitting(boolean wanted, double interfaceMetres, double widestMetres, double wedgeDeg, boolean[] periodic) {
        boolean isPeriodic() {
            return periodic[0] || periodic[1] || periodic[2];
        }

        double leastRadius() {
            return widestMetres / 2 * ROUNDING;
        }
    }

    /** Makes the usual start. */
    static AssimilationStart of(Inputs in, Observation seen, Fitting fitting, Progress progress) {
        Volume first = in.volume("input");
        double metres = first.size().xNm() / first.size().x() * NM;
        if (in.has("particles")) return ofTable(in.table("particles"), metres, fitting);
        LabelVolume labels = ObservedParticles.of(in, seen, fitting.periodic, progress);
        boolean cubic = first.size().isCube() && first.depth() > 1;
        if (!fitting.wanted || !cubic || fitting.isPeriodic()) {
            String why = fitting.wanted && fitting.isPeriodic() ? " No spheres are fitted in periodic boxes." : "";
            return new AssimilationStart(null, List.of(), labels, metres, fitting, AS_THEY_ARE + why);
        }
        double side = first.size().x() * metres;
        SphereChoice choice =
                SphereChoice.of(labels, fitting.interfaceMetres / side, fitting.wedgeDeg, fitting.leastRadius() / side);
        return choice.holds()
                ? ofFits(choice.spheres(), labels, metres, fitting, choice.words())
                : new AssimilationStart(null, List.of(), labels, metres, fitting, choice.words());
    }

    private static AssimilationStart ofFits(
            List<SphereFit> fits, LabelVolume labels, double metres, Fitting fitting, String words) {
        double side = labels.size().x() * metres;
        List<Sphere> spheres = new ArrayList<>();
        for (SphereFit f : fits) {
            double[] c = f.centre();
            double radius = Math.max(fitting.leastRadius(), f.radius() * side);
            spheres.add(new Sphere(f.label(), c[0] * side, c[1] * side, c[2] * side, radius));
        }
        return new AssimilationStart(spheres, fits, labels, metres, fitting, words);
    }

    private static AssimilationStart ofTable(Table table, double metres, Fitting fitting) {
        List<Sphere> spheres = SinteringStart.spheres(table);
        String words = "The start is the table of particles, taken as exact.";
        return new AssimilationStart(spheres, List.of(), null, metres, fitting, words);
    }

    /** The same particles with another width of the interface, for which other spheres make the necks that are seen. */
    AssimilationStart withInterface(double interfaceMetres) {
        if (spheres == null || labels == null) return this;
        Set<Integer> kept = new HashSet<>();
        for (Sphere s : spheres) kept.add(s.id());
        double width = interfaceMetres / (labels.size().x() * metres);
        List<SphereFit> fits = SphereFit.all(labels, width, fitting.wedgeDeg).stream()
                .filter(f -> kept.contains(f.label()))
                .toList();
        return ofFits(fits, labels, metres, fitting, words);
    }

    /** The state on a grid. */
    SinterState state(Grid grid, Progress progress) {
        if (spheres != null) return StartFromSpheres.of(grid, spheres, progress);
        return StartFromLabels.of(labels, grid, metres, progress);
    }

    /** Whether nothing about the start is uncertain. */
    boolean isExact() {
        return fits.isEmpty();
    }

    /** This start with each sphere moved by chance as far as it is uncertain; the same chance for the same random. */
    AssimilationStart drawn(SplittableRandom random) {
        double side = labels.size().x() * metres;
        List<Sphere> moved = new ArrayList<>();
        for (Sphere s : spheres) {
            double[] chance = new double[4];
            for (int i = 0; i < chance.length; i++) chance[i] = RandomDraws.gaussian(random);
            double[] off = fits.get(moved.size()).error(chance);
            moved.add(new Sphere(
                    s.id(),
                    s.x() + off[0] * side,
                    s.y() + off[1] * side,
                    s.z() + off[2] * side,
                    Math.max(fitting.leastRadius(), s.radius() + off[3] * side)));
        }
        return new AssimilationStart(moved, fits, labels, metres, fitting, words);
    }

    /** What tells this start from another, for a study. */
    String fingerprint() {
        if (spheres != null) return spheres.size() + " spheres " + Integer.toHexString(spheres.hashCode());
        Set<Float> names = new HashSet<>();
        long hash = 0;
        for (int z = 0; z < labels.labels().dimension(2); z++) {
            float[] plane = Planes.plane(labels.labels(), z);
            for (float p : plane) {
                if (p != 0) names.add(p);
                hash = hash * 1_000_003 + (int) p; // that of an array of floats is the same for some shifts
            }
        }
        return names.size() + " labels " + Long.toHexString(hash);
    }
}
