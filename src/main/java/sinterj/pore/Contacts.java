package sinterj.pore;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.LatticeMetric;
import sinterj.image.VoxelSize;

/**
 * Measures the contacts between labels that touch. Distances and counts are combined plane by plane, so the result does
 * not depend on the number of threads. Cost: 13 looks at each voxel.
 */
public final class Contacts {
    private final int[][] labels;
    private final float[][] squared;
    private final int width;
    private final int adjacency;

    /** What is summed up of one contact. */
    private static final class Sums {
        private float saddle;
        private final long[] pairs = new long[Directions.STEPS.length];
        private final long[] signed = new long[3];
        private final double[] at = new double[3];

        void add(Sums other) {
            saddle = Math.max(saddle, other.saddle);
            for (int k = 0; k < pairs.length; k++) pairs[k] += other.pairs[k];
            for (int a = 0; a < 3; a++) signed[a] += other.signed[a];
            for (int a = 0; a < 3; a++) at[a] += other.at[a];
        }
    }

    private Contacts(int[][] labels, float[][] squared, int width, int adjacency) {
        this.labels = labels;
        this.squared = squared;
        this.width = width;
        this.adjacency = adjacency;
    }

    /**
     * Finds every pair of labels that share a face of a voxel.
     *
     * @param labels one array for each plane, 0 is outside; not changed
     * @param squared squared distances to the outside; not changed
     * @param width voxels along x
     * @param voxel side lengths
     * @param adjacency neighbours through which a ball may pass, 6 or 26
     * @return necks in the order of their grains
     */
    public static List<Neck> of(
            int[][] labels, float[][] squared, int width, VoxelSize voxel, int adjacency, Progress progress) {
        Contacts contacts = new Contacts(labels, squared, width, adjacency);
        List<TreeMap<Long, Sums>> byPlane = new ArrayList<>();
        for (int z = 0; z < labels.length; z++) byPlane.add(new TreeMap<>());
        Parallel.forEach(progress, labels.length, z -> contacts.look(z, byPlane.get(z)));
        TreeMap<Long, Sums> all = new TreeMap<>();
        for (TreeMap<Long, Sums> plane : byPlane) {
            plane.forEach(
                    (pair, sums) -> all.computeIfAbsent(pair, p -> new Sums()).add(sums));
        }
        LatticeMetric metric = LatticeMetric.of(voxel);
        double[] shares = Directions.sharesInSpace(voxel);
        List<Neck> necks = new ArrayList<>();
        all.forEach((pair, sums) -> {
            long faces = sums.pairs[0] + sums.pairs[1] + sums.pairs[2];
            if (faces > 0) necks.add(neck(pair, sums, faces, metric, voxel, shares));
        });
        return necks;
    }

    private void look(int z, TreeMap<Long, Sums> found) {
        int height = labels[z].length / width;
        long lastPair = 0;
        Sums last = null;
        for (int k = 0; k < Directions.STEPS.length; k++) {
            int[] step = Directions.STEPS[k];
            int otherZ = z + step[2];
            if (otherZ < 0 || otherZ >= labels.length) continue;
            for (int y = Math.max(0, -step[1]); y < height - Math.max(0, step[1]); y++) {
                int shift = step[1] * width + step[0];
                for (int x = 0; x < width - step[0]; x++) {
                    int i = y * width + x;
                    int a = labels[z][i];
                    int b = labels[otherZ][i + shift];
                    if (a == b || a == 0 || b == 0) continue;
                    long pair = (long) Math.min(a, b) << 32 | Math.max(a, b);
                    if (pair != lastPair) last = found.computeIfAbsent(pair, p -> new Sums());
                    lastPair = pair;
                    last.pairs[k]++;
                    if (k < 3 || adjacency == 26) {
                        last.saddle = Math.max(last.saddle, Math.min(squared[z][i], squared[otherZ][i + shift]));
                    }
                    if (k < 3) {
                        last.signed[k] += a < b ? 1 : -1;
                        last.at[0] += x + step[0] / 2.0;
                        last.at[1] += y + step[1] / 2.0;
                        last.at[2] += z + step[2] / 2.0;
                    }
                }
            }
        }
    }

    private static Neck neck(long pair, Sums sums, long faces, LatticeMetric metric, VoxelSize voxel, double[] shares) {
        double[] side = {voxel.x(), voxel.y(), voxel.z()};
        double volume = side[0] * side[1] * side[2];
        double[] vector = new double[3];
        double[] centre = new double[3];
        double square = 0;
        for (int a = 0; a < 3; a++) {
            vector[a] = sums.signed[a] * volume / side[a];
            centre[a] = sums.at[a] / faces * side[a];
            square += vector[a] * vector[a];
        }
        double area = Math.sqrt(square);
        double crofton = 0;
        for (int k = 0; k < shares.length; k++) {
            crofton += shares[k] * sums.pairs[k] * volume / Directions.length(Directions.STEPS[k], voxel);
        }
        double[] normal = new double[3];
        if (area > 0) for (int a = 0; a < 3; a++) normal[a] = vector[a] / area;
        double diameter = 2 * metric.length(sums.saddle);
        return new Neck((int) (pair >> 32), (int) pair, diameter, area, 2 * crofton, faces, centre, normal);
    }
}
