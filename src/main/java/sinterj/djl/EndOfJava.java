package sinterj.djl;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps Java from ending while PyTorch computes: the library would be taken down under its feet and the process crash.
 * The end waits for the step at hand; the next one is not begun.
 */
final class EndOfJava {
    private static final long LONGEST_WAIT_S = 30;
    private static final ReentrantLock STEP = new ReentrantLock();
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(EndOfJava::await, "sinterj-end"));
    }

    private EndOfJava() {}

    private static void await() {
        ending = true;
        try {
            // Never given back: what would begin a step now waits until Java is gone.
            if (!STEP.tryLock(LONGEST_WAIT_S, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before a step. */
    static void enter() {
        if (ending) throw new CancellationException("Java ends.");
        STEP.lock();
    }

    /** After it. */
    static void leave() {
        STEP.unlock();
    }
}
