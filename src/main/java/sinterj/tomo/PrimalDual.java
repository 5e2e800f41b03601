package sinterj.tomo;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * State and steps of the primal-dual solver behind {@link TotalVariation}: the volume, a look ahead of it, the dual
 * fields of misfit and gradient, and the step lengths.
 *
 * <p>An iteration is two parallel phases. In the first, projections and the dual fields go up; both only read the
 * volume. In the second, each voxel gathers from both and goes down. Projections of the volume are kept, so that the
 * projection of the look-ahead is a combination of two of them and the misfit of the volume itself is known.
 */
final class PrimalDual {
    private final Projector projector;
    private final BackProjector back;
    private final Geometry geometry;
    private final TotalVariation.Settings settings;
    private final float[][] data;
    private final float[][] weights;
    private final float[] rayLengths;
    private final float[] voxelSums;
    private final int length;

    private final float[][] x;
    private float[][] ahead;
    private float[][] pz;
    private float[][] px;
    private float[][] py;
    private float[][] y;
    private float[][] projected;
    private float[][] before;
    private boolean first = true;
    private double balance;

    private final double[] misfit;
    private final double[] variation;
    private final double[] changed;
    private final double[] size;

    PrimalDual(
            Projector projector,
            BackProjector back,
            float[][] data,
            float[][] weights,
            float[][] start,
            TotalVariation.Settings settings) {
        this.projector = projector;
        this.back = back;
        this.geometry = projector.geometry();
        this.data = data;
        this.weights = weights;
        this.settings = settings;
        length = data[0].length;
        rayLengths = projector.rayLengths();
        voxelSums = projector.voxelSums();
        int voxels = geometry.voxelRows();
        x = start;
        ahead = new float[voxels][];
        for (int r = 0; r < voxels; r++) ahead[r] = x[r].clone();
        pz = RowImages.zeros(voxels, length);
        px = RowImages.zeros(voxels, length);
        py = RowImages.zeros(voxels, length);
        y = RowImages.zeros(geometry.rayRows(), length);
        projected = RowImages.zeros(geometry.rayRows(), length);
        before = RowImages.zeros(geometry.rayRows(), length);
        misfit = new double[geometry.rayRows() * Projector.chunks(length)];
        variation = new double[geometry.depth()];
        changed = new double[back.tasks()];
        size = new double[back.tasks()];
        balance = settings.balance();
    }

    /** The volume so far. */
    float[][] volume() {
        return x;
    }

    /** Sets primal against dual step lengths; the solver converges for any value, see {@link TotalVariation}. */
    void setBalance(double g) {
        balance = g;
    }

    double balance() {
        return balance;
    }

    /** Brings the volume within its limits, which a relaxed step may leave a little, and lets go of the rest. */
    void finish() {
        for (float[] row : x) VolumeKernels.clip(row, settings.lower(), settings.upper());
        ahead = null;
        pz = null;
        px = null;
        py = null;
        y = null;
        projected = null;
        before = null;
    }

    /** First phase: reprojects the volume, and steps the dual fields up. */
    void up(Progress progress) {
        int projections = projector.tasks(length);
        float[][] swap = before;
        before = projected;
        projected = swap;
        java.util.Arrays.fill(misfit, 0);
        boolean fields = settings.lambda() > 0;
        Parallel.forEach(progress, projections + geometry.depth(), i -> {
            if (i < projections) projector.project(i, x, projected, this::misfitUp);
            else if (fields) fieldsUp(i - projections);
        });
        first = false;
    }

    /** Reprojects the volume and measures its total variation, without a step. */
    void measure(Progress progress) {
        int projections = projector.tasks(length);
        java.util.Arrays.fill(misfit, 0);
        Parallel.forEach(progress, projections + geometry.depth(), i -> {
            if (i < projections) projector.project(i, x, projected, this::addMisfit);
            else variation[i - projections] = variationOfPlane(i - projections);
        });
    }

    private void addMisfit(int row, int from, int to) {
        float[] w = weights == null ? null : weights[row];
        if (rayLengths[row] > 0)
            misfit[Projector.place(row, from, length)] =
                    VolumeKernels.squaredDistance(projected[row], data[row], w, from, to);
    }

    private void misfitUp(int row, int from, int to) {
        if (!(rayLengths[row] > 0)) return; // a ray that meets no voxel says nothing
        addMisfit(row, from, to);
        float step = (float) (1 / (balance * rayLengths[row]));
        float[] last = first ? projected[row] : before[row];
        float relax = (float) settings.relaxation();
        float ahead = 2 / relax;
        if (weights == null) {
            float keep = 1 - relax + relax / (1 + step);
            float gain = relax * step / (1 + step);
            VolumeKernels.misfit(y[row], projected[row], last, data[row], keep, gain, ahead, from, to);
        } else {
            VolumeKernels.misfit(y[row], projected[row], last, data[row], weights[row], step, ahead, relax, from, to);
        }
    }

    private void fieldsUp(int z) {
        int width = geometry.width();
        float a = (float) settings.zWeight();
        float step = (float) (1 / (2 * balance * Math.max(1, a)));
        float radius = (float) settings.lambda();
        float relax = (float) settings.relaxation();
        float[] shifted = new float[length];
        float[] factor = new float[length];
        float[] tz = new float[length];
        float[] tx = new float[length];
        float[] ty = new float[length];
        for (int row = z * width; row < (z + 1) * width; row++) {
            float[] v = ahead[row];
            float[] below = z + 1 < geometry.depth() ? ahead[row + width] : v;
            float[] side = row + 1 < (z + 1) * width ? ahead[row + 1] : v;
            VolumeKernels.shiftDown(v, shifted);
            VolumeKernels.ascend(tz, pz[row], below, v, a * step);
            VolumeKernels.ascend(tx, px[row], side, v, step);
            VolumeKernels.ascend(ty, py[row], shifted, v, step);
            VolumeKernels.ballFactor(factor, tz, tx, ty, radius);
            VolumeKernels.relax(pz[row], tz, factor, relax);
            VolumeKernels.relax(px[row], tx, factor, relax);
            VolumeKernels.relax(py[row], ty, factor, relax);
        }
        variation[z] = variationOfPlane(z);
    }

    private double variationOfPlane(int z) {
        int width = geometry.width();
        float a = (float) settings.zWeight();
        float[] shifted = new float[length];
        float[] square = new float[length];
        float[] sum = new float[length];
        for (int row = z * width; row < (z + 1) * width; row++) {
            float[] v = x[row];
            float[] below = z + 1 < geometry.depth() ? x[row + width] : v;
            float[] side = row + 1 < (z + 1) * width ? x[row + 1] : v;
            VolumeKernels.squares2(square, below, side, v, a);
            VolumeKernels.shiftDown(v, shifted);
            VolumeKernels.addLengths(sum, square, shifted, v);
        }
        return VolumeKernels.sum(sum);
    }

    /** Second phase: steps the volume down. */
    void down(Progress progress) {
        back.forEachRow(y, Descent::new, progress);
    }

    private final class Descent implements BackProjector.RowSink {
        private final float[] zero = new float[length];
        private final float[] shifted = new float[length];
        private final float[] change = new float[length];
        private final float[] norm = new float[length];
        private final float a = (float) settings.zWeight();

        @Override
        public void begin(int row, float[] sum) {
            int width = geometry.width();
            float[] above = row >= width ? pz[row - width] : zero;
            float[] side = row % width > 0 ? px[row - 1] : zero;
            VolumeKernels.divergence2(sum, above, pz[row], side, px[row], a);
            VolumeKernels.shiftUp(py[row], shifted);
            VolumeKernels.addDivergence(sum, shifted, py[row], 1);
        }

        @Override
        public void end(int row, float[] sum) {
            float step = (float) (balance / (voxelSums[row] + 4 + 2 * a));
            float relax = (float) settings.relaxation();
            VolumeKernels.descend(
                    x[row], sum, ahead[row], change, norm, step, settings.lower(), settings.upper(), relax);
        }

        @Override
        public void taskDone(int task) {
            changed[task] = VolumeKernels.sum(change);
            size[task] = VolumeKernels.sum(norm);
        }
    }

    /** Half the squared misfit of the volume that {@link #up} or {@link #measure} saw. */
    double halfSquaredMisfit() {
        return 0.5 * sum(misfit);
    }

    /** Total variation of the volume that {@link #up} or {@link #measure} saw. */
    double variation() {
        return sum(variation);
    }

    /** Norm of the last change over the norm of the volume. */
    double relativeChange() {
        double norm = sum(size);
        return norm == 0 ? 0 : Math.sqrt(sum(changed) / norm);
    }

    private static double sum(double[] parts) {
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    /**
     * The balance of step lengths that suits the solution at hand: the norm of the volume over that of the dual fields,
     * each in the metric of its steps. It makes the bound on the distance to the optimum smallest.
     */
    double suitableBalance(Progress progress) {
        double[] primal = new double[geometry.depth()];
        double[] dual = new double[geometry.depth() + geometry.tilts()];
        double a = settings.zWeight();
        Parallel.forEach(progress, dual.length, i -> {
            if (i >= geometry.depth()) {
                int tilt = i - geometry.depth();
                for (int row = tilt * geometry.rays(); row < (tilt + 1) * geometry.rays(); row++) {
                    dual[i] += rayLengths[row] * VolumeKernels.sumOfSquares(y[row]);
                }
                return;
            }
            for (int row = i * geometry.width(); row < (i + 1) * geometry.width(); row++) {
                primal[i] += (voxelSums[row] + 4 + 2 * a) * VolumeKernels.sumOfSquares(x[row]);
                double squares = VolumeKernels.sumOfSquares(pz[row])
                        + VolumeKernels.sumOfSquares(px[row])
                        + VolumeKernels.sumOfSquares(py[row]);
                dual[i] += 2 * Math.max(1, a) * squares;
            }
        });
        return Math.sqrt(sum(primal) / sum(dual));
    }
}
