package sinterj.djl;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Calls engines on a thread with a large stack. ONNX Runtime walks a network from node to node by recursion, and a stack
 * of Java's usual size can overflow in it, which ends the whole program without a word.
 */
final class LargeStack {
    /** Address space; only what is used takes memory. */
    private static final long BYTES = 256L << 20;

    private LargeStack() {}

    /** What a call gives, or throws. */
    static <T> T call(Supplier<T> work) {
        AtomicReference<T> made = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, () -> made.set(work.get()), "sinterj-engine", BYTES);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        join(thread);
        if (thrown.get() instanceof RuntimeException e) throw e;
        if (thrown.get() instanceof Error e) throw e;
        return made.get();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the engine cannot be left half way
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
