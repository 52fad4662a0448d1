package app.veza.command.identity.password;

import app.veza.command.CommandSideConfig;
import app.veza.command.Overloaded;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A few threads of low priority behind a bounded queue. Who finds it full, or waits in it too long, is turned away. */
final class HashingQueue implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A tenth of what others get of a core that is wanted; all of one that is not. */
    static final int NICENESS = 10;

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("password-hashing-", 0).factory();

    private final ThreadPoolExecutor threads;
    private final Duration maxWait;

    HashingQueue(CommandSideConfig.Hashing limits) {
        this.threads = new ThreadPoolExecutor(
                limits.concurrent(),
                limits.concurrent(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                task -> THREADS.newThread(() -> {
                    Niceness.set(NICENESS);
                    task.run();
                }));
        this.maxWait = limits.maxWait();
    }

    /**
     * Asked before anything is done that is done in vain where there is no room.
     *
     * @throws Overloaded when there is none just now
     */
    void requireRoom() {
        if (threads.getQueue().remainingCapacity() == 0) {
            throw overloaded();
        }
    }

    /** @throws Overloaded when there is no room, or not soon enough */
    <T> T run(Callable<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw overloaded();
        }
        try {
            return result.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw overloaded();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } finally {
            // Without effect when done: whoever no longer waits must not cost a hashing
            result.cancel(false);
        }
    }

    /** How many pieces of work were done so far. */
    long done() {
        return threads.getCompletedTaskCount();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Overloaded overloaded() {
        return new Overloaded("Too many passwords are being checked right now.", RETRY_AFTER);
    }
}
