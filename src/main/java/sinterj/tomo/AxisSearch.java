package sinterj.tomo;

import org.apache.commons.math3.fitting.PolynomialCurveFitter;
import org.apache.commons.math3.fitting.WeightedObservedPoints;
import sinterj.base.Progress;

/**
 * Finds the angle of the tilt axis in the projections: turned to the right one, they fulfil best what {@link
 * SliceProfiles} asks of them. The violation is looked at every degree, then around the lowest more closely, and the
 * lowest point of a curve of fourth order through it is taken, so that noise in single values does not decide. Cost:
 * some forty turns of the series, binned to about 128 pixels.
 */
final class AxisSearch {
    private static final int FARTHEST = 12;
    private static final double CLOSE = 2;
    private static final double CLOSE_STEP = 0.25;

    /** Side of the projections that a search needs at most; larger ones are binned. */
    private static final int ENOUGH_PIXELS = 128;

    /** A turn must improve the agreement by so many times what noise does, squared: three standard deviations. */
    private static final double SIGNIFICANT = 9;

    private final TiltImages images;
    private final Poses start;
    private final double middle;
    private final Progress progress;

    private AxisSearch(TiltImages images, Poses start, double middle, Progress progress) {
        this.images = images;
        this.start = start;
        this.middle = middle;
        this.progress = progress;
    }

    /**
     * The angle of the axis in degrees, counter-clockwise from the y axis; at most 12 to either side of the present one, and the
     * present one if the data do not tell another from it.
     *
     * @param poses shifts that centre the object on the axis as far as it is known
     * @param middle where the object's centre lies along the axis, in pixels from the middle
     */
    static double find(TiltImages images, Poses poses, double middle, Progress progress) {
        int by = Math.max(1, Math.min(images.width, images.height) / ENOUGH_PIXELS);
        TiltImages small = images.binned(by, progress);
        return new AxisSearch(small, poses.scaled(1.0 / by), middle / by, progress).run();
    }

    private double run() {
        SliceProfiles profiles = SliceProfiles.of(images, start, progress);
        SliceProfiles.Fit present = profiles.fit(start, progress);
        double best = start.axisDeg();
        double lowest = present.misfit();
        for (int i = -FARTHEST; i <= FARTHEST; i++) {
            progress.report(0.6 * (i + FARTHEST) / (2 * FARTHEST), "Searching the tilt axis");
            double angle = start.axisDeg() + i;
            double misfit =
                    profiles.fit(start.turnedTo(angle, middle), progress).misfit();
            if (misfit < lowest) {
                lowest = misfit;
                best = angle;
            }
        }
        double found = refined(start.turnedTo(best, middle));
        double reached = profiles.fit(start.turnedTo(found, middle), progress).misfit();
        double gain = (present.misfit() - reached) / Math.max(Double.MIN_NORMAL, reached) * present.terms();
        return gain > SIGNIFICANT ? found : start.axisDeg();
    }

    private double refined(Poses near) {
        SliceProfiles profiles = SliceProfiles.of(images, near, progress);
        WeightedObservedPoints points = new WeightedObservedPoints();
        int steps = (int) Math.round(2 * CLOSE / CLOSE_STEP);
        double best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            double away = -CLOSE + i * CLOSE_STEP;
            progress.report(0.6 + 0.4 * i / steps, "Searching the tilt axis");
            double misfit = profiles.fit(near.turnedTo(near.axisDeg() + away, middle), progress)
                    .misfit();
            points.add(away, misfit);
            if (misfit < lowest) {
                lowest = misfit;
                best = away;
            }
        }
        double vertex = vertex(PolynomialCurveFitter.create(4).fit(points.toList()), best);
        return near.axisDeg() + (Math.abs(vertex - best) <= 1 ? vertex : best);
    }

    /** The lowest point of a curve near a start, by Newton's method on its slope; NaN if it does not bend upwards. */
    private static double vertex(double[] c, double start) {
        double x = start;
        for (int i = 0; i < 20; i++) {
            double slope = c[1] + x * (2 * c[2] + x * (3 * c[3] + x * 4 * c[4]));
            double bend = 2 * c[2] + x * (6 * c[3] + x * 12 * c[4]);
            if (!(bend > 0)) return Double.NaN;
            x -= slope / bend;
        }
        return x;
    }
}
