package app.veza.server.admin;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes matching events behind a position as they come, until it is told to end, nobody reads any more, or the log is replaced: in another
 * log the position is one of other events.
 */
final class EventStream {

    /** How long it may take to notice that it is to end. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Below the time after which proxies take a silent connection for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final EventLog log;
    private final String logId;
    private final Criteria criteria;
    private final JsonMapper json;
    private final OutputStream out;
    private long lookedAt;
    private long wroteAt = System.nanoTime();

    /** @param after a position of the log that has this id */
    EventStream(EventLog log, String logId, Criteria criteria, long after, JsonMapper json, OutputStream out) {
        this.log = log;
        this.logId = logId;
        this.criteria = criteria;
        this.lookedAt = after;
        this.json = json;
        this.out = out;
    }

    /** @throws IOException when the reader is gone or too slow */
    void writeWhile(BooleanSupplier allowed) throws IOException {
        write(": a stream of events, behind position %d\n\n".formatted(lookedAt));
        while (isOfLogInUse()
                && allowed.getAsBoolean()
                && !Thread.currentThread().isInterrupted()) {
            if (log.awaitPast(lookedAt, LOOK)) {
                writeNext(allowed);
            }
            if (System.nanoTime() - wroteAt > SILENCE.toNanos()) {
                // An id without data is remembered by the reader, who then resumes from there
                write("id: %s:%d\n: nothing new\n\n".formatted(logId, lookedAt));
            }
        }
        if (!isOfLogInUse()) {
            write(": log %s was replaced by log %s\n\n".formatted(logId, log.logId()));
        }
    }

    private boolean isOfLogInUse() {
        return log.logId().equals(logId);
    }

    private void writeNext(BooleanSupplier allowed) throws IOException {
        try {
            Browsing events = log.browse(EventQuery.of(criteria).after(lookedAt));
            while (events.hasNext()) {
                RecordedEvent event = events.next();
                // Looked at behind the reading: found unchanged, it is what was read
                if (!isOfLogInUse()) {
                    return;
                }
                out.write("id: %s:%d\ndata: ".formatted(logId, event.position()).getBytes(StandardCharsets.UTF_8));
                out.write(json.writeValueAsBytes(EventView.of(event)));
                out.write('\n');
                out.write('\n');
                lookedAt = event.position();
                if (System.nanoTime() - wroteAt > LOOK.toNanos()) {
                    flush();
                    if (!allowed.getAsBoolean()) {
                        return;
                    }
                }
            }
            lookedAt = Math.max(lookedAt, events.upTo());
            flush();
        } catch (AppendFailure.Unavailable rebuilt) {
            // The index is built anew, or lags: the events come later, none is left out
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        flush();
    }

    private void flush() throws IOException {
        out.flush();
        wroteAt = System.nanoTime();
    }
}
