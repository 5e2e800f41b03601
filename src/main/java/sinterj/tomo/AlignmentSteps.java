package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Progress;
import sinterj.math.ShiftFinder;

/** The steps that bring projections together without a volume; each takes poses and gives better ones. */
final class AlignmentSteps {
    private static final double SMOOTHING = 1.2;
    private static final double COARSE_SMOOTHING = 4;
    private static final double TAPER = 0.15;
    private static final double FINE_REACH = 6;

    /** With a smaller cosine a reference looks along the stage and does not tell where the object is. */
    private static final double EDGE_ON = 0.1;

    private final TiltImages images;
    private final int[] order;
    private final int reference;
    private final double[] misfit;

    /**
     * @param order numbers of the projections by rising tilt
     * @param reference number of the projection that stays in place, counted from 0
     */
    AlignmentSteps(TiltImages images, int[] order, int reference) {
        this.images = images;
        this.order = order;
        this.reference = reference;
        misfit = new double[images.count];
    }

    /** How far each projection disagrees with what the last step measured of it, in pixels. */
    double[] misfit() {
        return misfit.clone();
    }

    /** Puts the object on the axis, finds the angle of the axis, and compares neighbours again. */
    Poses turned(Poses poses, CentresOfMass centres, Progress progress) {
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
    Poses correlated(Poses poses, boolean coarse, Progress progress) {
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
    Poses anchored(Poses poses, boolean centre, Progress progress) {
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
        return centre ? solved : withReferenceOf(poses, solved);
    }

    /** Chooses the shifts that no data can show so that the reference stays where it was. */
    Poses withReferenceOf(Poses before, Poses after) {
        double cos = Math.cos(images.radians[reference]);
        double across = Math.abs(cos) < EDGE_ON ? 0 : (after.x()[reference] - before.x()[reference]) / cos;
        double along = after.y()[reference] - before.y()[reference];
        double[] dx =
                Arrays.stream(images.radians).map(t -> -across * Math.cos(t)).toArray();
        double[] dy = new double[images.count];
        Arrays.fill(dy, -along);
        return after.shifted(dx, dy);
    }
}
