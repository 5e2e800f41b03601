package sinterj.pore;

import java.util.Arrays;

/**
 * Finds, plane by plane, the voxels whose ball is covered by none of the balls around their 26 neighbours. Neighbours
 * of one kind need the same radius, so only their largest is asked for, and largest values of rows above and below are
 * taken once for a whole row.
 */
final class RidgeFinder {
    private final DistancePlanes map;
    private final Containment covered;
    private final float[][] rows = new float[9][];
    private final float[] alongY;
    private final float[] alongZ;
    private final float[] alongYz;

    RidgeFinder(DistancePlanes map, Containment covered) {
        this.map = map;
        this.covered = covered;
        int padded = map.width() + 2;
        for (int i = 0; i < 9; i++) rows[i] = new float[padded];
        alongY = new float[padded];
        alongZ = new float[padded];
        alongYz = new float[padded];
    }

    /**
     * The ridge of plane z.
     *
     * @return one bit a voxel, voxel i being bit {@code i % 64} of word {@code i / 64}
     */
    long[] find(int z) {
        long[] ridge = new long[(map.pixelsPerPlane() + 63) >> 6];
        for (int dz = 0; dz < 3; dz++) {
            load(rows[3 * dz + 1], -1, z + dz - 1);
            load(rows[3 * dz + 2], 0, z + dz - 1);
        }
        for (int y = 0; y < map.height(); y++) {
            for (int dz = 0; dz < 3; dz++) {
                float[] oldest = rows[3 * dz];
                rows[3 * dz] = rows[3 * dz + 1];
                rows[3 * dz + 1] = rows[3 * dz + 2];
                rows[3 * dz + 2] = oldest;
                load(oldest, y + 1, z + dz - 1);
            }
            largest(rows[3], rows[5], alongY);
            largest(rows[1], rows[7], alongZ);
            largest(rows[0], rows[2], alongYz);
            raise(rows[6], rows[8], alongYz);
            scan(rows[4], y * map.width(), ridge);
        }
        return ridge;
    }

    /** Copies a row between two voxels of what lies beyond its ends. */
    private void load(float[] row, int y, int z) {
        int height = map.height();
        int depth = map.depth();
        boolean outside = y < 0 && !map.wraps(height) || y >= height && !map.wraps(height);
        outside |= z < 0 && !map.wraps(depth) || z >= depth && !map.wraps(depth);
        if (outside) {
            Arrays.fill(row, 0);
            return;
        }
        int width = map.width();
        int from = Math.floorMod(y, height) * width;
        System.arraycopy(map.planes()[Math.floorMod(z, depth)], from, row, 1, width);
        row[0] = map.wraps(width) ? row[width] : 0;
        row[width + 1] = map.wraps(width) ? row[1] : 0;
    }

    private static void largest(float[] a, float[] b, float[] out) {
        for (int i = 0; i < out.length; i++) out[i] = Math.max(a[i], b[i]);
    }

    private static void raise(float[] a, float[] b, float[] out) {
        for (int i = 0; i < out.length; i++) out[i] = Math.max(out[i], Math.max(a[i], b[i]));
    }

    private void scan(float[] row, int from, long[] ridge) {
        float[] need = covered.thresholds();
        float[] ay = alongY;
        float[] az = alongZ;
        float[] ayz = alongYz;
        for (int i = 1; i < row.length - 1; i++) {
            float own = row[i];
            if (own == 0) continue;
            int t = covered.index(own);
            if (ayz[i] >= need[t + 6] || ay[i] >= need[t + 2] || az[i] >= need[t + 4]) continue;
            if (Math.max(row[i - 1], row[i + 1]) >= need[t + 1]) continue;
            if (Math.max(ayz[i - 1], ayz[i + 1]) >= need[t + 7]) continue;
            if (Math.max(ay[i - 1], ay[i + 1]) >= need[t + 3]) continue;
            if (Math.max(az[i - 1], az[i + 1]) >= need[t + 5]) continue;
            int voxel = from + i - 1;
            ridge[voxel >> 6] |= 1L << voxel;
        }
    }
}
