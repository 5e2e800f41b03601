package sinterj.image;

import java.util.TreeMap;
import sinterj.base.Progress;

/** The particles of one frame by themselves: connected parts of the solid, split at their necks. */
final class ParticleSplit {
    private ParticleSplit() {}

    /**
     * Splits a solid into particles.
     *
     * @param solid not changed; not the whole image
     * @return new labels, numbered by size from 1
     */
    static int[][] of(PhaseMask solid, VoxelSize voxel, ParticleOptions options, Progress progress) {
        int[][] labels = options.split() ? split(solid, voxel, options, progress) : parts(solid, progress);
        double least = options.minVolume() / (voxel.x() * voxel.y() * voxel.z());
        if (least > 1) SizeOrder.number(labels, joined(labels, solid.width(), least, progress));
        return labels;
    }

    private static int[][] split(PhaseMask solid, VoxelSize voxel, ParticleOptions options, Progress progress) {
        LatticeMetric metric = LatticeMetric.of(voxel);
        float[][] squared = DistanceMap.squared(solid, metric, EdgeRule.IGNORE, progress.part(0, 0.3));
        return Grains.of(squared, solid.width(), metric, options.merge(), 26, progress.part(0.3, 1));
    }

    private static int[][] parts(PhaseMask solid, Progress progress) {
        int[][] labels = new int[solid.depth()][solid.width() * solid.height()];
        Components parts = Components.of(solid, 26, progress);
        for (int z = 0; z < labels.length; z++) {
            int[] plane = labels[z];
            parts.visit(z, (id, y, from, to) -> {
                for (int x = from; x < to; x++) plane[y * solid.width() + x] = id;
            });
        }
        return labels;
    }

    /** For each label itself, the large one it shares most faces with if it is too small, or 0. */
    private static int[] joined(int[][] labels, int width, double least, Progress progress) {
        long[] sizes = SizeOrder.sizes(labels);
        TreeMap<Long, Integer> faces = new TreeMap<>();
        for (int z = 0; z < labels.length; z++) {
            progress.check();
            for (int i = 0; i < labels[z].length; i++) {
                int own = labels[z][i];
                if (i % width > 0) count(own, labels[z][i - 1], sizes, least, faces);
                if (i >= width) count(own, labels[z][i - width], sizes, least, faces);
                if (z > 0) count(own, labels[z - 1][i], sizes, least, faces);
            }
        }
        int[] into = new int[sizes.length];
        int[] most = new int[sizes.length];
        for (int label = 1; label < into.length; label++) if (sizes[label] >= least) into[label] = label;
        faces.forEach((pair, count) -> {
            int small = (int) (pair >> 32);
            if (count > most[small]) {
                most[small] = count;
                into[small] = (int) (long) pair;
            }
        });
        return into;
    }

    private static void count(int a, int b, long[] sizes, double least, TreeMap<Long, Integer> faces) {
        if (a == 0 || b == 0 || a == b || sizes[a] < least == sizes[b] < least) return;
        long pair = sizes[a] < least ? (long) a << 32 | b : (long) b << 32 | a;
        faces.merge(pair, 1, Integer::sum);
    }
}
