package app.veza.server.node;

import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.projectionengine.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event store's log as the projection engine reads it. */
final class LoggedEvents implements app.veza.projectionengine.EventLog {

    private final EventLog log;
    private final JacksonEventCodec codec;

    LoggedEvents(EventLog log, JacksonEventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    @Override
    public String logId() {
        return log.logId();
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        return log.read(after, maxEvents).stream()
                .map(event -> new Decoded(event, codec))
                .toList();
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        return log.awaitPast(position, atMost);
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return log.chainHash(position);
    }

    /** Decoded at the first look; a second thread at the same moment decodes once more, which does no harm. */
    private static final class Decoded implements LoggedEvent {

        private final RecordedEvent event;
        private final JacksonEventCodec codec;
        private volatile @Nullable Object payload;

        Decoded(RecordedEvent event, JacksonEventCodec codec) {
            this.event = event;
            this.codec = codec;
        }

        @Override
        public long position() {
            return event.position();
        }

        @Override
        public String type() {
            return event.type();
        }

        @Override
        public Instant timestamp() {
            return event.timestamp();
        }

        @Override
        public byte[] chainHash() {
            return event.chainHash();
        }

        @Override
        public @Nullable Object payload() {
            Object decoded = payload;
            if (decoded == null) {
                decoded = codec.decode(event);
                payload = decoded;
            }
            return decoded;
        }

        @Override
        public Map<String, String> metadata() {
            return event.metadata();
        }
    }
}
