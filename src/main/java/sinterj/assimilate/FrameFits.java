package sinterj.assimilate;

import java.util.ArrayList;
import java.util.List;
import sinterj.optimize.GaussNewton;
import sinterj.optimize.Posterior;

/**
 * Compares the best simulation with the observation frame by frame, in the voxels that count. Besides overlap and volume it asks of each frame at
 * what time the simulation would look most like it: for a true series that is the frame's own time within its error;
 * frames that were shuffled, or belong to another specimen, give themselves away.
 */
final class FrameFits {
    /** Side of the blocks whose differences count as independent, in voxels. */
    private final int block;

    private final Observation seen;
    private final float[][][] density;
    private final Band band;
    private final SharpView view;

    FrameFits(Observation seen, float[][][] density, Band band, SharpView view, int block) {
        this.seen = seen;
        this.density = density;
        this.band = band;
        this.view = view;
        this.block = block;
    }

    List<Answer.FrameFit> all(Posterior posterior, GaussNewton.Finish finish, BandResiduals residuals) {
        List<Answer.FrameFit> fits = new ArrayList<>();
        double first = misfit(0);
        for (int t = 0; t < density.length; t++) {
            double[] late = late(t);
            double[] counts = counts(t);
            fits.add(new Answer.FrameFit(
                    counts[0] / counts[1], // not a number if no voxel that counts is solid in either
                    counts[2],
                    counts[3],
                    volumeSd(t, posterior, finish, residuals),
                    misfit(t) / Math.max(first, 1e-12),
                    late[0],
                    late[1]));
        }
        return fits;
    }

    /** Voxels in both, in one, seen, simulated, each as far as it counts. */
    private double[] counts(int t) {
        double[] n = new double[4];
        for (int z = 0; z < seen.depth(); z++) {
            for (int i = 0; i < density[t][z].length; i++) {
                boolean there = seen.isSolid(t, z, i);
                boolean made = density[t][z][i] > 0.5f;
                double weight = seen.weight(z, i);
                if (there && made) n[0] += weight;
                if (there || made) n[1] += weight;
                if (there) n[2] += weight;
                if (made) n[3] += weight;
            }
        }
        return n;
    }

    private double difference(int t, int z, int i) {
        return view.of(density[t][z][i]) - seen.part(t, z, i);
    }

    private double misfit(int t) {
        double[] sum = {0, 0};
        band.forEach((k, z, i) -> {
            double d = difference(t, z, i);
            sum[0] += seen.weight(z, i) * d * d;
            sum[1] += seen.weight(z, i);
        });
        return sum[1] > 0 ? sum[0] / sum[1] : 0;
    }

    /** How much later the frame looks, and the deviation of that; regression on the change of the simulation. */
    private double[] late(int t) {
        if (t == 0) return new double[] {0, 0};
        int next = Math.min(t + 1, density.length - 1);
        double span = seen.seconds()[next] - seen.seconds()[t - 1];
        int[] blocks = band.blocks(block);
        double[] pulls = new double[java.util.Arrays.stream(blocks).max().orElse(0) + 1];
        double[] squares = {0, 0};
        band.forEach((k, z, i) -> {
            double rate = (view.of(density[next][z][i]) - view.of(density[t - 1][z][i])) / span;
            double pull = -seen.weight(z, i) * rate * difference(t, z, i);
            squares[0] += seen.weight(z, i) * rate * rate;
            squares[1] += pull;
            pulls[blocks[k]] += pull;
        });
        if (!(squares[0] > 0)) return new double[] {0, Double.POSITIVE_INFINITY};
        double late = squares[1] / squares[0];
        double[] own = new double[pulls.length];
        band.forEach((k, z, i) -> {
            double rate = (view.of(density[next][z][i]) - view.of(density[t - 1][z][i])) / span;
            own[blocks[k]] += seen.weight(z, i) * rate * rate;
        });
        double variance = 0;
        for (int b = 0; b < pulls.length; b++) variance += Math.pow(pulls[b] - late * own[b], 2);
        return new double[] {late, Math.sqrt(variance) / squares[0]};
    }

    private double volumeSd(int t, Posterior posterior, GaussNewton.Finish finish, BandResiduals residuals) {
        if (t == 0 && posterior != null) return 0;
        if (posterior == null || seen.weights()[t] == 0) return Double.NaN; // no slopes are known there
        int n = posterior.dimensions();
        int size = band.count();
        double[] slope = new double[n];
        band.forEach((k, z, i) -> {
            double factor = residuals.factor(t, k);
            if (factor == 0) return;
            for (int p = 0; p < n; p++) slope[p] += seen.weight(z, i) * finish.slopes()[p][(t - 1) * size + k] / factor;
        });
        double variance = 0;
        for (int p = 0; p < n; p++) {
            for (int q = 0; q < n; q++) variance += slope[p] * posterior.covariance()[p][q] * slope[q];
        }
        return Math.sqrt(Math.max(0, variance));
    }
}
