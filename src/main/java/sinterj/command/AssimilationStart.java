package sinterj.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import sinterj.assimilate.SphereFit;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.LabelVolume;
import sinterj.image.PhaseMask;
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
 * labels as they are.
 *
 * @param spheres the particles; null if they are no spheres
 * @param spread deviation of each sphere's centre and radius, in metres; 0 where they are taken as given
 * @param labels the labels; null if there is a table
 * @param metres metres in one of the labels' unit
 * @param words how the start was made, for the remarks
 */
record AssimilationStart(List<Sphere> spheres, double[] spread, LabelVolume labels, double metres, String words) {
    private static final double NM = 1e-9;

    /** Faces of voxels lie 0.35 voxels off a perfect sphere; a particle beyond this is none. */
    private static final double ROUND = 0.7;

    /** Share of the particles that must be round. */
    private static final double MOST = 0.9;

    /**
     * Makes the start.
     *
     * @param fit whether to fit spheres to labels
     * @param interfaceMetres width of the simulation's diffuse interface
     * @param wedgeDeg full angle of the missing wedge, 0 for none
     */
    static AssimilationStart of(Inputs in, boolean fit, double interfaceMetres, double wedgeDeg, Progress progress) {
        Volume first = in.volume("input");
        double metres = first.size().xNm() / first.size().x() * NM;
        if (in.has("particles")) return ofTable(in.table("particles"), metres);
        LabelVolume labels = in.has("labels") ? labels(in, first) : components(first, progress);
        boolean cubic = first.size().isCube() && first.depth() > 1;
        double width = interfaceMetres / (first.size().x() * metres);
        List<SphereFit> fits = fit && cubic ? SphereFit.all(labels, width, wedgeDeg) : List.of();
        long round = fits.stream().filter(f -> f.off() < ROUND).count();
        if (fits.isEmpty() || round < MOST * fits.size()) {
            String words = "The start was made from the labels as they are; its error is not part of the deviations.";
            return new AssimilationStart(null, new double[0], labels, metres, words);
        }
        double side = first.size().x() * metres;
        List<Sphere> spheres = new ArrayList<>();
        double[] spread = new double[fits.size()];
        double sum = 0;
        for (SphereFit f : fits) {
            spread[spheres.size()] = f.spread() * side;
            sum += f.spread();
            double[] c = f.centre();
            spheres.add(new Sphere(f.label(), c[0] * side, c[1] * side, c[2] * side, f.radius() * side));
        }
        String words = String.format(
                java.util.Locale.ROOT,
                "The start is %d spheres fitted to the labels, each placed to about %.2f voxels; the deviations contain"
                        + " that.",
                fits.size(),
                sum / fits.size());
        return new AssimilationStart(spheres, spread, labels, metres, words);
    }

    private static AssimilationStart ofTable(Table table, double metres) {
        List<Sphere> spheres = SinteringStart.spheres(table);
        String words = "The start is the table of particles, taken as exact.";
        return new AssimilationStart(spheres, new double[spheres.size()], null, metres, words);
    }

    private static LabelVolume labels(Inputs in, Volume first) {
        Volume given = in.volume("labels");
        boolean same =
                given.width() == first.width() && given.height() == first.height() && given.depth() == first.depth();
        if (!same) {
            throw new InvalidInput("'labels' has " + given.width() + " x " + given.height() + " x " + given.depth()
                    + " voxels but the input has " + first.width() + " x " + first.height() + " x " + first.depth()
                    + ". Give the labels of the input's first frame.");
        }
        long both = 0;
        long one = 0;
        for (int z = 0; z < first.depth(); z++) {
            float[] a = given.plane(z);
            float[] b = first.plane(z);
            for (int i = 0; i < a.length; i++) {
                if (a[i] != 0 && b[i] > 0) both++;
                if (a[i] != 0 || b[i] > 0) one++;
            }
        }
        if (both < 0.6 * one) {
            throw new InvalidInput(String.format(
                    java.util.Locale.ROOT,
                    "'labels' overlaps with the input's first frame by %.0f %% only. Give the labels of that frame.",
                    100.0 * both / Math.max(1, one)));
        }
        return new LabelVolume(LabelVolume.of(given).labels(), first.size());
    }

    private static LabelVolume components(Volume first, Progress progress) {
        PhaseMask solid = PhaseMask.nonZero(first, progress);
        return new LabelVolume(
                Components.of(solid, 6, progress).labels(first.size(), progress).labels(), first.size());
    }

    /** The state on a grid. */
    SinterState state(Grid grid, Progress progress) {
        if (spheres != null) return StartFromSpheres.of(grid, spheres, progress);
        return StartFromLabels.of(labels, grid, metres, progress);
    }

    /** Whether nothing about the start is uncertain. */
    boolean isExact() {
        for (double s : spread) if (s != 0) return false;
        return true;
    }

    /** This start with each sphere moved by chance as far as it is uncertain; the same chance for the same random. */
    AssimilationStart drawn(SplittableRandom random) {
        List<Sphere> moved = new ArrayList<>();
        for (Sphere s : spheres) {
            double sd = spread[moved.size()];
            moved.add(new Sphere(
                    s.id(),
                    s.x() + sd * RandomDraws.gaussian(random),
                    s.y() + sd * RandomDraws.gaussian(random),
                    s.z() + sd * RandomDraws.gaussian(random),
                    s.radius() + sd * RandomDraws.gaussian(random)));
        }
        return new AssimilationStart(moved, spread, labels, metres, words);
    }

    /** What tells this start from another, for a study. */
    String fingerprint() {
        if (spheres != null) return spheres.size() + " spheres " + Integer.toHexString(spheres.hashCode());
        Map<Integer, Integer> sizes = new TreeMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int z = 0; z < labels.labels().dimension(2); z++) {
            for (float p : labels.asVolume().plane(z)) if (p != 0) counts.merge((int) p, 1, Integer::sum);
        }
        sizes.putAll(counts);
        return sizes.size() + " labels " + Integer.toHexString(sizes.hashCode());
    }
}
