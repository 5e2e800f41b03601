package sinterj.base;

import java.util.Locale;

/** Tells from the fraction done how long a work will still take, and how often that is worth saying. */
public final class TimeLeft {
    private static final long BETWEEN_REPORTS_NS = 100_000_000L;
    private static final long NOT_BEFORE_NS = 2_000_000_000L;

    private final long start = System.nanoTime();
    private long lastReport = start - BETWEEN_REPORTS_NS;

    /** Whether a report is due: at most ten a second, and at the end. */
    public synchronized boolean isDue(double fraction) {
        long now = System.nanoTime();
        if (fraction < 1 && now - lastReport < BETWEEN_REPORTS_NS) return false;
        lastReport = now;
        return true;
    }

    /** Milliseconds since the start. */
    public long elapsedMs() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** The time left in words, empty while it cannot be told yet. */
    public String text(double fraction) {
        long elapsed = System.nanoTime() - start;
        if (fraction <= 0.005 || fraction >= 1 || elapsed < NOT_BEFORE_NS) return "";
        return words(elapsed / fraction * (1 - fraction) / 1e9) + " left";
    }

    /** Seconds in words: {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String words(double seconds) {
        long s = Math.max(1, Math.round(seconds));
        if (s < 60) return s + " s";
        if (s < 3600) return String.format(Locale.ROOT, "%d min %d s", s / 60, s % 60);
        return String.format(Locale.ROOT, "%d h %d min", s / 3600, s % 3600 / 60);
    }
}
