package sinterj.tomo;

import java.util.Arrays;
import java.util.function.Supplier;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The transpose of {@link Projector}: each voxel gathers from the rays that meet it, with the very weights of the
 * projection. A second set of weights belongs to the weighted back-projection, see {@link #interpolating}.
 *
 * <p>Voxels are worked on in small squares, whose rays for five tilts stay in the cache. Cost and memory are those of
 * the projection.
 */
public final class BackProjector {
    /** Length of the pieces that rows are worked on in. */
    private static final int CHUNK = 256;
    /** Tilts in one visit to a voxel: each brings up to two rays, which makes two full sums of five. */
    private static final int TILTS = 5;

    private final Geometry geometry;
    private final int tile;
    private final TapTable[] tables;

    /** Adds the taps by which a voxel gathers from the rays of a tilt. */
    private interface Gather {
        void taps(TapTable.Builder builder, int tilt, int x, int z);
    }

    private BackProjector(Geometry geometry, Gather gather, Progress progress) {
        this.geometry = geometry;
        // Measured: squares of 4 are best for slices of 128 x 128, of 2 for 256 x 256, whose rays lie further apart.
        tile = geometry.width() <= 160 ? 4 : 2;
        tables = new TapTable[(geometry.depth() + tile - 1) / tile];
        Parallel.forEach(progress, tables.length, i -> tables[i] = table(gather, i * tile));
    }

    /** The exact transpose of the projection. */
    public static BackProjector transposeOf(Geometry geometry, Progress progress) {
        Geometry.Tilt[] tilts = new Geometry.Tilt[geometry.tilts()];
        for (int a = 0; a < tilts.length; a++) tilts[a] = geometry.tilt(a);
        return new BackProjector(
                geometry, (builder, a, x, z) -> transposed(builder, geometry, tilts[a], a, x, z), progress);
    }

    private static void transposed(
            TapTable.Builder builder, Geometry geometry, Geometry.Tilt tilt, int number, int x, int z) {
        int voxel = tilt.steep ? z : x;
        int plane = tilt.steep ? x : z;
        double middle = tilt.rayThrough(voxel, plane);
        double reach = 1 / tilt.step;
        // The margin keeps a ray that rounding would lose; weights come from the very numbers of the projection.
        int first = Math.max(0, (int) Math.ceil(middle - reach - 1e-6));
        int last = Math.min(geometry.rays() - 1, (int) Math.floor(middle + reach + 1e-6));
        for (int ray = first; ray <= last; ray++) {
            if (!tilt.counts(ray)) continue;
            double position = tilt.position(ray, plane);
            int before = (int) Math.floor(position);
            double fraction = position - before;
            int row = number * geometry.rays() + ray;
            if (before == voxel) builder.tap(row, (float) ((1 - fraction) * tilt.step));
            if (before + 1 == voxel) builder.tap(row, (float) (fraction * tilt.step));
        }
    }

    /**
     * Reads each projection where the voxel's centre is seen, by linear interpolation; nothing beyond the detector.
     *
     * @param factors one per tilt
     */
    static BackProjector interpolating(Geometry geometry, double[] factors, Progress progress) {
        double[] angles = geometry.anglesDeg();
        return new BackProjector(
                geometry,
                (builder, a, x, z) -> {
                    double angle = Math.toRadians(angles[a]);
                    double u = (x - (geometry.width() - 1) / 2.0) * Math.cos(angle)
                            + (z - (geometry.depth() - 1) / 2.0) * Math.sin(angle)
                            + (geometry.rays() - 1) / 2.0;
                    int ray = (int) Math.floor(u);
                    double fraction = u - ray;
                    int row = a * geometry.rays() + ray;
                    if (ray >= 0 && ray < geometry.rays()) builder.tap(row, (float) ((1 - fraction) * factors[a]));
                    if (ray + 1 >= 0 && ray + 1 < geometry.rays())
                        builder.tap(row + 1, (float) (fraction * factors[a]));
                },
                progress);
    }

    private TapTable table(Gather gather, int firstZ) {
        int columns = (geometry.width() + tile - 1) / tile;
        int lastZ = Math.min(geometry.depth(), firstZ + tile);
        TapTable.Builder builder = new TapTable.Builder(columns);
        for (int column = 0; column < columns; column++) {
            int lastX = Math.min(geometry.width(), (column + 1) * tile);
            for (int first = 0; first < geometry.tilts(); first += TILTS) {
                int last = Math.min(geometry.tilts(), first + TILTS);
                for (int z = firstZ; z < lastZ; z++) {
                    for (int x = column * tile; x < lastX; x++) {
                        for (int a = first; a < last; a++) gather.taps(builder, a, x, z);
                        builder.visit((z - firstZ) * tile + x - column * tile);
                    }
                }
            }
            builder.endBucket();
        }
        return builder.build();
    }

    /** What becomes of the sum that a voxel row gathers. Each task has one of its own. */
    interface RowSink {
        /** Sets the start value of the sum; it holds anything. */
        default void begin(int row, float[] sum) {
            Arrays.fill(sum, 0);
        }

        /** Takes the sum, which may be overwritten. */
        void end(int row, float[] sum);

        /** The task has ended. */
        default void taskDone(int task) {}
    }

    /**
     * Back-projects a tilt series.
     *
     * @param series {@link Geometry#rayRows} rows of equal length
     * @param volume overwritten; {@link Geometry#voxelRows} rows of that length
     */
    public void backProject(float[][] series, float[][] volume, Progress progress) {
        forEachRow(series, () -> (row, sum) -> System.arraycopy(sum, 0, volume[row], 0, sum.length), progress);
    }

    /** Back-projects and hands each voxel row to a sink; a new sink is made for each task. */
    void forEachRow(float[][] series, Supplier<RowSink> sinks, Progress progress) {
        Parallel.forEach(progress, tasks(), task -> run(task, series, sinks.get()));
    }

    /** Number of tasks: one for some neighbouring planes. */
    int tasks() {
        return tables.length;
    }

    private void run(int task, float[][] series, RowSink sink) {
        TapTable table = tables[task];
        int length = series[0].length;
        float[][] sums = new float[tile * tile][length];
        int firstZ = task * tile;
        for (int column = 0; column < table.bucket.length - 1; column++) {
            forTile(firstZ, column, (row, i) -> sink.begin(row, sums[i]));
            for (int from = 0; from < length; from += CHUNK) {
                table.add(column, series, sums, from, Math.min(length, from + CHUNK));
            }
            forTile(firstZ, column, (row, i) -> sink.end(row, sums[i]));
        }
        sink.taskDone(task);
    }

    private interface TileRow {
        void accept(int row, int placeInTile);
    }

    private void forTile(int firstZ, int column, TileRow body) {
        int lastZ = Math.min(geometry.depth(), firstZ + tile);
        int lastX = Math.min(geometry.width(), (column + 1) * tile);
        for (int z = firstZ; z < lastZ; z++) {
            for (int x = column * tile; x < lastX; x++) {
                body.accept(z * geometry.width() + x, (z - firstZ) * tile + x - column * tile);
            }
        }
    }
}
