package sinterj.tomo;

import java.util.List;
import sinterj.base.InvalidInput;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.image.Planes;
import sinterj.image.TiltSeries;
import sinterj.image.Volume;
import sinterj.math.ShiftFinder;

/**
 * A volume projected again, beside the projections it was made of. Counts are taken to be a straight line of the path
 * through the volume, the same for all projections: it is fitted, so background and counts per path need not be known.
 *
 * @param reprojections in counts, with the angles of the series
 * @param misfit of each projection: norm of the difference over the norm of the counts above the background
 * @param dx shift in pixels of each projection against its reprojection, across the axis
 * @param dy the same along the axis
 */
public record SeriesMisfit(TiltSeries reprojections, double[] misfit, double[] dx, double[] dy) {
    private static final double REACH = 5;
    private static final double TAPER = 0.1;

    /**
     * Compares.
     *
     * @param volume of the width and height of the projections, any depth
     * @throws InvalidInput if the sizes do not fit
     */
    public static SeriesMisfit of(TiltSeries series, Volume volume, Progress progress) {
        if (volume.width() != series.width() || volume.height() != series.height()) {
            throw new InvalidInput("The volume is " + volume.width() + " x " + volume.height()
                    + " voxels in x and y, but the projections have " + series.width() + " x " + series.height()
                    + " pixels. Give the volume that was reconstructed from them.");
        }
        Geometry geometry = Geometry.of(series, volume.depth(), 0);
        float[][] paths = RowImages.zeros(geometry.rayRows(), series.height());
        new Projector(geometry, progress).project(RowImages.rows(volume, progress), paths, progress);
        TiltSeries seen = RowImages.series(paths, geometry, series.pixel(), progress);
        double[] line = line(series, seen, progress);
        float[][] planes = new float[series.count()][];
        double[] misfit = new double[planes.length];
        double[] dx = new double[planes.length];
        double[] dy = new double[planes.length];
        int[] size = {series.width(), series.height()};
        double highPass = Math.max(4, Math.max(size[0], size[1]) / 4.0);
        ShiftFinder finder = new ShiftFinder(size, 1, highPass, TAPER, 2 * REACH);
        Parallel.forEach(progress, planes.length, k -> {
            planes[k] = seen.projection(k).clone();
            float[] data = series.projection(k).clone();
            double off = 0;
            double all = 0;
            for (int i = 0; i < data.length; i++) {
                // Without the background, whose fading to the border would stay in place whatever the shift.
                data[i] -= (float) line[0];
                planes[k][i] *= (float) line[1];
                off += Math.pow(data[i] - planes[k][i], 2);
                all += Math.pow(data[i], 2);
            }
            misfit[k] = all == 0 ? 0 : Math.sqrt(off / all);
            double[] by = finder.shift(finder.spectrum(planes[k]), finder.spectrum(data), REACH)
                    .by();
            for (int i = 0; i < data.length; i++) planes[k][i] += (float) line[0];
            dx[k] = by[0];
            dy[k] = by[1];
        });
        TiltSeries again = series.withProjections(Planes.ofFloats(List.of(planes), size[0], size[1]));
        return new SeriesMisfit(again, misfit, dx, dy);
    }

    /** Intercept and slope of the counts over the paths, by least squares. */
    private static double[] line(TiltSeries series, TiltSeries seen, Progress progress) {
        double n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int k = 0; k < series.count(); k++) {
            progress.check();
            float[] x = seen.projection(k);
            float[] y = series.projection(k);
            for (int i = 0; i < x.length; i++) {
                n++;
                sx += x[i];
                sy += y[i];
                sxx += (double) x[i] * x[i];
                sxy += (double) x[i] * y[i];
            }
        }
        double spread = sxx - sx * sx / n;
        double slope = spread > 0 ? (sxy - sx * sy / n) / spread : 0;
        return new double[] {(sy - slope * sx) / n, slope};
    }
}
