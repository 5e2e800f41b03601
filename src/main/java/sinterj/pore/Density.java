package sinterj.pore;

import java.util.BitSet;
import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Progress;
import sinterj.image.DistanceMap;
import sinterj.image.EdgeRule;
import sinterj.image.Grains;
import sinterj.image.LatticeMetric;
import sinterj.image.PhaseMask;
import sinterj.image.VoxelSize;

/**
 * How densely a solid is packed: its volume, the volume of its convex hull, its particles and the necks between them.
 *
 * @param volume of the solid in cubes of the voxels' unit
 * @param hull volume of the convex hull, see {@link ConvexHull}
 * @param particles number of them
 * @param necks number of contacts
 * @param meanNeck mean diameter of the largest balls that pass through the necks; NaN without a neck
 */
public record Density(double volume, double hull, long particles, int necks, double meanNeck) {
    private static final double MERGE = 0.9;

    /**
     * Measures a solid.
     *
     * @param solid not changed
     * @param labels its particles, one array for each plane; null to split it at its necks, see {@link Grains}
     * @param voxel side lengths
     * @throws InvalidInput if the solid is empty
     */
    public static Density of(PhaseMask solid, int[][] labels, VoxelSize voxel, Progress progress) {
        long voxels = solid.count();
        if (voxels == 0) throw new InvalidInput("The phase is empty: there is no voxel to measure.");
        double box = voxel.x() * voxel.y() * voxel.z();
        double hull = ConvexHull.volume(solid, progress) * box;
        // A solid without a border has no necks that could be measured.
        if (voxels == solid.size()) return new Density(voxels * box, hull, 1, 0, Double.NaN);
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] squared = DistanceMap.squared(solid, metric, EdgeRule.IGNORE, progress.part(0, 0.3));
        int[][] particles =
                labels != null ? labels : Grains.of(squared, solid.width(), metric, MERGE, 26, progress.part(0.3, 0.9));
        List<Neck> necks = Contacts.of(particles, squared, solid.width(), voxel, 26, progress);
        double mean = necks.stream().mapToDouble(Neck::diameter).average().orElse(Double.NaN);
        return new Density(voxels * box, hull, count(particles), necks.size(), mean);
    }

    private static long count(int[][] labels) {
        BitSet found = new BitSet();
        for (int[] plane : labels) for (int label : plane) found.set(label);
        found.clear(0);
        return found.cardinality();
    }
}
