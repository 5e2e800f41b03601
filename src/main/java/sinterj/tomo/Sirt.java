package sinterj.tomo;

import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Simultaneous iterative reconstruction: the misfit of each ray, over the ray's length, is shared out among the voxels
 * that it meets, again and again (Gilbert 1972, doi:10.1016/0022-5193(72)90180-4; in the weighted form whose iterations
 * always settle, van der Sluis and van der Vorst 1990, doi:10.1016/0024-3795(90)90215-X). Early iterations are smooth;
 * late ones fit the noise too.
 *
 * <p>Cost of an iteration: one projection and one back-projection. Memory: 4 bytes per voxel, 8 per detector pixel, and
 * 16 per weight of the projection.
 */
public final class Sirt {
    private Sirt() {}

    /**
     * Reconstructs a volume from zeros.
     *
     * @param projector the projection
     * @param back its transpose
     * @param data projections as rows
     * @param weights one per value of the data, or null for 1
     * @param iterations at least 1
     * @param lower smallest value
     * @param upper largest value
     * @return the volume, with one step per iteration
     */
    public static Reconstruction reconstruct(
            Projector projector,
            BackProjector back,
            float[][] data,
            float[][] weights,
            int iterations,
            float lower,
            float upper,
            Progress progress) {
        Solver solver = new Solver(projector, back, data, weights, lower, upper);
        LiveView view = new LiveView(projector.geometry(), progress);
        Convergence convergence = new Convergence();
        double scale = Math.sqrt(solver.squares(progress));
        boolean complete = true;
        for (int i = 0; i < iterations && complete; i++) {
            progress.check();
            double misfit = solver.project(progress);
            if (i > 0) solver.note(misfit, scale, convergence);
            solver.step(progress);
            progress.report((i + 1.0) / iterations, "Reconstructing");
            view.show(solver.x);
            complete = i == iterations - 1 || !progress.finishEarly();
        }
        solver.note(solver.project(progress), scale, convergence);
        return new Reconstruction(solver.x, convergence, complete);
    }

    private static final class Solver {
        private final Projector projector;
        private final BackProjector back;
        private final float[][] data;
        private final float[][] weights;
        private final float lower;
        private final float upper;
        private final float[] rayLengths;
        private final float[] voxelSums;
        private final int length;
        private final float[][] x;
        private final float[][] residual;
        private final double[] misfit;
        private final double[] changed;
        private final double[] size;

        Solver(Projector projector, BackProjector back, float[][] data, float[][] weights, float lower, float upper) {
            this.projector = projector;
            this.back = back;
            this.data = data;
            this.weights = weights;
            this.lower = lower;
            this.upper = upper;
            rayLengths = projector.rayLengths();
            voxelSums = projector.voxelSums();
            length = data[0].length;
            x = RowImages.zeros(projector.geometry().voxelRows(), length);
            residual = RowImages.zeros(data.length, length);
            misfit = new double[data.length * Projector.chunks(length)];
            changed = new double[back.tasks()];
            size = new double[back.tasks()];
        }

        /** Squared norm of the data. */
        double squares(Progress progress) {
            double[] sums = new double[data.length];
            float[] zero = new float[length];
            Parallel.forEach(
                    progress,
                    sums.length,
                    r -> sums[r] = VolumeKernels.squaredDistance(data[r], zero, weight(r), 0, length));
            return VolumeKernels.sum(sums);
        }

        private float[] weight(int row) {
            return weights == null ? null : weights[row];
        }

        /** Sets the residual to the misfit over the rays' lengths, and returns the squared misfit. */
        double project(Progress progress) {
            Parallel.forEach(
                    progress, projector.tasks(length), i -> projector.project(i, x, residual, this::rowProjected));
            return VolumeKernels.sum(misfit);
        }

        private void rowProjected(int row, int from, int to) {
            if (!(rayLengths[row] > 0)) return; // its sum is 0 already
            misfit[Projector.place(row, from, length)] =
                    VolumeKernels.squaredDistance(residual[row], data[row], weight(row), from, to);
            VolumeKernels.scaledDifference(residual[row], data[row], 1 / rayLengths[row], from, to);
            if (weights != null) VolumeKernels.multiply(residual[row], weights[row], from, to);
        }

        void step(Progress progress) {
            back.forEachRow(residual, Step::new, progress);
        }

        void note(double squaredMisfit, double scale, Convergence convergence) {
            double norm = VolumeKernels.sum(size);
            double change = norm == 0 ? 0 : Math.sqrt(VolumeKernels.sum(changed) / norm);
            double residualNorm = scale == 0 ? 0 : Math.sqrt(squaredMisfit) / scale;
            convergence.add(0.5 * squaredMisfit, residualNorm, Double.NaN, change);
        }

        private final class Step implements BackProjector.RowSink {
            private final float[] change = new float[length];
            private final float[] norm = new float[length];
            private final float[] unused = new float[length];

            @Override
            public void end(int row, float[] sum) {
                if (!(voxelSums[row] > 0)) return; // no ray meets it
                float step = 1 / voxelSums[row];
                VolumeKernels.descend(x[row], sum, unused, change, norm, step, lower, upper, 1);
            }

            @Override
            public void taskDone(int task) {
                changed[task] = VolumeKernels.sum(change);
                size[task] = VolumeKernels.sum(norm);
            }
        }
    }
}
