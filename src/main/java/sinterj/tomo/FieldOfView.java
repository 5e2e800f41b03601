package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Progress;
import sinterj.image.TiltSeries;

/**
 * Whether the object ends within the projections. If it is cut at the sides, rays meet matter that lies outside the
 * volume over the detector; the volume is then padded for it, and rays that leave even the padded volume through its
 * sides are left out.
 */
public final class FieldOfView {
    /** The signal at the edges, over the largest, above which an object counts as cut. */
    private static final double CUT = 0.25;

    private FieldOfView() {}

    /**
     * Where to reconstruct.
     *
     * @param series projections
     * @param depth voxels along z
     * @param background counts without matter, or NaN if it is not known: then the darkest spot has none
     */
    public static Geometry geometry(TiltSeries series, int depth, double background, Progress progress) {
        int padding = padding(series, depth, background, progress);
        Geometry geometry = Geometry.of(series, depth, padding);
        return padding > 0 ? geometry.withWholeRaysOnly() : geometry;
    }

    /** Voxels to add on each side; 0 if the object ends within the projections. */
    public static int padding(TiltSeries series, int depth, double background, Progress progress) {
        if (series.width() < 8 || !isCut(series, background, progress)) return 0;
        double steepest = 0;
        for (double angle : series.anglesDeg()) {
            double folded = Math.abs(angle - 180 * Math.rint(angle / 180));
            steepest = Math.max(steepest, Math.toRadians(Math.min(folded, 80)));
        }
        double half = series.width() / 2.0;
        double needed = half * (1 / Math.cos(steepest) - 1) + depth / 2.0 * Math.tan(steepest);
        return (int) Math.ceil(Math.min(needed, half)); // more than twice the width is not worth its time
    }

    private static boolean isCut(TiltSeries series, double background, Progress progress) {
        int width = series.width();
        double[] profile = new double[width];
        double darkest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < series.count(); k++) {
            progress.check();
            float[] plane = series.projection(k);
            for (int i = 0; i < plane.length; i++) profile[i % width] += plane[i];
            if (Double.isNaN(background)) darkest = Math.min(darkest, darkestSpot(plane, width));
        }
        double pixels = (double) series.count() * series.height();
        double dark = Double.isNaN(background) ? darkest : background;
        double left = (profile[0] + profile[1] + profile[2]) / 3 / pixels - dark;
        double right = (profile[width - 1] + profile[width - 2] + profile[width - 3]) / 3 / pixels - dark;
        double high = Arrays.stream(profile).max().orElse(0) / pixels - dark;
        return Math.max(left, right) > CUT * high;
    }

    /** The lowest mean over squares of up to 16 pixels a side: low, but not for noise alone. */
    private static double darkestSpot(float[] plane, int width) {
        int height = plane.length / width;
        int side = Math.min(16, Math.min(width, height));
        double darkest = Double.POSITIVE_INFINITY;
        for (int y0 = 0; y0 + side <= height; y0 += side) {
            for (int x0 = 0; x0 + side <= width; x0 += side) {
                double sum = 0;
                for (int y = y0; y < y0 + side; y++) {
                    for (int x = x0; x < x0 + side; x++) sum += plane[y * width + x];
                }
                darkest = Math.min(darkest, sum / side / side);
            }
        }
        return darkest;
    }
}
