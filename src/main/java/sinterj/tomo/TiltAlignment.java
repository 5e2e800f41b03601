package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sinterj.base.Progress;
import sinterj.image.Affine;
import sinterj.image.TiltSeries;

/**
 * Aligns the projections of a tilt series: brings the tilt axis to the y axis through their centre and undoes the drift
 * of the stage, to a small part of a pixel, without markers.
 *
 * <p>Neighbouring projections are correlated, outward from a reference, and the shifts added up ({@link
 * NeighbourShifts}). If the axis is to be found, its angle is the one at which the profiles along the axis agree best
 * ({@link AxisSearch}), and its place is that of the object's centre of mass. With common lines, the shifts along the
 * axis are those that make the profiles agree ({@link SliceProfiles}), and across the axis the centre of mass of each
 * projection has as much say as its neighbours. A projection that contradicts the others loses its say. Projection
 * matching goes on from there with the reprojections of a volume ({@link ProjectionMatching}).
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
        COMMON_LINE,
        /** The reprojections of a volume made of all projections, after neighbours. */
        PROJECTION_MATCHING,
        /** Neighbours, then profiles and centres of mass, then reprojections; each only if it lowers the residual. */
        ALL;

        private boolean anchors() {
            return this == COMMON_LINE || this == ALL;
        }

        private boolean matches() {
            return this == PROJECTION_MATCHING || this == ALL;
        }
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
     * @param rounds how projection matching went; empty without it
     * @param complete false if the user ended projection matching early
     */
    public record Result(
            List<Affine> moves,
            double axisDeg,
            double offsetPx,
            double[] residualPx,
            boolean axisFound,
            double condition,
            List<Round> rounds,
            boolean complete) {}

    /**
     * A step after which the data residual was looked at.
     *
     * @param step what was done
     * @param dataResidual |A x - b| / |b| of a volume made of the projections as they were moved then
     */
    public record Round(String step, double dataResidual) {}

    private static final int PASSES = 3;
    private static final int ANCHORED_PASSES = 2;

    /** So many projections may show an object that is cut off, before nothing is believed of its centre of mass. */
    private static final double CUT_ALLOWED = 0.25;

    private final TiltImages images;
    private final AlignmentSteps steps;
    private final Method method;
    private final List<Round> rounds = new ArrayList<>();
    private double[] misfit;
    private boolean complete = true;

    private TiltAlignment(TiltImages images, AlignmentSteps steps, Method method) {
        this.images = images;
        this.steps = steps;
        this.method = method;
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
        AlignmentSteps steps = new AlignmentSteps(images, order, fixed);
        return new TiltAlignment(images, steps, method).run(findAxis, progress);
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
        return new Result(moves, axisDeg, offset, unknown, false, TiltCurve.condition(radians), List.of(), true);
    }

    private Result run(boolean findAxis, Progress progress) {
        Progress early = method.matches() ? progress.part(0, 0.4) : progress;
        Poses poses = Poses.none(images.count);
        for (int pass = 0; pass < PASSES; pass++) {
            early.report(0.1 * pass, "Correlating neighbours");
            poses = steps.correlated(poses, pass == 0, early);
        }
        CentresOfMass centres = CentresOfMass.of(images, poses, early);
        boolean whole = centres.cut() <= CUT_ALLOWED;
        boolean find = findAxis && whole;
        if (find) poses = steps.turned(poses, centres, early.part(0.3, 0.8));
        misfit = steps.misfit();
        Poses anchored = method.anchors() && whole ? anchored(poses, find, early) : poses;
        Poses correlated = poses;
        complete = !method.matches() || !progress.finishEarly();
        boolean match = method.matches() && complete;
        poses = match ? matched(correlated, anchored, whole, progress.part(0.4, 1)) : anchored;
        if (match && !find) poses = steps.withReferenceOf(correlated, poses);
        progress.report(1, "Aligned");
        double offset = -Arrays.stream(poses.x()).average().orElse(0);
        double condition = TiltCurve.condition(images.radians);
        return new Result(poses.moves(), poses.axisDeg(), offset, misfit, find, condition, rounds, complete);
    }

    private Poses anchored(Poses poses, boolean centre, Progress progress) {
        Poses anchored = poses;
        for (int pass = 0; pass < ANCHORED_PASSES; pass++) {
            progress.report(0.8 + 0.1 * pass, "Comparing common lines");
            anchored = steps.anchored(anchored, centre, progress);
        }
        misfit = steps.misfit();
        return anchored;
    }

    /** Goes on with reprojections from whichever of the two leaves the lower residual. */
    private Poses matched(Poses correlated, Poses anchored, boolean whole, Progress progress) {
        progress.report(0, "Matching projections");
        ProjectionMatching matching = new ProjectionMatching(images, method.anchors() && whole, progress);
        matching.chooseFrom(anchored, progress);
        double lowest = matching.residual(correlated, progress);
        rounds.add(new Round("correlation", lowest));
        Poses start = correlated;
        if (anchored != correlated && !progress.finishEarly()) {
            double residual = matching.residual(anchored, progress);
            if (residual <= lowest) {
                rounds.add(new Round("common_line", residual));
                start = anchored;
            }
        }
        if (progress.finishEarly()) {
            complete = false;
            return start;
        }
        ProjectionMatching.Matched matched = matching.improve(start, progress);
        for (int i = 1; i < matched.residuals().length; i++) {
            rounds.add(new Round("projection_matching", matched.residuals()[i]));
        }
        misfit = matched.misfit();
        complete = matched.complete();
        return matched.poses();
    }
}
