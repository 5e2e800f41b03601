package sinterj.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import sinterj.base.Progress;
import sinterj.base.TimeLeft;

/** Progress on standard error, with the time left; Ctrl-C keeps the best result so far where that can be, or cancels. */
final class ShellProgress implements Progress {
    private static final long BETWEEN_LINES_MS = 2000;

    private final TimeLeft timeLeft = new TimeLeft();
    private final PrintStream err;
    private final boolean canKeep;
    private final int threads;
    private volatile boolean keep;
    private volatile boolean cancelled;
    private volatile boolean writing;
    private long lastLine;

    /**
     * @param err where progress goes; null for none
     * @param canKeep whether the operation can end early with its best result
     * @param threads at most so many
     */
    ShellProgress(PrintStream err, boolean canKeep, int threads) {
        this.err = err;
        this.canKeep = canKeep;
        this.threads = threads;
    }

    /** The work is done and its result is being written: too late to cancel. */
    void writing() {
        writing = true;
    }

    /** The user pressed Ctrl-C. */
    void interrupt() {
        if (writing) {
            say("The result is being written; that cannot be cancelled.");
        } else if (canKeep && !keep) {
            keep = true;
            say("Stopping with the best result so far; press Ctrl-C again to cancel.");
        } else {
            cancelled = true;
            say("Cancelling ...");
        }
    }

    private void say(String line) {
        if (err != null) err.println(line);
    }

    @Override
    public synchronized void report(double fraction, String what) {
        if (err == null || timeLeft.elapsedMs() < lastLine + BETWEEN_LINES_MS) return;
        lastLine = timeLeft.elapsedMs();
        String left = timeLeft.text(fraction);
        say(String.format(
                Locale.ROOT, "%3.0f %%  %s%s", 100 * fraction, what, left.isEmpty() ? "" : " (" + left + ")"));
    }

    @Override
    public void remark(String sentence) {
        say(sentence);
    }

    @Override
    public void check() {
        if (cancelled) throw new CancellationException("cancelled");
    }

    @Override
    public boolean finishEarly() {
        return keep;
    }

    @Override
    public int threads() {
        return threads;
    }
}
