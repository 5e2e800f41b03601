package sinterj.tomo;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.TiltSeries;
import sinterj.math.ShiftFinder;

/**
 * Aligns the projections of a tilt series: brings the tilt axis to the y axis through their centre and undoes the drift
 * of the stage, to a small part of a pixel, without markers.
 *
 * <p>Neighbouring projections are correlated, outward from a reference, and the shifts added up ({@link
 * NeighbourShifts}). If the axis is to be found, its angle is the one at which the profiles along the axis agree best
 * ({@link AxisSearch}), and its place is that of the object's centre of mass. With common lines, the shifts along the
 * axis are those that make the profiles agree ({@link SliceProfiles}), and across the axis the centre of mass of each
 * projection has as much say as its neighbours. A projection that contradicts the others loses its say.
 *
 * <p>No data can show a constant shift along the axis, nor across it one of the form {@code a cos t + b sin t}: these
 * only say where the object stands. They are chosen so that its centre of mass is on the axis.
 *
 * <p>An object that leaves the field of view across the axis has no centre of mass and no common profile; then the axis
 * is left where it is and only neighbours are correlated.
 */
public final class TiltAlignment {
    /** Which comparison decides. */
    public enum Method {
        /** Neighbouring projections. */
        CORRELATION,
        /** Profiles along the axis, and centres of mass across it. */
        COMMON_LINE
    }

    /**
     * What was found.
     *
     * @param moves where each pixel of a projection is found in the aligned one
     * @param axisDeg angle of the axis against the y axis of the projections, counter-clockwise as seen on the screen
     * @param offsetPx mean distance of the axis from the centre of the turned projections, across it
     * @param residualPx how far each projection disagrees with what was measured of it, in pixels
     * @param axisFound whether the axis was searched and could be
     * @param condition how hard it is to tell an offset of the axis from a body beside it: 1 is easy, 100 is hardly
     *     possible
     */
    public record Result(
            List<Affine> moves,
            double axisDeg,
            double offsetPx,
            double[] residualPx,
            boolean axisFound,
            double condition) {}

    private static final int PASSES = 3;
    private static final int ANCHORED_PASSES = 2;
    private static final double SMOOTHING = 1.2;
    private static final double COARSE_SMOOTHING = 4;
    private static final double TAPER = 0.15;
    private static final double FINE_REACH = 6;

    /** So many projections may show an object that is cut off, before nothing is believed of its centre of mass. */
    private static final double CUT_ALLOWED = 0.25;

    /** With a smaller cosine a reference looks along the stage and does not tell where the object is. */
    private static final double EDGE_ON = 0.1;

    private final TiltImages images;
    private final int[] order;
    private final int reference;
    private final double[] misfit;

    private TiltAlignment(TiltImages images, int[] order, int reference) {
        this.images = images;
        this.order = order;
        this.reference = reference;
        misfit = new double[images.count];
    }

    /**
     * Finds how projections are to be moved.
     *
     * @param reference number of the projection that stays in place, counted from 0, apart from what centres the object;
     *     negative for the one nearest to no tilt
     * @param findAxis whether the axis is searched; else it is the y axis through the centre of the reference
     */
    public static Result align(TiltSeries series, Method method, int reference, boolean findAxis, Progress progress) {
        TiltImages images = TiltImages.of(series, progress);
        int fixed = reference < 0 ? images.untilted() : reference;
        int[] order = NeighbourShifts.order(series.anglesDeg());
        return new TiltAlignment(images, order, fixed).run(method, findAxis, progress);
    }

    /**
     * Moves that are known already, as a result.
     *
     * @param moves one per projection of the series
     */
    public static Result given(List<Affine> moves, TiltSeries series) {
        Affine first = moves.get(0);
        double axisDeg = Math.toDegrees(Math.atan2(first.a21(), first.a11()));
        double offset = -moves.stream().mapToDouble(Affine::dx).average().orElse(0);
        double[] unknown = new double[moves.size()];
        Arrays.fill(unknown, Double.NaN);
        double[] radians =
                Arrays.stream(series.anglesDeg()).map(Math::toRadians).toArray();
        return new Result(moves, axisDeg, offset, unknown, false, TiltCurve.condition(radians));
    }

    private Result run(Method method, boolean findAxis, Progress progress) {
        Poses poses = Poses.none(images.count);
        for (int pass = 0; pass < PASSES; pass++) {
            progress.report(0.1 * pass, "Correlating neighbours");
            poses = correlated(poses, pass == 0, progress);
        }
        CentresOfMass centres = CentresOfMass.of(images, poses, progress);
        boolean whole = centres.cut() <= CUT_ALLOWED;
        boolean find = findAxis && whole;
        if (find) poses = turned(poses, centres, progress.part(0.3, 0.8));
        if (method == Method.COMMON_LINE && whole) {
            for (int pass = 0; pass < ANCHORED_PASSES; pass++) {
                progress.report(0.8 + 0.1 * pass, "Comparing common lines");
                poses = anchored(poses, find, progress);
            }
        }
        progress.report(1, "Aligned");
        double offset = -Arrays.stream(poses.x()).average().orElse(0);
        double condition = TiltCurve.condition(images.radians);
        return new Result(poses.moves(), poses.axisDeg(), offset, misfit.clone(), find, condition);
    }

    /** Puts the object on the axis, finds the angle of the axis, and compares neighbours again. */
    private Poses turned(Poses poses, CentresOfMass centres, Progress progress) {
        double middle = centres.middle();
        Poses centred = poses.shifted(minus(TiltCurve.fit(images.radians, centres.x())), new double[images.count]);
        double angle = AxisSearch.find(images, centred, middle, progress);
        Poses turned = correlated(centred.turnedTo(angle, middle), false, progress);
        double[] drift = TiltCurve.fit(
                images.radians, CentresOfMass.of(images, turned, progress).x());
        return turned.shifted(minus(drift), new double[images.count]);
    }

    private static double[] minus(double[] values) {
        return Arrays.stream(values).map(v -> -v).toArray();
    }

    /** Adds up the shifts of neighbours, outward from the reference. */
    private Poses correlated(Poses poses, boolean coarse, Progress progress) {
        RobustPositions x = new RobustPositions(images.count);
        RobustPositions y = new RobustPositions(images.count);
        addNeighbours(poses, coarse, x, y, progress);
        x.fix(reference);
        y.fix(reference);
        return solved(poses, x, y);
    }

    private void addNeighbours(Poses poses, boolean coarse, RobustPositions x, RobustPositions y, Progress progress) {
        double farthest = Math.max(1, Math.min(images.width, images.height) / 4.0);
        double reach = coarse ? farthest : Math.min(farthest, FINE_REACH);
        double highPass = Math.max(images.width, images.height) / 4.0;
        int[] size = {images.width, images.height};
        ShiftFinder finder = new ShiftFinder(size, coarse ? COARSE_SMOOTHING : SMOOTHING, highPass, TAPER, farthest);
        for (NeighbourShifts.Pair pair : NeighbourShifts.measure(images, order, poses, finder, reach, progress)) {
            x.difference(pair.from(), pair.to(), -pair.dx());
            y.difference(pair.from(), pair.to(), -pair.dy());
        }
        for (int i = 1; i < order.length; i++) {
            x.together(order[i - 1], order[i]);
            y.together(order[i - 1], order[i]);
        }
    }

    private Poses solved(Poses poses, RobustPositions x, RobustPositions y) {
        double[] dx = x.solve();
        double[] dy = y.solve();
        double[] misfitX = x.misfit(dx);
        double[] misfitY = y.misfit(dy);
        for (int k = 0; k < misfit.length; k++) misfit[k] = Math.hypot(misfitX[k], misfitY[k]);
        double fixed = dy[reference];
        for (int k = 0; k < dy.length; k++) dy[k] -= fixed;
        return poses.shifted(dx, dy);
    }

    /**
     * Gives the common profile and the centres of mass a say beside the neighbours. Without a search for the axis, the
     * centre of mass runs on a circle about it that passes through where the reference shows it.
     */
    private Poses anchored(Poses poses, boolean centre, Progress progress) {
        RobustPositions x = new RobustPositions(images.count);
        RobustPositions y = new RobustPositions(images.count);
        addNeighbours(poses, false, x, y, progress);
        CentresOfMass centres = CentresOfMass.of(images, poses, progress);
        SliceProfiles.Fit lines = SliceProfiles.of(images, poses, progress).fit(poses, progress);
        double seen = centres.x()[reference];
        double cos = Math.cos(images.radians[reference]);
        double start = centre || Double.isNaN(seen) || Math.abs(cos) < EDGE_ON ? 0 : seen / cos;
        for (int k = 0; k < images.count; k++) {
            if (images.isEmpty(k) || Double.isNaN(centres.x()[k])) continue;
            x.position(k, start * Math.cos(images.radians[k]) - centres.x()[k]);
            y.position(k, -lines.shift()[k]);
        }
        Poses solved = solved(poses, x, y);
        return centre ? solved : withReferenceAt(poses.x()[reference], solved);
    }

    /** Chooses the shift that no data can show so that the reference stays where it was. */
    private Poses withReferenceAt(double x, Poses poses) {
        double cos = Math.cos(images.radians[reference]);
        double moved = Math.abs(cos) < EDGE_ON ? 0 : (poses.x()[reference] - x) / cos;
        double[] back =
                Arrays.stream(images.radians).map(t -> -moved * Math.cos(t)).toArray();
        return poses.shifted(back, new double[images.count]);
    }
}
