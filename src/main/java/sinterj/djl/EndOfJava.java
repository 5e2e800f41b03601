package sinterj.djl;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps Java from ending while an engine computes: the library would be taken down under its feet and the process crash.
 * The end waits for the steps at hand; the next ones are not begun.
 */
final class EndOfJava {
    private static final long LONGEST_WAIT_S = 30;

    /** Steps read, so that there can be several at a time; the end writes. */
    private static final ReentrantReadWriteLock STEPS = new ReentrantReadWriteLock();

    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(EndOfJava::await, "sinterj-end"));
    }

    private EndOfJava() {}

    private static void await() {
        ending = true;
        try {
            // Never given back: what would begin a step now waits until Java is gone.
            if (!STEPS.writeLock().tryLock(LONGEST_WAIT_S, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before a step. */
    static void enter() {
        if (ending) throw new CancellationException("Java ends.");
        STEPS.readLock().lock();
    }

    /** After it. */
    static void leave() {
        STEPS.readLock().unlock();
    }
}
