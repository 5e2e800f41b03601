package sinterj.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import sinterj.assimilate.SphereFit;
import sinterj.image.LabelVolume;
import sinterj.image.Planes;

/**
 * Which labels can be replaced by spheres. A particle that is not round would silently become another one, so a single
 * one keeps all labels as they are; specks that are too small for a diffuse interface are left out.
 *
 * @param spheres one for each round particle
 * @param speck labels that are too small for a sphere
 * @param uneven labels that are no spheres
 */
record SphereChoice(List<SphereFit> spheres, List<Integer> speck, List<Integer> uneven) {
    /** Faces of voxels lie 0.35 voxels off a perfect sphere; a particle beyond this is none. */
    private static final double ROUND = 0.7;

    private static final int NAMED = 10;

    /**
     * Looks at all labels.
     *
     * @param width of the interface, in voxels
     * @param least radius that a sphere must have, in voxels
     */
    static SphereChoice of(LabelVolume labels, double width, double wedgeDeg, double least) {
        Map<Integer, SphereFit> fits = SphereFit.all(labels, width, wedgeDeg).stream()
                .collect(Collectors.toMap(SphereFit::label, Function.identity()));
        SphereChoice choice = new SphereChoice(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        sizes(labels).forEach((label, voxels) -> {
            SphereFit fit = fits.get(label);
            boolean large = Math.cbrt(0.75 * voxels / Math.PI) >= least;
            if (fit != null && fit.off() < ROUND && fit.radius() >= least) choice.spheres.add(fit);
            else (large ? choice.uneven : choice.speck).add(label);
        });
        return choice;
    }

    private static Map<Integer, Long> sizes(LabelVolume labels) {
        Map<Integer, Long> sizes = new TreeMap<>();
        for (int z = 0; z < labels.labels().dimension(2); z++) {
            for (float p : Planes.plane(labels.labels(), z)) if (p != 0) sizes.merge((int) p, 1L, Long::sum);
        }
        return sizes;
    }

    /** Whether the start is to be made of the spheres. */
    boolean holds() {
        return uneven.isEmpty() && !spheres.isEmpty();
    }

    /** What is to be said of it. */
    String words() {
        if (!uneven.isEmpty()) {
            return AssimilationStart.AS_THEY_ARE + " No spheres were fitted, as not all particles are round: "
                    + named(uneven) + ".";
        }
        if (spheres.isEmpty()) return AssimilationStart.AS_THEY_ARE;
        String placed = String.format(
                Locale.ROOT,
                "The start is %d spheres fitted to the labels, each placed to about %.2f voxels; the deviations contain"
                        + " that.",
                spheres.size(),
                spheres.stream().mapToDouble(SphereFit::centreSd).average().orElse(0));
        return speck.isEmpty() ? placed : placed + " Too small for an interface and left out: " + named(speck) + ".";
    }

    private static String named(List<Integer> labels) {
        String first = labels.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        String more = labels.size() > NAMED ? " and " + (labels.size() - NAMED) + " more" : "";
        return (labels.size() == 1 ? "label " : "labels ") + first + more;
    }
}
