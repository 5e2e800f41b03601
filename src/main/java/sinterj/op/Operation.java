package sinterj.op;

import java.util.Optional;
import sinterj.base.Progress;

/**
 * A step of an analysis: images, tables and settings in, images and tables out. It knows no window, file dialog or
 * thread pool, changes none of its inputs, and gives the same result for the same settings, whatever the number of
 * threads.
 *
 * @param <P> the settings record; each component carries a {@link Param}
 */
public interface Operation<P extends Record> {
    /** What is to be known of it without running it; cheap. */
    OperationInfo<P> info();

    /**
     * Does the work.
     *
     * @param in what the slots of {@link #info} hold; one time point, unless the operation takes all of them
     * @param settings settings within their limits
     * @param progress told how far it is, and asked whether to go on
     * @return one entry per output slot, or fewer where the settings say so
     * @throws sinterj.base.InvalidInput if the user can mend what is wrong
     * @throws java.util.concurrent.CancellationException if the user stopped it
     */
    Outputs run(Inputs in, P settings, Progress progress);

    /**
     * Whether a run with these settings may make an output; asked before it starts, so that nobody waits for a file that
     * cannot come.
     *
     * @param slot name of an output of {@link #info}
     */
    default boolean canMake(String slot, P settings) {
        return true;
    }

    /**
     * What a preview of one plane of the main input is made from, if it depends on other planes too; asked of operations
     * with {@link OperationInfo.Trait#PREVIEW}.
     *
     * @param slice counted from 0
     * @param frame time point, counted from 0
     * @return empty if the plane alone is enough
     */
    default Optional<PreviewPart<P>> preview(Inputs in, P settings, int slice, int frame) {
        return Optional.empty();
    }

    /**
     * Memory that the work needs beyond its inputs, results included; asked before it starts.
     *
     * @return bytes, 0 if it is little
     */
    default long memory(Inputs in, P settings) {
        return 0;
    }
}
