package sinterj.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures the labels of one frame. */
final class ParticleTable {
    private final int[][] labels;
    private final int width;
    private final int height;
    private final long[] sizes;
    private final double[][] sums;
    private final boolean[] cut;
    private final int[] neighbours;

    /** Looks at every voxel once. */
    ParticleTable(int[][] labels, int width) {
        this.labels = labels;
        this.width = width;
        height = labels[0].length / width;
        sizes = SizeOrder.sizes(labels);
        sums = new double[sizes.length][3];
        cut = new boolean[sizes.length];
        neighbours = new int[sizes.length];
        Set<Long> pairs = new HashSet<>();
        for (int z = 0; z < labels.length; z++) look(z, pairs);
        for (long pair : pairs) {
            neighbours[(int) (pair >> 32)]++;
            neighbours[(int) pair]++;
        }
    }

    private void look(int z, Set<Long> pairs) {
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int id = labels[z][i];
                if (id == 0) continue;
                sums[id][0] += x;
                sums[id][1] += y;
                sums[id][2] += z;
                cut[id] |= width > 1 && (x == 0 || x == width - 1)
                        || height > 1 && (y == 0 || y == height - 1)
                        || labels.length > 1 && (z == 0 || z == labels.length - 1);
                if (x > 0) meet(id, labels[z][i - 1], pairs);
                if (y > 0) meet(id, labels[z][i - width], pairs);
                if (z > 0) meet(id, labels[z - 1][i], pairs);
            }
        }
    }

    private static void meet(int id, int other, Set<Long> pairs) {
        if (other != 0 && other != id) pairs.add((long) Math.min(id, other) << 32 | Math.max(id, other));
    }

    /** Number of voxels of a label. */
    long size(int id) {
        return id < sizes.length ? sizes[id] : 0;
    }

    /** Centre of gravity of a label that has voxels, counted in voxels. */
    double[] centre(int id) {
        return new double[] {sums[id][0] / sizes[id], sums[id][1] / sizes[id], sums[id][2] / sizes[id]};
    }

    /** A row for each label that has voxels. */
    List<Particle> rows(int frame, VoxelSize voxel) {
        List<Particle> rows = new ArrayList<>();
        for (int id = 1; id < sizes.length; id++) {
            if (sizes[id] == 0) continue;
            double volume = sizes[id] * voxel.x() * voxel.y() * voxel.z();
            double[] at = centre(id);
            double[] centre = {at[0] * voxel.x(), at[1] * voxel.y(), at[2] * voxel.z()};
            double radius = Math.cbrt(volume * 3 / (4 * Math.PI));
            rows.add(new Particle(frame, id, sizes[id], volume, centre, radius, neighbours[id], cut[id]));
        }
        return rows;
    }
}
