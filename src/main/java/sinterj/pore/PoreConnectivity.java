package sinterj.pore;

import sinterj.base.Progress;
import sinterj.image.Components;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.EulerNumber;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;
import sinterj.image.VoxelSize;

/**
 * How the voids of a volume hang together and reach its surface.
 *
 * @param pores the components and what they reach
 * @param euler6 Euler number with 6 neighbours for the void and 26 for the rest
 * @param euler26 the other way round
 * @param edgeCorrected contribution to the Euler number of a larger whole, with the chosen adjacency
 * @param cavities parts of the rest that the void encloses
 * @param inscribed diameter of the largest ball within each component, by its number; infinite if nothing limits it
 * @param curve fraction swept by balls that come from the surface
 */
public record PoreConnectivity(
        Pores pores,
        long euler6,
        long euler26,
        double edgeCorrected,
        long cavities,
        double[] inscribed,
        ProbeCurve curve) {
    /**
     * Measures a void.
     *
     * @param voids the void phase; not changed
     * @param surface voxels that count as the surface, or as the outside behind it; null for the faces of the image
     * @param voxel side lengths
     * @param adjacency 6 or 26 for the void; the rest takes the other
     * @param probes number of ball diameters of the curve
     */
    public static PoreConnectivity of(
            PhaseMask voids, PhaseMask surface, VoxelSize voxel, int adjacency, int probes, Progress progress) {
        progress.report(0, "Finding components");
        Pores pores = new Pores(Components.of(voids, adjacency, progress), surface, progress);
        progress.report(0.1, "Counting cavities");
        long cavities = Components.enclosed(voids.complement(), 32 - adjacency, progress);
        long euler6 = EulerNumber.of(voids, 6, progress);
        long euler26 = EulerNumber.of(voids, 26, progress);
        double corrected = EulerNumber.edgeCorrected(voids, adjacency, progress);
        LatticeMetric metric = LatticeMetric.of(voxel);
        double[] inscribed = new double[pores.components().count() + 1];
        Room room = room(pores, metric, probes, inscribed, progress.part(0.1, 0.3));
        ProbeCurve curve = ProbeCurve.of(pores, room, metric, surface, adjacency, progress.part(0.3, 0.95));
        return new PoreConnectivity(pores, euler6, euler26, corrected, cavities, inscribed, curve);
    }

    /** Finds the largest ball of each component; the distances are needed nowhere else, so they end here. */
    private static Room room(Pores pores, LatticeMetric metric, int probes, double[] inscribed, Progress progress) {
        PhaseMask voids = pores.components().mask();
        float[][] squared = DistanceMap.squared(voids, metric, EdgeRule.IGNORE, progress);
        float[] largest = pores.largest(squared, progress);
        for (int id = 1; id < inscribed.length; id++) inscribed[id] = 2 * metric.length(largest[id]);
        return new Room(voids, squared, probes, progress);
    }

    /** Tunnels: components plus cavities minus the Euler number of the adjacency used. */
    public long tunnels(int adjacency) {
        return pores.components().count() + cavities - (adjacency == 6 ? euler6 : euler26);
    }
}
