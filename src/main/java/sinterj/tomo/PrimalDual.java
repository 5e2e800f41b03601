package sinterj.tomo;

import java.util.Arrays;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * State and steps of the primal-dual solver behind {@link TotalVariation}: the volume, a look ahead of it, the dual
 * fields of misfit and gradient, and the step lengths.
 *
 * <p>An iteration is two parallel phases. In the first, the volume is projected and the dual of the misfit goes up. In
 * the second, slab by slab, the dual fields of the gradient go up, and each voxel gathers from both duals and goes down.
 * A voxel's fields read the voxels after it, and its step reads the fields before it; so fields and volume go through
 * the cache together, if only the fields of the last plane of each slab are stepped in the first phase, while the next
 * slab's volume is still the old one.
 *
 * <p>Projections of the volume are kept, so that the projection of the look-ahead is a combination of two of them and
 * the misfit of the volume itself is known.
 */
final class PrimalDual {
    private static final int ROWS_PER_SUM = 32;

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

    private final TimeCoupling time;
    private final int frame;

    private final double[] misfit;
    private final double[] dualEnergy;
    private final double[] variation;
    private final double[] changed;
    private final double[] size;
    private final double[] support;
    private final double[] excess;
    private final double[] largest;
    private double bound;

    PrimalDual(
            Projector projector,
            BackProjector back,
            float[][] data,
            float[][] weights,
            float[][] start,
            TotalVariation.Settings settings,
            TimeCoupling time,
            int frame) {
        this.time = time;
        this.frame = frame;
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
        dualEnergy = new double[2 * misfit.length];
        variation = new double[2 * back.tasks()];
        changed = new double[back.tasks()];
        size = new double[back.tasks()];
        support = new double[back.tasks()];
        excess = new double[2 * back.tasks()];
        largest = new double[back.tasks()];
        balance = settings.balance();
    }

    /** The volume so far. */
    float[][] volume() {
        return x;
    }

    /** The look ahead, which a coupling in time reads between the two phases. */
    float[][] lookAhead() {
        return ahead;
    }

    /** Sets primal against dual step lengths; the solver converges for any value, see {@link TotalVariation}. */
    void setBalance(double g) {
        balance = g;
    }

    /** Brings the volume within its limits, which a relaxed step may leave a little. */
    void finish() {
        for (float[] row : x) VolumeKernels.clip(row, settings.lower(), settings.upper());
    }

    /** Lets go of everything but the volume. */
    void release() {
        ahead = null;
        pz = null;
        px = null;
        py = null;
        y = null;
        projected = null;
        before = null;
    }

    /** First phase: reprojects the volume, and steps the dual of the misfit up. */
    void up(Progress progress) {
        int projections = projector.tasks(length);
        float[][] swap = before;
        before = projected;
        projected = swap;
        Arrays.fill(misfit, 0);
        Arrays.fill(dualEnergy, 0);
        bound = 2 * largest();
        Parallel.forEach(progress, projections + back.tasks(), i -> {
            if (i < projections) projector.project(i, x, projected, this::misfitUp);
            else lastPlaneUp(i - projections);
        });
        first = false;
    }

    private void lastPlaneUp(int slab) {
        int width = geometry.width();
        int z = Math.min(geometry.depth(), (slab + 1) * BackProjector.SLAB) - 1;
        Ascent ascent = new Ascent();
        for (int row = z * width; row < (z + 1) * width; row++) ascent.up(row);
        variation[back.tasks() + slab] = ascent.variation();
        excess[back.tasks() + slab] = ascent.excess();
    }

    private boolean isLastOfSlab(int row) {
        int z = row / geometry.width();
        return (z + 1) % BackProjector.SLAB == 0 || z == geometry.depth() - 1;
    }

    /** Reprojects the volume and measures its total variation, without a step. */
    void measure(Progress progress) {
        int projections = projector.tasks(length);
        Arrays.fill(misfit, 0);
        Arrays.fill(variation, 0);
        Parallel.forEach(progress, projections + back.tasks(), i -> {
            if (i < projections) projector.project(i, x, projected, this::addMisfit);
            else variation[i - projections] = variationOfSlab(i - projections);
        });
    }

    private double variationOfSlab(int slab) {
        Ascent ascent = new Ascent();
        int end = Math.min(geometry.depth(), (slab + 1) * BackProjector.SLAB) * geometry.width();
        for (int row = slab * BackProjector.SLAB * geometry.width(); row < end; row++) ascent.addVariation(row);
        return ascent.variation();
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
        float[] w = weights == null ? null : weights[row];
        int place = Projector.place(row, from, length);
        dualEnergy[2 * place] = VolumeKernels.halfSquares(y[row], w, from, to);
        dualEnergy[2 * place + 1] = VolumeKernels.product(y[row], data[row], from, to);
    }

    /** Steps the dual fields up, row by row, and sums the variation of the volume that is still the old one. */
    private final class Ascent {
        private final float a = (float) settings.zWeight();
        private final float step = (float) (1 / (2 * balance * Math.max(1, a)));
        private final float radius = (float) settings.lambda();
        private final float relax = (float) settings.relaxation();
        private final float[] shifted = new float[length];
        private final float[] factor = new float[length];
        private final float[] tz = new float[length];
        private final float[] tx = new float[length];
        private final float[] ty = new float[length];
        private final float[] lengths = new float[length];
        private final float[] squares = new float[length];

        void up(int row) {
            addVariation(row);
            if (radius == 0) return;
            float[] v = ahead[row];
            VolumeKernels.shiftDown(v, shifted);
            VolumeKernels.ascend(tz, pz[row], below(ahead, row), v, a * step);
            VolumeKernels.ascend(tx, px[row], beside(ahead, row), v, step);
            VolumeKernels.ascend(ty, py[row], shifted, v, step);
            VolumeKernels.ballFactor(factor, tz, tx, ty, radius);
            VolumeKernels.relax(pz[row], tz, factor, relax);
            VolumeKernels.relax(px[row], tx, factor, relax);
            VolumeKernels.relax(py[row], ty, factor, relax);
            if (relax > 1) VolumeKernels.largestSquare(squares, pz[row], px[row], py[row]);
        }

        /** By how much the longest vector of the dual fields is longer than allowed, as a factor of at least 1. */
        double excess() {
            double most = 0;
            for (float square : squares) most = Math.max(most, square);
            return radius == 0 ? 1 : Math.max(1, Math.sqrt(most) / radius);
        }

        void addVariation(int row) {
            float[] v = x[row];
            VolumeKernels.shiftDown(v, shifted);
            VolumeKernels.squares2(factor, below(x, row), beside(x, row), v, a);
            VolumeKernels.addLengths(lengths, factor, shifted, v);
        }

        double variation() {
            return VolumeKernels.sum(lengths);
        }

        /** The next row along z, or at the edge the row itself, since nothing flows over the edge. */
        private float[] below(float[][] rows, int row) {
            int next = row + geometry.width();
            return rows[next < rows.length ? next : row];
        }

        private float[] beside(float[][] rows, int row) {
            return rows[(row + 1) % geometry.width() > 0 ? row + 1 : row];
        }
    }

    /** Second phase: steps the dual fields up and the volume down. */
    void down(Progress progress) {
        back.forEachRow(y, Descent::new, progress);
    }

    private final class Descent implements BackProjector.RowSink {
        private final Ascent ascent = new Ascent();
        private final float[] zero = new float[length];
        private final float[] shifted = new float[length];
        private final float[] change = new float[length];
        private final float[] norm = new float[length];
        private final float[] least = new float[length];
        private final float[] most = new float[length];
        private final float a = (float) settings.zWeight();
        private final float low = (float) Math.max(-bound, settings.lower());
        private final float high = (float) Math.min(bound, settings.upper());
        private double leastSum;
        private int rows;

        @Override
        public void begin(int row, float[] sum) {
            if (!isLastOfSlab(row)) ascent.up(row);
            int width = geometry.width();
            float[] above = row >= width ? pz[row - width] : zero;
            float[] side = row % width > 0 ? px[row - 1] : zero;
            VolumeKernels.divergence2(sum, above, pz[row], side, px[row], a);
            VolumeKernels.shiftUp(py[row], shifted);
            VolumeKernels.addDivergence(sum, shifted, py[row], 1);
            if (time != null) time.addDivergence(frame, row, sum);
        }

        @Override
        public void end(int row, float[] sum) {
            float step = (float) (balance / columnSum(row));
            float relax = (float) settings.relaxation();
            VolumeKernels.leastProduct(least, sum, low, high);
            VolumeKernels.descend(
                    x[row], sum, ahead[row], change, norm, step, settings.lower(), settings.upper(), relax);
            VolumeKernels.largest(most, x[row]);
            // Sums of many rows in floats would lose what the gap is about.
            if (++rows % ROWS_PER_SUM == 0) sumLeast();
        }

        private void sumLeast() {
            leastSum += VolumeKernels.sum(least);
            Arrays.fill(least, 0);
        }

        @Override
        public void taskDone(int task) {
            changed[task] = VolumeKernels.sum(change);
            size[task] = VolumeKernels.sum(norm);
            variation[task] = ascent.variation();
            excess[task] = ascent.excess();
            sumLeast();
            support[task] = leastSum;
            double highest = 0;
            for (float v : most) highest = Math.max(highest, v);
            largest[task] = highest;
        }
    }

    /** Sum of the sizes of the operators' weights at a voxel, which limits its step. */
    private double columnSum(int row) {
        return voxelSums[row] + 4 + 2 * settings.zWeight() + (time == null ? 0 : 2);
    }

    /** Half the squared misfit of the volume before {@link #up}, or that {@link #measure} saw. */
    double halfSquaredMisfit() {
        return 0.5 * VolumeKernels.sum(misfit);
    }

    /** Total variation of the volume before {@link #down}, or that {@link #measure} saw. */
    double variation() {
        return VolumeKernels.sum(variation);
    }

    /** Squared norm of the last change, and of the volume before it. */
    double[] squaredChange() {
        return new double[] {VolumeKernels.sum(changed), VolumeKernels.sum(size)};
    }

    /** The largest size of a value after the last step. */
    double largest() {
        double most = 0;
        for (double v : largest) most = Math.max(most, v);
        return most;
    }

    /** The factor, at least 1, by which the dual fields of the gradient must be shrunk to be allowed. */
    double excess() {
        double most = 1;
        for (double v : excess) most = Math.max(most, v);
        return most;
    }

    /**
     * Value of the dual objective at the dual fields over a factor: no volume within the limits has a lower objective.
     *
     * @param shrink at least {@link #excess}
     */
    double dualObjective(double shrink) {
        double squares = 0;
        double products = 0;
        for (int i = 0; i < dualEnergy.length; i += 2) {
            squares += dualEnergy[i];
            products += dualEnergy[i + 1];
        }
        return (VolumeKernels.sum(support) - products) / shrink - squares / (shrink * shrink);
    }

    /**
     * Squared norms of the volume and of the dual fields, each in the metric of its steps: the root of their ratio is
     * the balance of step lengths that makes the bound on the distance to the optimum smallest.
     */
    double[] weightedSquares(Progress progress) {
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
                primal[i] += columnSum(row) * VolumeKernels.sumOfSquares(x[row]);
                double squares = VolumeKernels.sumOfSquares(pz[row])
                        + VolumeKernels.sumOfSquares(px[row])
                        + VolumeKernels.sumOfSquares(py[row]);
                dual[i] += 2 * Math.max(1, a) * squares;
            }
        });
        return new double[] {VolumeKernels.sum(primal), VolumeKernels.sum(dual)};
    }
}
