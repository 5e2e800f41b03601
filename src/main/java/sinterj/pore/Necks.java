package sinterj.pore;

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
 * The grains of a phase, the necks between them, and how wide the widest way through the phase is.
 *
 * <p>Grains are the regions of a watershed of the exact distance to the border, see {@link Grains}. Distances, and with
 * them
 * diameters, are those between centres of voxels: nothing is smoothed or resampled, for equal and unequal voxel sides.
 *
 * @param grains numbers of grains by size from 1, one array for each plane; 0 outside
 * @param grainCount number of grains
 * @param necks in the order of their grains
 * @param criticalDiameters of the largest ball that passes along x, y, z; 0 if none does
 * @param constrictivity null if it was not asked for
 */
public record Necks(
        int[][] grains, int grainCount, List<Neck> necks, double[] criticalDiameters, Constrictivity constrictivity) {
    /**
     * Splits a phase into grains and measures their necks. Cost: O(voxels); 16 bytes a voxel.
     *
     * @param phase not changed
     * @param voxel side lengths
     * @param merge from 0 to 1, see {@link Grains}
     * @param minContact necks of a smaller area are left out, in squares of the voxels' unit
     * @param adjacency 6 or 26
     * @param withConstrictivity whether to measure the constrictivity, which takes the longest
     * @throws InvalidInput if the phase is empty or fills the image
     */
    public static Necks of(
            PhaseMask phase,
            VoxelSize voxel,
            double merge,
            double minContact,
            int adjacency,
            boolean withConstrictivity,
            Progress progress) {
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] squared = DistanceMap.squared(phase, metric, EdgeRule.IGNORE, progress.part(0, 0.1));
        requireLimits(phase);
        int[][] grains = Grains.of(squared, phase.width(), metric, merge, adjacency, progress.part(0.1, 0.4));
        List<Neck> necks = Contacts.of(grains, squared, phase.width(), voxel, adjacency, progress).stream()
                .filter(neck -> neck.area() >= minContact)
                .toList();
        float[] values = valuesOf(squared, progress);
        double[] critical = CriticalPath.diameters(phase, squared, values, metric, adjacency, progress.part(0.4, 0.5));
        Constrictivity constrictivity = withConstrictivity
                ? Constrictivity.of(phase, squared, values, voxel, adjacency, progress.part(0.5, 1))
                : null;
        return new Necks(grains, largest(grains), necks, critical, constrictivity);
    }

    private static void requireLimits(PhaseMask phase) {
        long count = phase.count();
        if (count == 0) throw new InvalidInput("The phase is empty: there is no voxel to measure.");
        if (count == phase.size()) {
            throw new InvalidInput(
                    "The phase fills the whole image, so no surface limits its grains. Choose the other" + " phase.");
        }
    }

    private static float[] valuesOf(float[][] squared, Progress progress) {
        ValueCounter counter = new ValueCounter();
        for (float[] plane : squared) {
            progress.check();
            for (float value : plane) if (value > 0) counter.add(0, value);
        }
        long[] keys = counter.sortedKeys();
        float[] values = new float[keys.length];
        for (int i = 0; i < keys.length; i++) values[i] = Float.intBitsToFloat((int) keys[i]);
        return values;
    }

    private static int largest(int[][] labels) {
        int largest = 0;
        for (int[] plane : labels) for (int label : plane) largest = Math.max(largest, label);
        return largest;
    }

    /**
     * An image of the necks: each voxel that shares a face with another grain holds the number of the neck, counted
     * from 1 in the order of {@link #necks}; of several necks that with the smallest number.
     */
    public int[][] neckImage(int width, Progress progress) {
        return NeckImage.of(grains, necks, width, progress);
    }
}
