package app.veza.projectionengine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log for one projection, only what that handles. In a backlog it is ahead: while one batch is applied, the next ones are
 * read and decoded by other threads. What they find is a convenience; whatever fails there is done again, and met, by whom it
 * concerns. Used by one thread.
 */
final class LogReader implements AutoCloseable {
    /**
     * @param events those that the projection handles, in order, and the last one that was looked at whatever its type
     * @param end nothing stood behind them when they were read
     */
    record Page(List<? extends LoggedEvent> events, boolean end) {}

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    /** Looked at in one go, handled or not. */
    private static final int LEAST_CHUNK = 5_000;

    /** Chunks beyond the one in use: what is held in memory is three of them. */
    private static final int AHEAD = 2;

    private static final int THREADS = 2;
    private static final Duration IDLE_THREADS = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private record Chunk(String logId, long after, List<? extends LoggedEvent> events, boolean end) {
        long last() {
            return events.isEmpty() ? after : events.getLast().position();
        }

        /** At the end of the log nothing is kept: it may have grown. */
        boolean goesOnAfter(long position) {
            return !end && after <= position && position < last();
        }

        List<? extends LoggedEvent> eventsAfter(long position) {
            int from = 0;
            for (int to = events.size(); from < to; ) {
                int middle = (from + to) >>> 1;
                if (events.get(middle).position() <= position) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return events.subList(from, events.size());
        }
    }

    private record Ahead(long after, Future<Chunk> chunk) {}

    private final String name;
    private final EventLog log;
    private final Set<String> types;
    private final boolean personal;
    private final int size;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private final ThreadPoolExecutor threads;
    private @Nullable Chunk current;

    LogReader(Projection projection, EventLog log, int batch) {
        this.name = projection.name();
        this.log = log;
        this.types = projection.eventTypes();
        this.personal = projection.readsPersonal();
        this.size = Math.max(batch, LEAST_CHUNK);
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_THREADS.toNanos(),
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("projection-" + projection.name() + "-ahead-", 0)
                        .daemon()
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** What follows a position; never blocks longer than reading and decoding takes. */
    Page read(long after) throws InterruptedException {
        Chunk chunk = current;
        if (chunk == null || !chunk.goesOnAfter(after) || !chunk.logId().equals(log.logId())) {
            chunk = next(after);
            current = chunk;
        }
        // of a slice nobody knows beforehand where a chunk will end
        if (!chunk.end() && chunk.last() - chunk.after() == size) {
            lookAhead(chunk.last());
        }
        return new Page(chunk.eventsAfter(after), chunk.end());
    }

    /** What was read and decoded until now is not used any more: the store is looked at anew, and so is the log. */
    void forget() {
        current = null;
        ahead.forEach(one -> one.chunk().cancel(false));
        ahead.clear();
    }

    private Chunk next(long after) throws InterruptedException {
        Ahead first = ahead.poll();
        if (first != null && first.after() == after) {
            try {
                Chunk chunk = first.chunk().get();
                if (chunk.logId().equals(log.logId())) {
                    return chunk;
                }
            } catch (ExecutionException e) {
                LOG.debug("Projection {} could not read ahead from position {}", name, after, e);
            }
        }
        forget();
        return load(after);
    }

    /** Only whole chunks: what is not full shows the end of the log. */
    private void lookAhead(long last) {
        long after = ahead.isEmpty() ? last : ahead.getLast().after() + size;
        while (ahead.size() < AHEAD && after + size <= log.head()) {
            long from = after;
            ahead.add(new Ahead(from, threads.submit(() -> decoded(load(from)))));
            after += size;
        }
    }

    private Chunk load(long after) {
        String logId = log.logId();
        List<? extends LoggedEvent> events =
                personal ? log.read(after, size, types) : log.readWithoutPersonal(after, size, types);
        boolean end = events.isEmpty() || events.getLast().position() - after < size;
        return new Chunk(logId, after, events, end);
    }

    private Chunk decoded(Chunk chunk) {
        for (LoggedEvent event : chunk.events()) {
            if (types.contains(event.type())) {
                try {
                    event.payload();
                } catch (RuntimeException e) {
                    LOG.debug("Projection {} could not decode position {} ahead", name, event.position(), e);
                    return chunk;
                }
            }
        }
        return chunk;
    }

    @Override
    public void close() {
        forget();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Projection {} still reads ahead {} after it ended", name, CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
