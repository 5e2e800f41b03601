package sinterj.assimilate;

import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;
import sinterj.optimize.LeastSquares;
import sinterj.optimize.SearchSpace;

/** The differences of one simulation from the observation near the surface, frame by frame, for the finish. */
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
                        if (frame > 0) fill(r, frame, density);
                        return true;
                    },
                    progress.hidden().withThreads(1));
        } catch (ArithmeticException e) {
            return null; // no residuals there: the search steps back
        }
        return last[0] == seen.frames() - 1 ? r : null;
    }

    private void fill(float[] r, int frame, float[][] density) {
        double factor = cost.residualFactor(frame);
        int from = (frame - 1) * size;
        band.forEach((k, z, i) -> {
            double d = SharpView.of(density[z][i]) - (seen.solid()[frame][z][i] & 0xff) / Observation.FULL;
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
