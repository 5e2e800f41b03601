package sinterj.assimilate;

import sinterj.optimize.SearchSpace;

/**
 * The cost of data assimilation (4DVar, Eq. 5 of Yamamoto et al. 2025): half the squared distance of the parameters
 * from their prior, plus for each frame half the squared differences between what the simulation would show and what was
 * seen, in units of their variance and divided by the number of voxels that err together. Differences of costs are thus
 * differences of the logarithm of the likelihood.
 */
final class Cost {
    private final Observation seen;
    private final ErrorModel errors;
    private final SharpView view;
    private final double[] priorMean;
    private final double[] priorSd;

    Cost(Observation seen, ErrorModel errors, SharpView view, SearchSpace space) {
        this.seen = seen;
        this.errors = errors;
        this.view = view;
        priorMean = space.priorMean();
        priorSd = space.priorSd();
    }

    /** The part of the prior. */
    double background(double[] at) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            double z = (at[i] - priorMean[i]) / priorSd[i];
            sum += z * z;
        }
        return sum / 2;
    }

    /** The part of a frame. The first frame is the start, which is the same in all trials: its part is 0. */
    double part(int frame, float[][] density) {
        if (frame == 0) return 0;
        double sum = 0;
        for (int z = 0; z < density.length; z++) {
            float[] weights = seen.voxelWeights() == null ? null : seen.voxelWeights()[z];
            sum += plane(density[z], seen.solid()[frame][z], weights);
        }
        return seen.weights()[frame] * sum / (2 * errors.scale());
    }

    private double plane(float[] density, byte[] solid, float[] weights) {
        double sum = 0;
        for (int i = 0; i < density.length; i++) {
            double d = view.of(density[i]) - (solid[i] & 0xff) / Observation.FULL;
            sum += weights == null ? d * d : weights[i] * d * d;
        }
        return sum;
    }
}
