package sinterj.image;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** Where the particles of one frame are expected in the next, and which of its regions they meet there. */
final class ExpectedParticles {
    private final int[][] regions;
    private final int width;
    private final int height;
    private final int[][] ids;
    private final float[][] depths;
    private final long[] regionSizes;
    private int[] regionOf = new int[0];
    private long[] coreOf = new long[0];
    private int[] mostOf = new int[0];
    private final Set<Integer> present = new HashSet<>();

    /** @param regions of the next frame, 0 outside; not changed */
    ExpectedParticles(int[][] regions, int width) {
        this.regions = regions;
        this.width = width;
        height = regions[0].length / width;
        ids = new int[regions.length][regions[0].length];
        depths = new float[regions.length][regions[0].length];
        regionSizes = SizeOrder.sizes(regions);
    }

    /** Expects a particle at a voxel, if that is solid; where two are expected the deeper one stays. */
    void put(int id, int x, int y, int z, float depth) {
        if (x < 0 || y < 0 || z < 0 || x >= width || y >= height || z >= regions.length) return;
        int i = y * width + x;
        if (regions[z][i] == 0 || depth <= depths[z][i]) return;
        ids[z][i] = id;
        depths[z][i] = depth;
        present.add(id);
    }

    /** Whether a particle met anything solid. */
    boolean has(int id) {
        return present.contains(id);
    }

    /** Puts a particle that met nothing at the solid voxel nearest to its centre, if one is as near as it is large. */
    void putNearest(int id, double[] centre, double[] move, long size) {
        double reach = Math.cbrt(size * 3 / (4 * Math.PI)) + 1.5;
        double best = reach * reach;
        int atZ = -1;
        int at = 0;
        int around = (int) Math.ceil(reach);
        int[] middle = new int[3];
        for (int a = 0; a < 3; a++) middle[a] = (int) Math.rint(centre[a] + move[a]);
        for (int z = Math.max(0, middle[2] - around); z <= Math.min(regions.length - 1, middle[2] + around); z++) {
            for (int y = Math.max(0, middle[1] - around); y <= Math.min(height - 1, middle[1] + around); y++) {
                for (int x = Math.max(0, middle[0] - around); x <= Math.min(width - 1, middle[0] + around); x++) {
                    double dx = x - centre[0] - move[0];
                    double dy = y - centre[1] - move[1];
                    double dz = z - centre[2] - move[2];
                    double squared = dx * dx + dy * dy + dz * dz;
                    if (squared >= best || regions[z][y * width + x] == 0) continue;
                    best = squared;
                    atZ = z;
                    at = y * width + x;
                }
            }
        }
        if (atZ < 0) return;
        ids[atZ][at] = id;
        present.add(id);
    }

    /**
     * Finds the region of each particle and the particle of each region.
     *
     * @param deepest largest squared depth within each particle
     * @param core part of that which a voxel of the core has at least
     */
    void count(float[] deepest, float core) {
        TreeMap<Long, Long> cores = new TreeMap<>();
        TreeMap<Long, Long> all = new TreeMap<>();
        for (int z = 0; z < ids.length; z++) {
            for (int i = 0; i < ids[z].length; i++) {
                int id = ids[z][i];
                if (id == 0) continue;
                long pair = (long) id << 32 | regions[z][i];
                all.merge(pair, 1L, Long::sum);
                if (depths[z][i] >= core * deepest[id]) cores.merge(pair, 1L, Long::sum);
            }
        }
        regionOf = new int[deepest.length];
        coreOf = new long[deepest.length];
        // What met a region with its core goes before what met it with its outskirts only.
        cores.forEach((pair, n) -> choose(pair, n, coreOf, regionOf));
        boolean[] settled = new boolean[deepest.length];
        for (int id = 0; id < settled.length; id++) settled[id] = regionOf[id] > 0;
        all.forEach((pair, n) -> {
            if (!settled[(int) (pair >> 32)]) choose(pair, n, coreOf, regionOf);
        });
        mostOf = new int[regionSizes.length];
        long[] mostInRegion = new long[regionSizes.length];
        all.forEach((pair, n) -> {
            int region = (int) (long) pair;
            if (2 * n > regionSizes[region] && n > mostInRegion[region]) {
                mostInRegion[region] = n;
                mostOf[region] = (int) (pair >> 32);
            }
        });
    }

    private static void choose(long pair, long n, long[] most, int[] chosen) {
        int id = (int) (pair >> 32);
        if (n <= most[id]) return;
        most[id] = n;
        chosen[id] = (int) pair;
    }

    /** The region that holds most of a particle's core; 0 if the particle is gone. */
    int regionOf(int id) {
        return regionOf[id];
    }

    /** Number of voxels of a particle's core in its region. */
    long coreOf(int id) {
        return coreOf[id];
    }

    /** The particle that fills more than half of a region; 0 if none does. */
    int mostOf(int region) {
        return mostOf[region];
    }

    /** Number of regions. */
    int regions() {
        return regionSizes.length - 1;
    }

    /** The particle that is expected at a voxel, or 0. */
    int at(int z, int i) {
        return ids[z][i];
    }
}
