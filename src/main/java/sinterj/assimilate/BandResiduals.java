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
 */
final class BandResiduals implements LeastSquares {
    private final Observation seen;
    private final Band band;
    private final int size;
    private final Cost cost;
    private final SearchSpace space;
    private final ForwardModel model;
    private final Progress progress;

    BandResiduals(Observation seen, Band band, Cost cost, SearchSpace space, ForwardModel model, Progress progress) {
        this.seen = seen;
        this.band = band;
        size = band.count();
        this.cost = cost;
        this.space = space;
        this.model = model;
        this.progress = progress;
    }

    /** The same compared with another model. */
    BandResiduals of(ForwardModel other) {
        return new BandResiduals(seen, band, cost, space, other, progress);
    }

    @Override
    public List<float[]> residuals(List<double[]> points) {
        float[][] found = new float[points.size()][];
        Parallel.forEach(progress, found.length, i -> found[i] = residuals(points.get(i)));
        return java.util.Arrays.asList(found);
    }

    private float[] residuals(double[] at) {
        float[] r = new float[(seen.frames() - 1) * size];
        int[] last = {-1};
        try {
            model.run(
                    space.named(at),
                    (frame, density) -> {
                        last[0] = frame;
                        int from = (frame - 1) * size;
                        if (frame > 0) band.forEach((k, z, i) -> r[from + k] = density[z][i]);
                        return true;
                    },
                    progress.hidden().withThreads(1));
        } catch (ArithmeticException e) {
            return null; // no residuals there: the search steps back
        }
        if (last[0] < seen.frames() - 1) return null;
        SharpView view = ViewFit.ofFrames(seen, band, (frame, k, z, i) -> r[(frame - 1) * size + k]);
        for (int frame = 1; frame < seen.frames(); frame++) compare(r, frame, view);
        return r;
    }

    /** Turns the densities of a frame into residuals. */
    private void compare(float[] r, int frame, SharpView view) {
        double factor = cost.residualFactor(frame);
        int from = (frame - 1) * size;
        band.forEach((k, z, i) -> {
            double d = view.of(r[from + k]) - seen.part(frame, z, i);
            double weight = seen.voxelWeights() == null ? 1 : Math.sqrt(seen.voxelWeights()[z][i]);
            r[from + k] = (float) (factor * weight * d);
        });
    }

    /** For each residual the block of voxels it lies in; a block holds the residuals of all frames. */
    int[] clusters(int side) {
        int[] blocks = band.blocks(side);
        int[] clusters = new int[(seen.frames() - 1) * size];
        for (int t = 0; t + 1 < seen.frames(); t++) System.arraycopy(blocks, 0, clusters, t * size, size);
        return clusters;
    }
}
