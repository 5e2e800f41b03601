package sinterj.pore;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Solves for the potential between two electrodes that differ by 1. What is stored is its deviation from an even slope,
 * which is exact for straight conductors and keeps the digits of single precision for what matters. Flexible conjugate
 * gradients (Notay 2000, doi:10.1137/S1064827599362314), preconditioned by {@link Multigrid}.
 */
final class Potential {
    private static final int MOST_ITERATIONS = 500;

    /** Of conductors as straight as this, rounding is all that is out of balance. */
    private static final double STRAIGHT = 1e-13;

    /** How much of a gain the next one is at most taken to be, when the rest is estimated. */
    private static final double SLOWEST = 0.95;

    private final ConductingVoxels voxels;
    private final FaceCurrents faces;
    private final float[][] deviation;
    private int iterations;
    private double change = Double.POSITIVE_INFINITY;
    private boolean complete;

    /**
     * Solves.
     *
     * @param tolerance of the power, which is the conductivity: relative
     */
    Potential(ConductingVoxels voxels, FaceCurrents faces, double tolerance, Progress progress) {
        this.voxels = voxels;
        this.faces = faces;
        deviation = voxels.vector();
        solve(tolerance, progress);
    }

    private void solve(double tolerance, Progress progress) {
        progress.report(0, "Grouping voxels");
        float[][] r = voxels.vector();
        Parallel.forEach(progress, voxels.depth, z -> faces.imbalance(z, r[z]));
        double power = faces.power(deviation, progress);
        double imbalance = voxels.sum(progress, z -> dot(r[z], r[z]));
        if (!(power > 0) || imbalance <= STRAIGHT * power * power) {
            complete = true;
            change = 0;
            return;
        }
        iterate(r, power, tolerance, progress);
    }

    /** Lowers the power from that of the even slope; r are the currents that are out of balance, and is used up. */
    private void iterate(float[][] r, double power, double tolerance, Progress progress) {
        Multigrid multigrid = new Multigrid(voxels, progress);
        float[][] p = voxels.vector();
        float[][] q = voxels.vector();
        float[][] s = voxels.vector();
        double curvature = 0;
        double lastGain = Double.POSITIVE_INFINITY;
        while (!complete && iterations < MOST_ITERATIONS && !progress.finishEarly()) {
            multigrid.precondition(r, s, progress);
            double beta = curvature > 0 ? -voxels.sum(progress, z -> dot(s[z], q[z])) / curvature : 0;
            Parallel.forEach(progress, voxels.depth, z -> scaleAdd(p[z], beta, s[z]));
            double slope = voxels.sum(progress, z -> dot(p[z], r[z]));
            curvature = voxels.apply(p, q, progress);
            if (!(curvature > 0) || slope == 0) break;
            double step = slope / curvature;
            Parallel.forEach(progress, voxels.depth, z -> {
                add(deviation[z], step, p[z]);
                add(r[z], -step, q[z]);
            });
            iterations++;
            // Each step lowers the power by this; what all later ones will lower it by falls like a geometric series.
            double gain = step * slope;
            double ratio = Math.min(SLOWEST, gain / lastGain);
            change = gain * Math.max(1, ratio / (1 - ratio)) / power;
            lastGain = gain;
            complete = change <= tolerance;
            progress.report(done(tolerance), "Solving for the potential");
            if (progress.isShown()) show(progress);
        }
    }

    private void show(Progress progress) {
        float[] plane = deviation[voxels.depth / 2];
        float[] pixels = new float[voxels.width * voxels.height];
        for (int y = 0; y < voxels.height; y++) {
            System.arraycopy(plane, (y + 1) * voxels.stride + 1, pixels, y * voxels.width, voxels.width);
        }
        progress.show("Deviation of the potential from an even slope", voxels.width, voxels.height, pixels);
    }

    private double done(double tolerance) {
        return Math.max(0, 1 - Math.log(Math.max(1, change / tolerance)) / Math.log(1 / tolerance));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
        return sum;
    }

    private static void add(float[] to, double factor, float[] vector) {
        float f = (float) factor;
        for (int i = 0; i < to.length; i++) to[i] += f * vector[i];
    }

    private static void scaleAdd(float[] p, double factor, float[] vector) {
        float f = (float) factor;
        for (int i = 0; i < p.length; i++) p[i] = vector[i] + f * p[i];
    }

    /** Iterations taken. */
    int iterations() {
        return iterations;
    }

    /** By what part the power may still fall. */
    double change() {
        return change;
    }

    /** Whether the tolerance was met. */
    boolean complete() {
        return complete;
    }

    /** Deviation of the potential from the even slope. */
    float[][] deviation() {
        return deviation;
    }
}
