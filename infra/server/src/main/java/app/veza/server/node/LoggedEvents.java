package app.veza.server.node;

import app.veza.event.Erased;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.EventDecodingException;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.KeysUnavailableException;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.PayloadUnavailableException;
import app.veza.projectionengine.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event store's log as the projection engine reads it. Those who follow the end of the log read the same events within
 * milliseconds of each other: the last ones are kept, so that each is decoded once for all of them.
 */
public final class LoggedEvents implements app.veza.projectionengine.EventLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(LoggedEvents.class);

    /** A power of two; some seconds of a busy log. */
    private static final int KEPT = 8192;

    /** Larger events are decoded anew, so that what is kept is bounded in bytes too. */
    private static final int LARGEST_KEPT_BYTES = 8 * 1024;

    private final EventLog log;
    private final JacksonEventCodec codec;
    private final JacksonEventCodec withoutPersonal;
    private final AtomicReferenceArray<@Nullable Decoded> kept = new AtomicReferenceArray<>(KEPT);

    /** @param log has caught up with the end of the stream */
    public LoggedEvents(EventLog log, JacksonEventCodec codec) {
        this.log = log;
        this.codec = codec;
        this.withoutPersonal = codec.withoutPersonal(Erased.TEXT);
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
        String logId = log.logId();
        List<LoggedEvent> events = kept(after, maxEvents, logId);
        if (events.isEmpty()) {
            events.addAll(kept(log.read(after, maxEvents), logId));
        }
        return events;
    }

    /** Far from the end nobody else reads the same just now: what is not asked for is not even read. */
    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents, Set<String> types) {
        if (isNear(after)) {
            return app.veza.projectionengine.EventLog.super.read(after, maxEvents, types);
        }
        String logId = log.logId();
        List<RecordedEvent> read = log.read(after, maxEvents, types);
        codec.prefetch(read);
        return read.stream().map(event -> new Decoded(event, codec, logId)).toList();
    }

    @Override
    public List<? extends LoggedEvent> readWithoutPersonal(long after, int maxEvents, Set<String> types) {
        if (isNear(after)) {
            return read(after, maxEvents, types);
        }
        String logId = log.logId();
        return log.read(after, maxEvents, types).stream()
                .map(event -> new Decoded(event, withoutPersonal, logId))
                .toList();
    }

    /** By the index: what it costs is what the slice has, not what the log has. */
    @Override
    public List<? extends LoggedEvent> read(long after, long upTo, int maxEvents, Slice slice) {
        String logId = log.logId();
        Browsing found =
                log.browse(EventQuery.of(SliceCriteria.of(slice)).after(after).upTo(upTo));
        List<RecordedEvent> events = new ArrayList<>();
        while (events.size() < maxEvents && found.hasNext()) {
            events.add(found.next());
        }
        long looked = events.isEmpty() ? after : events.getLast().position();
        if (events.size() < maxEvents && looked < found.upTo()) {
            events.addAll(log.read(found.upTo() - 1, 1));
        }
        codec.prefetch(events);
        return events.stream().map(event -> new Decoded(event, codec, logId)).toList();
    }

    /** The payload; null, and told as an error, when it cannot be read, now or ever: who follows the log goes on behind it. */
    public static @Nullable Object readable(LoggedEvent event) {
        try {
            return event.payload();
        } catch (EventDecodingException unreadable) {
            LOGGER.error("The event at position {} is passed over", event.position(), unreadable);
            return null;
        }
    }

    private boolean isNear(long after) {
        return log.indexedPosition() - after <= KEPT;
    }

    private List<LoggedEvent> kept(List<RecordedEvent> read, String logId) {
        codec.prefetch(read);
        return read.stream().<LoggedEvent>map(event -> keep(event, logId)).toList();
    }

    /** The last position that can be read here. */
    public long indexedPosition() {
        return log.indexedPosition();
    }

    /** The events that follow the position, up to the first that is not kept; none of a log that was replaced. */
    private List<LoggedEvent> kept(long after, int maxEvents, String logId) {
        List<LoggedEvent> events = new ArrayList<>();
        for (long position = after + 1; events.size() < maxEvents; position++) {
            Decoded event = kept.get(slot(position));
            if (event == null || event.position() != position || !event.logId.equals(logId)) {
                return events;
            }
            events.add(event);
        }
        return events;
    }

    private Decoded keep(RecordedEvent recorded, String logId) {
        Decoded event = new Decoded(recorded, codec, logId);
        if (recorded.payload().length <= LARGEST_KEPT_BYTES) {
            kept.set(slot(recorded.position()), event);
        }
        return event;
    }

    /** Drops what was decoded: from here on it is decoded anew, so that it no longer tells what was erased meanwhile. */
    void forget() {
        for (int slot = 0; slot < KEPT; slot++) {
            kept.set(slot, null);
        }
    }

    private static int slot(long position) {
        return (int) (position & (KEPT - 1));
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        return log.awaitPast(position, atMost);
    }

    @Override
    public boolean isCaughtUp() {
        return log.isCaughtUp();
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return log.chainHash(position);
    }

    @Override
    public void disown(String logId, long position, byte[] chainHash) {
        log.disown(logId, position, chainHash);
    }

    /** Decoded at the first look; a second thread at the same moment decodes once more, which does no harm. */
    private static final class Decoded implements LoggedEvent {

        private final RecordedEvent event;
        private final JacksonEventCodec codec;
        private final String logId;
        private volatile @Nullable Object payload;

        Decoded(RecordedEvent event, JacksonEventCodec codec, String logId) {
            this.event = event;
            this.codec = codec;
            this.logId = logId;
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
                decoded = decode();
                payload = decoded;
            }
            return decoded;
        }

        private Object decode() {
            try {
                return codec.decode(event);
            } catch (KeysUnavailableException e) {
                throw new PayloadUnavailableException(e);
            }
        }

        @Override
        public Map<String, String> metadata() {
            return event.metadata();
        }

        @Override
        public List<String> tags() {
            return event.tags().stream().map(Tag::toString).toList();
        }
    }
}
