package sinterj.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import sinterj.base.Progress;

/**
 * Aligns projections with what they say together: a volume is reconstructed from all of them, projected again, and each
 * projection is shifted to where it lies best on its reprojection; again and again. A round counts only if it lowers the
 * data residual |A x - b| / |b| of the volume, else it is tried with half and a quarter of the shifts, and then the work
 * ends: the residual never rises.
 *
 * <p>Projections are binned to about 100 pixels; shifts are found to about a fiftieth of such a pixel. Shifts that no
 * data can show are taken out of each round. Cost: about 30 projections and back-projections of the binned volume a
 * round, at most three tries each.
 */
final class ProjectionMatching {
    private static final int ROUNDS = 10;
    private static final int TRIES = 3;
    private static final double ENOUGH_PIXELS = 100;

    /** Shifts below this, in binned pixels, end the work. */
    private static final double SMALL = 0.02;

    /** How many powers of the tilt make up the slow part of a drift. */
    private static final int SLOW_POWERS = 5;

    /** A projection that resembles its reprojection less than this part of the median is not believed. */
    private static final double LEAST_ALIKE = 0.5;

    /**
     * What was reached.
     *
     * @param residuals data residual at the start and after each round that counted; it never rises
     * @param misfit how far each projection still lies from its reprojection, in pixels
     * @param complete false if the user ended it early
     */
    record Matched(Poses poses, double[] residuals, double[] misfit, boolean complete) {}

    private final int by;
    private final Reprojection reprojection;
    private final double[] radians;
    private final boolean keepSlow;
    private boolean[] used;

    /**
     * @param keepSlow leaves the slow part of the drift as it is, because centre of mass and common lines have found it
     *     better than a limited range of tilts can
     */
    ProjectionMatching(TiltImages images, boolean keepSlow, Progress progress) {
        by = (int) Math.ceil(Math.max(images.width, images.height) / ENOUGH_PIXELS);
        TiltImages small = images.binned(by, progress);
        reprojection = new Reprojection(small, progress);
        radians = images.radians;
        this.keepSlow = keepSlow;
        used = new boolean[images.count];
        for (int k = 0; k < used.length; k++) used[k] = !images.isEmpty(k);
    }

    /** Finds out which projections can be believed, as they are moved now. */
    void chooseFrom(Poses poses, Progress progress) {
        double[] alike = match(poses, progress).alike();
        double[] sorted = Arrays.stream(alike).sorted().toArray();
        double least = LEAST_ALIKE * sorted[sorted.length / 2];
        for (int k = 0; k < used.length; k++) used[k] &= alike[k] >= least;
    }

    /** Data residual of the projections as they are moved now. */
    double residual(Poses poses, Progress progress) {
        return match(poses, progress).residual();
    }

    private Reprojection.Match match(Poses poses, Progress progress) {
        return reprojection.match(poses.scaled(1.0 / by), used, progress);
    }

    /** Goes on from a start until nothing is gained. */
    Matched improve(Poses start, Progress progress) {
        Poses best = start;
        Reprojection.Match match = match(best, progress);
        List<Double> residuals = new ArrayList<>(List.of(match.residual()));
        boolean gained = true;
        for (int round = 0; round < ROUNDS && gained && !progress.finishEarly(); round++) {
            progress.report(
                    (double) round / ROUNDS,
                    "Matching projections, residual " + String.format(java.util.Locale.ROOT, "%.4f", match.residual()));
            double[] dx = across(match.dx());
            double[] dy = along(match.dy());
            gained = false;
            double size = largest(dx, dy);
            for (int tries = 0; tries < TRIES && !gained && size / by >= SMALL; tries++) {
                if (progress.finishEarly()) break;
                double part = Math.pow(0.5, tries);
                Poses next = best.shifted(times(dx, part), times(dy, part));
                Reprojection.Match found = match(next, progress);
                if (found.residual() < match.residual()) {
                    best = next;
                    match = found;
                    residuals.add(found.residual());
                    gained = true;
                }
            }
        }
        double[] dx = across(match.dx());
        double[] dy = along(match.dy());
        double[] misfit = new double[dx.length];
        for (int k = 0; k < misfit.length; k++) misfit[k] = Math.hypot(dx[k], dy[k]);
        double[] all = residuals.stream().mapToDouble(r -> r).toArray();
        return new Matched(best, all, misfit, !progress.finishEarly());
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }

    private static double largest(double[] dx, double[] dy) {
        double largest = 0;
        for (int k = 0; k < dx.length; k++) largest = Math.max(largest, Math.hypot(dx[k], dy[k]));
        return largest;
    }

    /** Shifts across the axis in pixels, without what no data can show, and without a slow part that is to be kept. */
    private double[] across(double[] shifts) {
        double[][] modes = new double[radians.length][];
        for (int k = 0; k < modes.length; k++) {
            modes[k] = new double[] {Math.cos(radians[k]), Math.sin(radians[k])};
        }
        return without(keepSlow ? slow() : modes, shifts);
    }

    /** Shifts along the axis likewise. */
    private double[] along(double[] shifts) {
        double[][] modes = new double[radians.length][];
        Arrays.fill(modes, new double[] {1});
        return without(keepSlow ? slow() : modes, shifts);
    }

    private double[][] slow() {
        double steepest =
                Math.max(1e-9, Arrays.stream(radians).map(Math::abs).max().orElse(0));
        double[][] powers = new double[radians.length][SLOW_POWERS];
        for (int k = 0; k < powers.length; k++) {
            for (int j = 0; j < SLOW_POWERS; j++) powers[k][j] = Math.pow(radians[k] / steepest, j);
        }
        return powers;
    }

    /** What is left of shifts of the projections in use after the best sum of modes; the others are not shifted. */
    private double[] without(double[][] modes, double[] shifts) {
        double[][] rows = new double[modes.length][];
        double[] right = new double[modes.length];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = used[k] ? modes[k].clone() : new double[modes[k].length];
            right[k] = used[k] ? -by * shifts[k] : 0;
        }
        Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(rows);
        SingularValueDecomposition svd = new SingularValueDecomposition(matrix);
        double[] fit = matrix.operate(svd.getSolver().solve(new org.apache.commons.math3.linear.ArrayRealVector(right)))
                .toArray();
        for (int k = 0; k < right.length; k++) right[k] -= fit[k];
        return right;
    }
}
