package sinterj.tomo;

import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * The penalty on changes from one time point to the next: its dual fields, one per pair of neighbours in time, and how
 * they step. It is the sum of absolute changes, so that a voxel which is filled or emptied may do so at once.
 */
final class TimeCoupling {
    private final float radius;
    private final float relax;
    private final float[][][] q;
    private final int width;
    private final double[][] variation;
    private final double[][] largest;
    private double balance;

    /**
     * @param frames number of time points, at least 2
     * @param weight of the changes, greater than 0
     */
    TimeCoupling(int frames, double weight, Geometry geometry, int length, TotalVariation.Settings settings) {
        radius = (float) weight;
        relax = (float) settings.relaxation();
        balance = settings.balance();
        width = geometry.width();
        q = new float[frames - 1][][];
        for (int t = 0; t < q.length; t++) q[t] = RowImages.zeros(geometry.voxelRows(), length);
        variation = new double[q.length][geometry.depth()];
        largest = new double[q.length][geometry.depth()];
    }

    void setBalance(double g) {
        balance = g;
    }

    /** Steps the dual fields up, between the two phases of the frames, and sums the changes of the volumes at hand. */
    void up(List<PrimalDual> frames, Progress progress) {
        float step = (float) (1 / (2 * balance));
        forEachPlane(progress, (t, z) -> {
            float[][] now = frames.get(t).lookAhead();
            float[][] next = frames.get(t + 1).lookAhead();
            for (int row = z * width; row < (z + 1) * width; row++) {
                VolumeKernels.ascendClipped(q[t][row], next[row], now[row], step, radius, relax);
            }
        });
        measure(frames, progress);
    }

    /** Sums the changes of the volumes at hand. */
    void measure(List<PrimalDual> frames, Progress progress) {
        forEachPlane(progress, (t, z) -> {
            float[][] now = frames.get(t).volume();
            float[][] next = frames.get(t + 1).volume();
            float[] distances = new float[q[t][0].length];
            float[] sizes = new float[distances.length];
            for (int row = z * width; row < (z + 1) * width; row++) {
                VolumeKernels.addDistances(distances, next[row], now[row]);
                VolumeKernels.largest(sizes, q[t][row]);
            }
            variation[t][z] = VolumeKernels.sum(distances);
            largest[t][z] = 0;
            for (float size : sizes) largest[t][z] = Math.max(largest[t][z], size);
        });
    }

    private interface PlaneOfPair {
        void accept(int pair, int z);
    }

    private void forEachPlane(Progress progress, PlaneOfPair body) {
        int depth = variation[0].length;
        Parallel.forEach(progress, q.length * depth, i -> body.accept(i / depth, i % depth));
    }

    /** Adds to the gradient of a row of a frame. */
    void addDivergence(int frame, int row, float[] sum) {
        if (frame > 0) for (int i = 0; i < sum.length; i++) sum[i] += q[frame - 1][row][i];
        if (frame < q.length) for (int i = 0; i < sum.length; i++) sum[i] -= q[frame][row][i];
    }

    /** The penalty on the volumes that were seen last. */
    double penalty() {
        double sum = 0;
        for (double[] pair : variation) sum += VolumeKernels.sum(pair);
        return radius * sum;
    }

    /** The factor, at least 1, by which the dual fields must be shrunk to be allowed. */
    double excess() {
        double most = radius;
        for (double[] pair : largest) for (double size : pair) most = Math.max(most, size);
        return most / radius;
    }

    /** Squared norm of the dual fields in the metric of their steps. */
    double weightedSquares(Progress progress) {
        double[] sums = new double[q.length];
        Parallel.forEach(progress, sums.length, t -> {
            for (float[] row : q[t]) sums[t] += 2 * VolumeKernels.sumOfSquares(row);
        });
        return VolumeKernels.sum(sums);
    }
}
