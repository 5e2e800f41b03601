package sinterj.base;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs independent tasks on as many threads as the {@link Progress} allows. Tasks are handed out in order; which thread
 * takes which is left open, so each task must write to a place of its own, and partial results must be combined
 * afterwards in the order of the tasks. Then one thread and many give the same bits.
 */
public final class Parallel {
    private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

    /** Daemon threads that end after some seconds without work, so that a host program is never kept alive by them. */
    private static final ExecutorService WORKERS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Parallel::daemon);

    private Parallel() {}

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sinterj-" + THREAD_NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Calls {@code body} for 0, 1, ... {@code count - 1} and returns when all have ended. The calling thread works too.
     * After a failure or a cancellation no further task is started, and the first exception is thrown here once every
     * running task has ended.
     *
     * @param progress says how many threads may be used, and is checked before each task
     * @param count number of tasks
     * @param body the task, given its number
     */
    public static void forEach(Progress progress, int count, IntConsumer body) {
        int helpers = Math.min(progress.threads(), count) - 1;
        Tasks tasks = new Tasks(progress, count, body);
        CountDownLatch running = new CountDownLatch(Math.max(0, helpers));
        for (int i = 0; i < helpers; i++) {
            WORKERS.execute(() -> {
                try {
                    tasks.work();
                } finally {
                    running.countDown();
                }
            });
        }
        tasks.work();
        awaitAll(running);
        tasks.rethrow();
    }

    private static void awaitAll(CountDownLatch running) {
        boolean interrupted = false;
        while (true) {
            try {
                running.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // tasks share the caller's arrays, so they must have ended before we return
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static final class Tasks {
        private final Progress progress;
        private final int count;
        private final IntConsumer body;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Tasks(Progress progress, int count, IntConsumer body) {
            this.progress = progress;
            this.count = count;
            this.body = body;
        }

        void work() {
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    progress.check();
                    body.accept(i);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) throw e;
            if (thrown instanceof Error e) throw e;
        }
    }
}
