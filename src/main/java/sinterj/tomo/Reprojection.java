package sinterj.tomo;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.VoxelSize;
import sinterj.math.ShiftFinder;

/** Compares projections with those of the volume that they make together. */
final class Reprojection {
    private static final int ITERATIONS = 30;
    private static final double SMOOTHING = 1;
    private static final double TAPER = 0.15;

    /** Largest shift of one comparison, in pixels. */
    private static final double REACH = 3;

    private final TiltImages images;
    private final Geometry geometry;
    private final Projector projector;
    private final BackProjector back;
    private final ShiftFinder finder;

    /**
     * How projections lie on their reprojections.
     *
     * @param residual |A x - b| / |b| over the projections in use
     * @param dx shift of each projection against its reprojection across the axis, in pixels
     * @param dy shift along the axis
     * @param alike correlation coefficient of the two
     */
    record Match(double residual, double[] dx, double[] dy, double[] alike) {}

    Reprojection(TiltImages images, Progress progress) {
        this.images = images;
        double[] degrees = Arrays.stream(images.radians).map(Math::toDegrees).toArray();
        geometry = new Geometry(degrees, images.width, images.width, images.width, false);
        projector = new Projector(geometry, progress);
        back = BackProjector.transposeOf(geometry, progress);
        int[] size = {images.width, images.height};
        double highPass = Math.max(4, Math.max(images.width, images.height) / 4.0);
        finder = new ShiftFinder(size, SMOOTHING, highPass, TAPER, 2 * REACH);
    }

    /** Reconstructs the moved projections that are in use, and compares all of them with the reprojections. */
    Match match(Poses poses, boolean[] used, Progress progress) {
        float[][] moved = new float[images.count][];
        Parallel.forEach(progress, images.count, k -> moved[k] = images.moved(k, poses.move(k)));
        TiltSeries series = new TiltSeries(
                Planes.ofFloats(List.of(moved), images.width, images.height), geometry.anglesDeg(), VoxelSize.pixels());
        float[][] data = RowImages.rows(series, progress);
        float[][] again = RowImages.zeros(data.length, images.height);
        projector.project(reconstructed(data, used, progress), again, progress);
        TiltSeries seen = RowImages.series(again, geometry, VoxelSize.pixels(), progress);
        double[] dx = new double[images.count];
        double[] dy = new double[images.count];
        double[] alike = new double[images.count];
        Parallel.forEach(progress, images.count, k -> {
            ShiftFinder.Shift shift =
                    finder.shift(finder.spectrum(seen.projection(k)), finder.spectrum(moved[k]), REACH);
            dx[k] = shift.by()[0];
            dy[k] = shift.by()[1];
            alike[k] = shift.height();
        });
        return new Match(residual(data, again, used), dx, dy, alike);
    }

    private float[][] reconstructed(float[][] data, boolean[] used, Progress progress) {
        float[][] volume = RowImages.zeros(geometry.voxelRows(), images.height);
        float[][] misfit = RowImages.zeros(data.length, images.height);
        float[][] change = RowImages.zeros(geometry.voxelRows(), images.height);
        float[] rayLengths = projector.rayLengths();
        float[] voxelSums = projector.voxelSums();
        for (int i = 0; i < ITERATIONS; i++) {
            progress.check();
            projector.project(volume, misfit, progress);
            Parallel.forEach(progress, geometry.tilts(), k -> {
                for (int row = k * geometry.rays(); row < (k + 1) * geometry.rays(); row++) {
                    float weight = used[k] && rayLengths[row] > 0 ? 1 / rayLengths[row] : 0;
                    for (int y = 0; y < images.height; y++) {
                        misfit[row][y] = weight * (data[row][y] - misfit[row][y]);
                    }
                }
            });
            back.backProject(misfit, change, progress);
            Parallel.forEach(progress, geometry.depth(), z -> {
                for (int row = z * geometry.width(); row < (z + 1) * geometry.width(); row++) {
                    float step = voxelSums[row] > 0 ? 1 / voxelSums[row] : 0;
                    for (int y = 0; y < images.height; y++) {
                        volume[row][y] = Math.max(0, volume[row][y] + step * change[row][y]);
                    }
                }
            });
        }
        return volume;
    }

    private double residual(float[][] data, float[][] again, boolean[] used) {
        double off = 0;
        double all = 0;
        for (int row = 0; row < data.length; row++) {
            if (!used[row / geometry.rays()]) continue;
            for (int y = 0; y < images.height; y++) {
                double difference = again[row][y] - data[row][y];
                off += difference * difference;
                all += (double) data[row][y] * data[row][y];
            }
        }
        return all == 0 ? 0 : Math.sqrt(off / all);
    }
}
