package sinterj.assimilate;

import java.util.List;
import java.util.Map;
import sinterj.optimize.GaussNewton;
import sinterj.optimize.GaussianProcess;
import sinterj.optimize.History;
import sinterj.optimize.Posterior;
import sinterj.optimize.TrialResult;

/**
 * What an assimilation has come to.
 *
 * @param at the best point, in the cube of the search space
 * @param posterior what is known of the parameters; null if the finish was not reached
 * @param finish where the finish ended; null if it was not reached
 * @param history all trials
 * @param results their costs by frame
 * @param coarse number of trials on the coarse grid; they come first
 * @param surface a smooth surface through the costs of the trials; null if there are too few
 * @param errors what the observation is worth
 * @param density best simulation, [frame][z][x + width y], on the observation's grid
 * @param frames how well each frame is met
 * @param informative whether the observation follows the model at all: if not, no number is to be trusted
 * @param remarks what is to be said about it, in sentences
 * @param simulatedSeconds time spent in simulations of the trials, summed over threads
 */
public record Answer(
        double[] at,
        Posterior posterior,
        GaussNewton.Finish finish,
        History history,
        Map<Integer, TrialResult> results,
        int coarse,
        GaussianProcess surface,
        ErrorModel errors,
        float[][][] density,
        List<FrameFit> frames,
        boolean informative,
        List<String> remarks,
        double simulatedSeconds) {

    /**
     * How well a frame is met.
     *
     * @param jaccard voxels that are solid in both, over those that are in one
     * @param seenVolume solid that was seen, in voxels
     * @param volume solid of the simulation inside density 0.5, in voxels
     * @param volumeSd deviation of it that follows from those of the parameters; NaN if they are not known
     * @param misfit mean square difference near the surface, over that of the first frame
     * @param late by how many seconds the frame looks later than its time, in the simulation's eyes
     * @param lateSd deviation of that
     */
    public record FrameFit(
            double jaccard,
            double seenVolume,
            double volume,
            double volumeSd,
            double misfit,
            double late,
            double lateSd) {}

    /** Whether the user wanted the best so far before the finish was at its end. */
    public boolean endedEarly() {
        return finish == null || finish.endedEarly();
    }

    /** Whether a parameter may be called determined by the data. */
    public boolean isIdentifiable(int parameter) {
        return informative && posterior != null && posterior.isIdentifiable(parameter);
    }
}
