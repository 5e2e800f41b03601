package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;

/**
 * How much of a void a ball can sweep that comes from the surface and stays within the void, for balls of several
 * diameters: what mercury would fill in a porosimeter. A ball may stand where the distance to the wall is at least its
 * radius; connected places that reach the surface are swept.
 *
 * @param diameters rising from 0, in the unit of the metric
 * @param fractions of the void's voxels; falling
 */
public record ProbeCurve(double[] diameters, double[] fractions) {
    /**
     * Sweeps balls of equally spaced diameters up to the largest that fits.
     *
     * @param all the void, its components and the surface
     * @param room the balls that fit
     * @param surface as in {@link Pores}
     * @param adjacency of places, 6 or 26
     */
    static ProbeCurve of(
            Pores all, Room room, LatticeMetric metric, PhaseMask surface, int adjacency, Progress progress) {
        PhaseMask voids = all.components().mask();
        int count = room.balls();
        double[] diameters = new double[count + 1];
        double[] fractions = new double[count + 1];
        long[][] swept = new long[voids.depth()][voids.wordsPerRow() * voids.height()];
        // From large to small: what a ball sweeps a smaller one within it sweeps too, though not always on a grid.
        for (int k = count; k > 0; k--) {
            Progress step = progress.part((double) (count - k) / count, (count - k + 1.0) / count);
            step.report(0, "Sweeping balls");
            diameters[k] = 2 * metric.side() * room.radius(k);
            float least = room.squaredRadius(k);
            PhaseMask centres = reachable(room.places(k, step), least, metric, surface, adjacency, step.part(0, 0.5));
            fractions[k] = sweep(voids, centres, least, metric, swept, step.part(0.5, 1));
        }
        fractions[0] = all.fraction(all::touchesSurface);
        return new ProbeCurve(diameters, fractions);
    }

    /**
     * The fraction of the void that one ball sweeps.
     *
     * @param least squared radius of the ball, in the unit of the squared distances
     */
    static double fraction(
            PhaseMask voids,
            float[][] squared,
            float least,
            LatticeMetric metric,
            PhaseMask surface,
            int adjacency,
            Progress progress) {
        long[][] swept = new long[voids.depth()][voids.wordsPerRow() * voids.height()];
        PhaseMask places = PhaseMask.where(
                voids.width(), voids.height(), voids.depth(), z -> squared[z], progress, (d, i) -> d[i] >= least);
        PhaseMask centres = reachable(places, least, metric, surface, adjacency, progress);
        return sweep(voids, centres, least, metric, swept, progress);
    }

    /** Of the places where a ball may stand those that it reaches from the surface. */
    private static PhaseMask reachable(
            PhaseMask places, float least, LatticeMetric metric, PhaseMask surface, int adjacency, Progress progress) {
        PhaseMask near = dilated(surface, metric, least, progress);
        Pores parts = new Pores(Components.of(places, adjacency, progress), near, progress);
        return parts.select(parts::touchesSurface, progress);
    }

    /** Adds what balls around the centres cover, and tells the fraction of the void that is covered by now. */
    private static double sweep(
            PhaseMask voids,
            PhaseMask centres,
            float squaredRadius,
            LatticeMetric metric,
            long[][] swept,
            Progress progress) {
        if (centres.count() > 0) {
            float[][] away = DistanceMap.squared(centres.complement(), metric, EdgeRule.IGNORE, progress);
            Parallel.forEach(progress, voids.depth(), z -> cover(voids, z, away[z], squaredRadius, swept[z]));
        }
        return (double) PhaseMask.ofWords(voids.width(), voids.height(), swept).count() / voids.count();
    }

    private static void cover(PhaseMask voids, int z, float[] away, float squaredRadius, long[] swept) {
        for (int y = 0; y < voids.height(); y++) {
            for (int x = voids.nextInside(0, y, z); x < voids.width(); x = voids.nextInside(x + 1, y, z)) {
                if (away[y * voids.width() + x] < squaredRadius) swept[y * voids.wordsPerRow() + (x >> 6)] |= 1L << x;
            }
        }
    }

    /** A ball is at the surface as soon as it touches it. */
    private static PhaseMask dilated(PhaseMask surface, LatticeMetric metric, float squaredRadius, Progress progress) {
        if (surface == null || surface.count() == surface.size()) return surface;
        float[][] away = DistanceMap.squared(surface.complement(), metric, EdgeRule.IGNORE, progress);
        return PhaseMask.where(
                surface.width(),
                surface.height(),
                surface.depth(),
                z -> away[z],
                progress,
                (d, i) -> d[i] <= squaredRadius);
    }
}
