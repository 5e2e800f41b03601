package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The projection A of a volume along the rays of a {@link Geometry}, and the exact transpose of {@link BackProjector}.
 *
 * <p>Volumes and tilt series are rows along the tilt axis, as {@link RowImages} makes them: a weight then holds for a
 * whole row. The weights are worked out once. Rays are followed through one tile of the volume after the other, so that
 * the tile's rows stay in the cache for all tilts. The order of additions depends on the geometry alone, so results
 * have the same bits for any number of threads.
 *
 * <p>Cost: two multiplications per ray and plane, 0.1 ns each on one core with rows of at least 128; 8 bytes per weight.
 */
public final class Projector {
    /** Rows of a chunk of this length, for a tile and all tilts, fit into the second-level cache. */
    private static final int CHUNK = 256;
    /** Planes that a ray is followed over in one visit: two voxels each make two full sums of five. */
    private static final int PLANES = 5;
    /** Voxels along a plane that belong to one tile. */
    private static final int STRIP = 8;

    private final Geometry geometry;
    private final TapTable[] tables;
    private final int[] buckets;

    /** Works out the weights. */
    public Projector(Geometry geometry, Progress progress) {
        this.geometry = geometry;
        tables = new TapTable[geometry.tilts()];
        buckets = new int[geometry.tilts()];
        Parallel.forEach(progress, tables.length, a -> {
            tables[a] = table(geometry.tilt(a), a * geometry.rays());
            buckets[a] = tables[a].bucket.length - 1;
        });
    }

    /** Where rays meet voxels. */
    public Geometry geometry() {
        return geometry;
    }

    private TapTable table(Geometry.Tilt tilt, int firstRow) {
        int blocks = (tilt.planes + PLANES - 1) / PLANES;
        int strips = (tilt.voxels + STRIP - 1) / STRIP;
        TapTable.Builder builder = new TapTable.Builder(blocks * strips);
        int[] stripOf = new int[blocks * geometry.rays()];
        for (int b = 0; b < blocks; b++) {
            double middle = b * PLANES + (PLANES - 1) / 2.0;
            for (int u = 0; u < geometry.rays(); u++) {
                int strip = (int) Math.floor(tilt.position(u, middle) / STRIP);
                stripOf[b * geometry.rays() + u] = Math.max(0, Math.min(strips - 1, strip));
            }
        }
        for (int s = 0; s < strips; s++) {
            for (int b = 0; b < blocks; b++) {
                for (int u = 0; u < geometry.rays(); u++) {
                    if (stripOf[b * geometry.rays() + u] == s && tilt.counts(u)) {
                        visit(builder, tilt, u, b);
                        builder.visit(firstRow + u);
                    }
                }
                builder.endBucket();
            }
        }
        return builder.build();
    }

    private static void visit(TapTable.Builder builder, Geometry.Tilt tilt, int ray, int block) {
        int end = Math.min(tilt.planes, (block + 1) * PLANES);
        for (int plane = block * PLANES; plane < end; plane++) {
            double position = tilt.position(ray, plane);
            int voxel = (int) Math.floor(position);
            double fraction = position - voxel;
            if (voxel >= 0 && voxel < tilt.voxels) {
                builder.tap(tilt.row(voxel, plane), (float) ((1 - fraction) * tilt.step));
            }
            if (voxel + 1 >= 0 && voxel + 1 < tilt.voxels) {
                builder.tap(tilt.row(voxel + 1, plane), (float) (fraction * tilt.step));
            }
        }
    }

    /**
     * Projects a volume.
     *
     * @param volume {@link Geometry#voxelRows} rows of equal length
     * @param series overwritten; {@link Geometry#rayRows} rows of that length
     */
    public void project(float[][] volume, float[][] series, Progress progress) {
        int length = series[0].length;
        Parallel.forEach(progress, tasks(length), i -> project(i, volume, series, (row, from, to) -> {}));
    }

    /** What is to be done with a row of the tilt series once its sum is complete. */
    @FunctionalInterface
    interface RowDone {
        /** @param row tilt and ray; the sum is complete from one position in it to another */
        void done(int row, int from, int to);
    }

    /** Number of independent tasks that a projection of rows of a length is made of. */
    int tasks(int length) {
        return groups() * chunks(length);
    }

    /** Tilts are worked on in groups: few enough of them to share tiles in the cache, enough to occupy threads. */
    private int groups() {
        return Math.min(tables.length, Math.max(4, (tables.length + 15) / 16));
    }

    private static int chunks(int length) {
        return (length + CHUNK - 1) / CHUNK;
    }

    /** Does one of the tasks of a projection. */
    void project(int task, float[][] volume, float[][] series, RowDone rowDone) {
        int group = task % groups();
        int from = task / groups() * CHUNK;
        int to = Math.min(series[0].length, from + CHUNK);
        int first = group * tables.length / groups();
        int end = (group + 1) * tables.length / groups();
        int most = 0;
        for (int a = first; a < end; a++) {
            most = Math.max(most, buckets[a]);
            for (int u = 0; u < geometry.rays(); u++) Arrays.fill(series[a * geometry.rays() + u], from, to, 0);
        }
        for (int b = 0; b < most; b++) {
            for (int a = first; a < end; a++) {
                if (b < buckets[a]) tables[a].add(b, volume, series, from, to);
            }
        }
        for (int row = first * geometry.rays(); row < end * geometry.rays(); row++) rowDone.done(row, from, to);
    }

    /** The sum of the weights of each ray: its length within the volume. */
    public float[] rayLengths() {
        float[] sums = new float[geometry.rayRows()];
        for (TapTable table : tables) {
            for (int v = 0; v < table.out.length; v++) {
                for (int k = table.start[v]; k < table.start[v + 1]; k++) sums[table.out[v]] += table.weight[k];
            }
        }
        return sums;
    }

    /** The sum of the weights of each voxel over all rays: about the number of tilts that see it. */
    public float[] voxelSums() {
        float[] sums = new float[geometry.voxelRows()];
        for (TapTable table : tables) {
            for (int k = 0; k < table.row.length; k++) sums[table.row[k]] += table.weight[k];
        }
        return sums;
    }

    /** Number of weights. */
    public long weights() {
        long count = 0;
        for (TapTable table : tables) count += table.row.length;
        return count;
    }
}
