package sinterj.tomo;

import java.util.ArrayList;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.image.VoxelSize;

/**
 * Volumes and tilt series as rows along the tilt axis y, one array each: row {@code z * width + x} of a volume and row
 * {@code tilt * rays + u} of a tilt series. What is the same for every slice across the axis then takes the same factor
 * all along a row, and the neighbours in x and z are other rows.
 */
public final class RowImages {
    private RowImages() {}

    /** New rows of zeros. */
    public static float[][] zeros(int rows, int length) {
        return new float[rows][length];
    }

    /** A tilt series as rows. */
    public static float[][] rows(TiltSeries series, Progress progress) {
        return rows(series.width(), series.height(), series.count(), series::projection, progress);
    }

    /** A volume as rows. */
    public static float[][] rows(Volume volume, Progress progress) {
        return rows(volume.width(), volume.height(), volume.depth(), volume::plane, progress);
    }

    private interface PlaneSource {
        float[] plane(int number);
    }

    private static float[][] rows(int width, int height, int depth, PlaneSource source, Progress progress) {
        float[][] rows = new float[Math.multiplyExact(width, depth)][];
        Parallel.forEach(progress, depth, k -> {
            float[] plane = source.plane(k);
            for (int x = 0; x < width; x++) {
                float[] row = new float[height];
                for (int y = 0, i = x; y < height; y++, i += width) row[y] = plane[i];
                rows[k * width + x] = row;
            }
        });
        return rows;
    }

    /**
     * Rows as a volume of planes.
     *
     * @param rows rows of a volume, width voxels along x
     * @param padding voxels to leave out on each side in x
     * @param size side lengths of a voxel
     */
    public static Volume volume(float[][] rows, int width, int padding, VoxelSize size, Progress progress) {
        int kept = width - 2 * padding;
        int height = rows[0].length;
        List<float[]> planes = planes(rows, width, padding, progress);
        return new Volume(Planes.ofFloats(planes, kept, height), size);
    }

    /** Rows as a tilt series with the angles of a geometry. */
    public static TiltSeries series(float[][] rows, Geometry geometry, VoxelSize pixel, Progress progress) {
        List<float[]> planes = planes(rows, geometry.rays(), 0, progress);
        return new TiltSeries(Planes.ofFloats(planes, geometry.rays(), rows[0].length), geometry.anglesDeg(), pixel);
    }

    private static List<float[]> planes(float[][] rows, int width, int padding, Progress progress) {
        int height = rows[0].length;
        int kept = width - 2 * padding;
        List<float[]> planes = new ArrayList<>();
        for (int k = 0; k < rows.length / width; k++) planes.add(new float[Math.multiplyExact(kept, height)]);
        Parallel.forEach(progress, planes.size(), k -> {
            float[] plane = planes.get(k);
            for (int x = 0; x < kept; x++) {
                float[] row = rows[k * width + padding + x];
                for (int y = 0, i = x; y < height; y++, i += kept) plane[i] = row[y];
            }
        });
        return planes;
    }
}
