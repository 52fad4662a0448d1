package app.veza.stores;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names as another looks them up, so many at once and so long at most. Others choose the names and may let the answer wait: on platform
 * threads, for the system's resolver would hold the carriers of virtual ones.
 */
public final class BoundedNames implements WebhookTargets.Names, AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final WebhookTargets.Names names;
    private final Duration longest;
    private final ExecutorService threads;

    public BoundedNames(WebhookTargets.Names names, int atOnce, Duration longest) {
        this.names = names;
        this.longest = longest;
        this.threads = new ThreadPoolExecutor(
                0,
                atOnce,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("webhook-names-", 0).daemon().factory());
    }

    /** As many are looked up as may be: says nothing about the name. */
    public static final class Busy extends RuntimeException {

        Busy(RejectedExecutionException cause) {
            super("So many names are looked up that no other can be", cause);
        }
    }

    /** @throws Busy when so many are being looked up already */
    @Override
    public InetAddress[] of(String host) throws UnknownHostException {
        Future<InetAddress[]> found = null;
        try {
            found = threads.submit(() -> names.of(host));
            return found.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("A name could not be looked up", failed.getCause());
        } catch (RejectedExecutionException full) {
            throw new Busy(full);
        } catch (TimeoutException late) {
            throw unknown("It could not be looked up in time", late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unknown("Its looking up was interrupted", stopping);
        } finally {
            if (found != null) {
                found.cancel(true);
            }
        }
    }

    private static UnknownHostException unknown(String why, Exception cause) {
        var unknown = new UnknownHostException(why);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
