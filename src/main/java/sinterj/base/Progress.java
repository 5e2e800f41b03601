package sinterj.base;

import java.util.concurrent.CancellationException;

/**
 * What long work tells the person who waits, and hears from them. One is handed to every operation; science code calls
 * {@link #report} and {@link #check} once per plane or iteration. All methods may be called from any thread.
 */
public interface Progress {
    /** Says nothing, is never cancelled, uses every processor. */
    Progress SILENT = new Progress() {
        @Override
        public void report(double fraction, String what) {}

        @Override
        public void check() {}
    };

    /**
     * How far the work is.
     *
     * @param fraction 0 at the start, 1 at the end; never falls
     * @param what what is being done now, for the status bar: {@code "Back-projecting"}
     */
    void report(double fraction, String what);

    /**
     * Returns unless the user asked to stop.
     *
     * @throws CancellationException if the user pressed Escape or Ctrl-C; let it pass
     */
    void check();

    /**
     * Says something that should still be there when the work has ended, as the status bar is not: in the log, or on
     * standard error. For what changes how the work is done, not for what is wrong with the input.
     *
     * @param sentence as the user reads it
     */
    default void remark(String sentence) {}

    /** Whether the user asked for the best result so far; an operation that can then returns it, marked as such. */
    default boolean finishEarly() {
        return false;
    }

    /**
     * A live view of the work, for instance the central slice of a volume being solved. Shown or ignored; the pixels
     * may be reused by the caller afterwards.
     *
     * @param title what is shown
     * @param width pixels a row
     * @param height rows
     * @param pixels {@code width * height} values, row by row
     */
    default void show(String title, int width, int height, float[] pixels) {}

    /**
     * A live view of the work as curves, with the time left. Shown or ignored.
     *
     * @param title what is shown
     * @param curves from its start until now
     */
    default void show(String title, Curves curves) {}

    /** Whether anybody looks at {@link #show}: when not, making the picture can be spared. */
    default boolean isShown() {
        return false;
    }

    /** How many threads the work may use, at least 1. The result must not depend on it. */
    default int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * The part of this progress from one fraction to another, for a step of a longer work.
     *
     * @param from fraction of the whole where the step starts
     * @param to fraction of the whole where it ends
     * @return progress whose 0 to 1 is {@code from} to {@code to} here
     */
    default Progress part(double from, double to) {
        return new PassedOn(this) {
            @Override
            public void report(double fraction, String what) {
                super.report(from + (to - from) * Math.max(0, Math.min(1, fraction)), what);
            }
        };
    }

    /** The same with another number of threads. */
    default Progress withThreads(int count) {
        return new PassedOn(this) {
            @Override
            public int threads() {
                return count;
            }
        };
    }

    /** For a step whose own fraction and views are of no interest, and which is not ended early: it can be cancelled. */
    default Progress hidden() {
        return new PassedOn(this) {
            @Override
            public void report(double fraction, String what) {
                check();
            }

            @Override
            public boolean finishEarly() {
                return false;
            }

            @Override
            public void show(String title, int width, int height, float[] pixels) {}

            @Override
            public void show(String title, Curves curves) {}

            @Override
            public boolean isShown() {
                return false;
            }
        };
    }
}
