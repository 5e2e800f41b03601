package sinterj.assimilate;

import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.optimize.LeastSquares;
import sinterj.optimize.SearchSpace;

/**
 * The differences of one simulation from the observation near the surface, frame by frame, for the finish. The observation
 * operator is fitted anew to each simulation, so that it takes no sides among them ("variable projection", Golub and
 * Pereyra 1973, doi:10.1137/0710036): what it can explain says nothing of the parameters.
 *
 * <p>A voxel counts as far as its mask is sure: where a simulation shows solid with the chance p, a mask has the variance
 * p (1 - p). These weights are those of one simulation for all, so that none gains by them: first of the one that the
 * search begins with, then of one near its end. For four parameters and ten noises the median deviations are 9, 14, 17 and
 * 22 % with them; with equal weights they were 10, 16, 19 and 21 %.
 */
final class BandResiduals implements LeastSquares {
    private final Observation seen;
    private final Band band;
    private final int size;
    private final ErrorModel errors;
    private final SearchSpace space;
    private final ForwardModel model;
    private float[] factors;
    private final Progress progress;

    private BandResiduals(
            Observation seen,
            Band band,
            ErrorModel errors,
            SearchSpace space,
            ForwardModel model,
            float[] factors,
            Progress progress) {
        this.seen = seen;
        this.band = band;
        size = band.count();
        this.errors = errors;
        this.space = space;
        this.model = model;
        this.factors = factors;
        this.progress = progress;
    }

    /**
     * Residuals with the weights of the simulation at a point, of which the simulation can be run.
     *
     * @param band the voxels near the surface there
     */
    static BandResiduals weightedAt(
            double[] point,
            Observation seen,
            Band band,
            ErrorModel errors,
            SearchSpace space,
            ForwardModel model,
            Progress progress) {
        BandResiduals residuals = new BandResiduals(seen, band, errors, space, model, null, progress);
        residuals.near(point);
        return residuals;
    }

    @Override
    public void near(double[] point) {
        factors = factors(point);
    }

    /** The same compared with another model. */
    BandResiduals of(ForwardModel other) {
        return new BandResiduals(seen, band, errors, space, other, factors, progress);
    }

    @Override
    public List<float[]> residuals(List<double[]> points) {
        float[][] found = new float[points.size()][];
        Parallel.forEach(progress, found.length, i -> found[i] = residuals(points.get(i)));
        return java.util.Arrays.asList(found);
    }

    private float[] residuals(double[] at) {
        float[] r = densities(at);
        if (r == null) return null;
        SharpView view = view(r);
        forEachRun((k, frame, z, i, count) -> {
            for (int n = 0; n < count; n++) {
                r[k + n] = factors[k + n] * (view.of(r[k + n]) - (float) seen.part(frame, z, i + n));
            }
        });
        return r;
    }

    /** Densities near the surface; null where the simulation does not go to its end: the search steps back. */
    private float[] densities(double[] at) {
        float[] r = new float[(seen.frames() - 1) * size];
        int[] last = {-1};
        try {
            model.run(
                    space.named(at),
                    (frame, density) -> {
                        last[0] = frame;
                        int from = (frame - 1) * size;
                        if (frame > 0) {
                            band.forEachRun((k, z, i, n) -> System.arraycopy(density[z], i, r, from + k, n));
                        }
                        return true;
                    },
                    progress.hidden().withThreads(1));
        } catch (ArithmeticException e) {
            return null;
        }
        return last[0] < seen.frames() - 1 ? null : r;
    }

    private SharpView view(float[] densities) {
        return ViewFit.ofFrames(seen, band, (frame, k, z, i) -> densities[(frame - 1) * size + k]);
    }

    /** Factors from a difference to a residual of unit variance, in the order of the residuals. */
    private float[] factors(double[] at) {
        float[] f = densities(at);
        if (f == null) throw new ArithmeticException("the simulation does not go to its end there");
        SharpView view = view(f);
        forEachRun((k, frame, z, i, count) -> {
            for (int n = 0; n < count; n++) {
                f[k + n] = (float) Math.sqrt(seen.weight(frame, z, i + n) / errors.scaleOf(view.of(f[k + n])));
            }
        });
        return f;
    }

    /** Factor from a difference to a residual of unit variance, for a voxel of the band in a frame after the first. */
    double factor(int frame, int k) {
        return factors[(frame - 1) * size + k];
    }

    private void forEachRun(Run run) {
        for (int t = 1; t < seen.frames(); t++) {
            int frame = t;
            int from = (t - 1) * size;
            band.forEachRun((k, z, i, count) -> run.at(from + k, frame, z, i, count));
        }
    }

    /** Something done with residuals in a row, the first of which is given. */
    private interface Run {
        void at(int number, int frame, int z, int i, int count);
    }

    /** For each residual the block of voxels it lies in; a block holds the residuals of all frames. */
    int[] clusters(int side) {
        int[] blocks = band.blocks(side);
        int[] clusters = new int[(seen.frames() - 1) * size];
        for (int t = 0; t + 1 < seen.frames(); t++) System.arraycopy(blocks, 0, clusters, t * size, size);
        return clusters;
    }
}
