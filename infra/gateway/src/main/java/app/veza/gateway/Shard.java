package app.veza.gateway;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with all that it owns: its sockets, its topics' subscribers, and the queue through which other threads
 * reach them. The queue is drained in batches and what a batch wrote is flushed once, so that a burst costs a system call
 * a connection, not a frame.
 */
final class Shard {
    private static final Logger log = LoggerFactory.getLogger(Shard.class);

    /** Above, publishers wait: the queue holds frames, and memory is bounded. */
    static final int QUEUE_BOUND = 4096;

    /** Writes in a batch, after which it is flushed and other work of the loop gets its turn. */
    private static final int BATCH_WRITES = 8192;

    private static final int BATCH_TASKS = 512;

    final int number;
    final EventLoop loop;
    final GatewayConfig config;
    final GatewayMetrics metrics;
    final OpenConnections open;
    final FrameBudget budget;
    final Members members = new Members();
    final LoopTopics topics = new LoopTopics(this);

    private final Queue<LoopTask> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ArrayList<OutboundConnection> dirty = new ArrayList<>();
    private final long[] published = new long[BATCH_TASKS];
    private int publishedCount;
    private boolean draining;
    private boolean flushScheduled;
    private int writes;
    private int framesOut;
    private long bytesOut;
    private volatile boolean ended;

    Shard(int number, EventLoop loop, GatewayConfig config, GatewayMetrics metrics, OpenConnections open) {
        this.number = number;
        this.loop = loop;
        this.config = config;
        this.metrics = metrics;
        this.open = open;
        this.budget = FrameBudget.of(config.framesPerSecond(), config.frameBurst());
    }

    void start() {
        long interval = config.sweepInterval().toNanos();
        loop.scheduleAtFixedRate(this::sweep, interval, interval, TimeUnit.NANOSECONDS);
    }

    /** Runs {@code task} on the loop, after everything that the calling thread has posted before. */
    void post(LoopTask task) {
        queue.add(task);
        queued.incrementAndGet();
        schedule();
        if (ended) {
            discardAll();
        }
    }

    void leave(Member member) {
        members.remove(member);
        metrics.sockets.decrementAndGet();
    }

    int queued() {
        return queued.get();
    }

    boolean ended() {
        return ended;
    }

    /** A frame was written to {@code connection}; {@code first} since its last flush. */
    void wrote(OutboundConnection connection, int bytes, boolean first) {
        writes++;
        framesOut++;
        bytesOut += bytes;
        if (!first) {
            return;
        }
        dirty.add(connection);
        if (!draining && !flushScheduled) {
            flushScheduled = true;
            loop.execute(this::flush);
        }
    }

    /** The fan-out of a frame published at {@code nanos} is complete when this batch is flushed. */
    void fanOutOf(long nanos) {
        published[publishedCount++] = nanos;
    }

    /** The loop has been shut down: nothing that is queued will run. */
    void end() {
        ended = true;
        discardAll();
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException stopped) {
                log.debug("Event loop {} has stopped, its queue is discarded", number);
                end();
            }
        }
    }

    private void drain() {
        draining = true;
        writes = 0;
        int tasks = 0;
        LoopTask task;
        while (tasks < BATCH_TASKS && writes < BATCH_WRITES && (task = queue.poll()) != null) {
            tasks++;
            try {
                task.run();
            } catch (Throwable failure) {
                // Nothing may leave the flag up: the loop would never be scheduled again
                log.error("A task of event loop {} failed", number, failure);
            }
        }
        draining = false;
        flush();
        queued.addAndGet(-tasks);
        scheduled.set(false);
        if (!queue.isEmpty()) {
            schedule();
        }
    }

    private void flush() {
        flushScheduled = false;
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        long now = System.nanoTime();
        for (int i = 0; i < publishedCount; i++) {
            metrics.fanOut(now - published[i]);
        }
        publishedCount = 0;
        metrics.framesOut.increment(framesOut);
        metrics.bytesOut.increment(bytesOut);
        framesOut = 0;
        bytesOut = 0;
    }

    private void discardAll() {
        LoopTask task;
        while ((task = queue.poll()) != null) {
            task.discard();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        members.forEach(member -> {
            try {
                member.sweep(now);
            } catch (RuntimeException failure) {
                // One that fails must not end the periodic task, and with it every timeout of the loop
                log.error("Sweep of a socket failed on event loop {}", number, failure);
            }
        });
    }
}
