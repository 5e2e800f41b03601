package sinterj.assimilate;

import java.util.Map;
import sinterj.base.Progress;

/** A simulation that an observation is compared with. One is shared by all trials, so it must keep nothing of a run. */
@FunctionalInterface
public interface ForwardModel {
    /** Receives the frames as they come. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param frame number of the frame, from 0
         * @param density [z][x + width y] on the grid of the observation, 0 in the gas and 1 in the solid; the
         *     receiver's own
         * @return whether to go on
         */
        boolean take(int frame, float[][] density);
    }

    /**
     * Simulates from the start to the time of the last frame, or until the receiver has seen enough.
     *
     * @param parameters every quantity by name
     * @throws ArithmeticException if it is impossible with these parameters: the trial counts as failed
     */
    void run(Map<String, Double> parameters, Sink sink, Progress progress);
}
