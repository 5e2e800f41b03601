package sinterj.tomo;

import sinterj.base.Progress;

/**
 * SIRT, the simultaneous iterative reconstruction: the misfit of the reprojections, divided by the lengths of the rays, is
 * projected back and divided by the number of rays through each voxel, again and again (Gilbert 1972,
 * doi:10.1016/0022-5193(72)90180-4; in the scaled form of Gregor and Benson 2008, doi:10.1109/TMI.2008.923696). It goes
 * down to the weighted least-squares solution; with noisy data the best volume comes before the end, so the number of
 * iterations is a setting.
 *
 * <p>Cost of an iteration: one projection and one back-projection. Memory: 4 bytes per voxel, 8 per detector pixel, 16 per
 * weight of the projection.
 */
public final class SimultaneousReconstruction {
    private final Projector projector;
    private final BackProjector back;
    private final float[][] data;
    private final float lower;
    private final float upper;
    private final float[] rayLengths;
    private final float[] voxelSums;
    private final float[][] x;
    private final float[][] misfit;
    private final double[] squares;
    private final double[] changed;
    private final double[] size;
    private final int length;

    private SimultaneousReconstruction(
            Projector projector, BackProjector back, float[][] data, float lower, float upper) {
        this.projector = projector;
        this.back = back;
        this.data = data;
        this.lower = lower;
        this.upper = upper;
        length = data[0].length;
        rayLengths = projector.rayLengths();
        voxelSums = projector.voxelSums();
        x = RowImages.zeros(projector.geometry().voxelRows(), length);
        misfit = RowImages.zeros(projector.geometry().rayRows(), length);
        squares = new double[misfit.length * Projector.chunks(length)];
        changed = new double[back.tasks()];
        size = new double[back.tasks()];
    }

    /**
     * Solves for a volume, starting from zeros.
     *
     * @param projector the projection
     * @param back its transpose
     * @param data projections as rows
     * @param iterations at least 1
     * @param lower smallest value of a voxel
     * @param upper largest value of a voxel
     * @return the volume, with one step per iteration
     */
    public static Reconstruction solve(
            Projector projector,
            BackProjector back,
            float[][] data,
            int iterations,
            float lower,
            float upper,
            Progress progress) {
        return new SimultaneousReconstruction(projector, back, data, lower, upper).solve(iterations, progress);
    }

    private Reconstruction solve(int iterations, Progress progress) {
        LiveView view = new LiveView(projector.geometry(), progress);
        Convergence convergence = new Convergence();
        double norm = 0;
        for (float[] row : data) norm += VolumeKernels.sumOfSquares(row);
        project(progress);
        boolean complete = true;
        for (int i = 0; i < iterations && complete; i++) {
            progress.check();
            update(progress);
            project(progress);
            double square = sum(squares);
            double volume = sum(size);
            double change = volume == 0 ? 0 : Math.sqrt(sum(changed) / volume);
            convergence.add(square / 2, norm == 0 ? 0 : Math.sqrt(square / norm), change);
            progress.report((i + 1.0) / iterations, "Reconstructing");
            view.show(x);
            complete = i + 1 == iterations || !progress.finishEarly();
        }
        return new Reconstruction(x, convergence, complete);
    }

    private static double sum(double[] parts) {
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    /** Reprojects the volume; the misfit is left divided by the ray lengths. */
    private void project(Progress progress) {
        sinterj.base.Parallel.forEach(
                progress, projector.tasks(length), task -> projector.project(task, x, misfit, this::divide));
    }

    private void divide(int row, int from, int to) {
        float inverse = rayLengths[row] > 0 ? 1 / rayLengths[row] : 0; // a ray that meets no voxel says nothing
        float[] m = misfit[row];
        float[] b = data[row];
        for (int i = from; i < to; i++) m[i] = b[i] - m[i];
        squares[Projector.place(row, from, length)] = inverse == 0 ? 0 : sumOfSquares(m, from, to);
        for (int i = from; i < to; i++) m[i] *= inverse;
    }

    private static double sumOfSquares(float[] a, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += (double) a[i] * a[i];
        return sum;
    }

    private void update(Progress progress) {
        back.forEachRow(misfit, Step::new, progress);
    }

    private final class Step implements BackProjector.RowSink {
        private final float[] change = new float[length];
        private final float[] norm = new float[length];

        @Override
        public void end(int row, float[] sum) {
            float inverse = voxelSums[row] > 0 ? 1 / voxelSums[row] : 0;
            float[] v = x[row];
            for (int i = 0; i < v.length; i++) {
                float old = v[i];
                float next = Math.max(lower, Math.min(upper, old + inverse * sum[i]));
                float d = next - old;
                change[i] += d * d;
                norm[i] += next * next;
                v[i] = next;
            }
        }

        @Override
        public void taskDone(int task) {
            changed[task] = VolumeKernels.sum(change);
            size[task] = VolumeKernels.sum(norm);
        }
    }
}
