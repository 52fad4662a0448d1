package app.veza.server.gateway;

import static app.veza.eventstore.command.EventLogUnavailableException.whileReading;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.chat.RoomClosed;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.command.EventLogUnavailableException;
import app.veza.eventstore.json.EventDecodingException;
import app.veza.eventstore.json.JacksonEventCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened in a room, from this node's index of the log. */
final class RoomHistory {

    private static final Logger log = LoggerFactory.getLogger(RoomHistory.class);

    private static final Set<String> CLOSING = Set.of(EventTypes.nameOf(RoomClosed.class));

    private final EventLog events;
    private final JacksonEventCodec codec;

    RoomHistory(EventLog events, JacksonEventCodec codec) {
        this.events = events;
        this.codec = codec;
    }

    /** Of the log in use: a restored one has another id. */
    String logId() {
        return events.logId();
    }

    /** Whether the log has come to the position; waits for the index, which another node's may be ahead of. */
    boolean reaches(long position, Duration atMost) {
        return events.awaitIndexed(position, atMost);
    }

    /** The last position that this node knows to stand in the log. */
    long head() {
        return events.head();
    }

    /**
     * Whether more than {@code limit} events of the room lie in ({@code after}, {@code through}].
     *
     * @throws EventLogUnavailableException when the index cannot be read that far
     */
    boolean exceeds(int limit, UUID roomId, long after, long through) {
        if (through - after <= limit) {
            return false;
        }
        Sourcing found = source(RoomEvent.TYPES, roomId, after);
        int count = 0;
        while (found.hasNext() && found.next().position() <= through) {
            if (++count > limit) {
                return true;
            }
        }
        return false;
    }

    /**
     * Shows the events of the room in ({@code after}, {@code through}] in order, for as long as it is wanted.
     *
     * @param receiver false when it wants no more
     * @return whether all were wanted
     * @throws EventLogUnavailableException when the index cannot be read that far
     */
    boolean forEach(UUID roomId, long after, long through, Predicate<RoomEvent> receiver) {
        Sourcing found = source(RoomEvent.TYPES, roomId, after);
        while (found.hasNext()) {
            RecordedEvent recorded = found.next();
            if (recorded.position() > through) {
                return true;
            }
            Optional<RoomEvent> event = decoded(recorded);
            if (event.isPresent() && !receiver.test(event.get())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the room was closed; empty while it is open.
     *
     * @throws EventLogUnavailableException when the index cannot be read that far
     */
    OptionalLong closedAt(UUID roomId) {
        Sourcing found = source(CLOSING, roomId, 0);
        return found.hasNext() ? OptionalLong.of(found.next().position()) : OptionalLong.empty();
    }

    private Optional<RoomEvent> decoded(RecordedEvent recorded) {
        try {
            return RoomEvent.of(recorded.position(), recorded.timestamp(), whileReading(() -> codec.decode(recorded)));
        } catch (EventDecodingException unreadable) {
            log.error("The event at position {} is not sent out", recorded.position(), unreadable);
            return Optional.empty();
        }
    }

    private Sourcing source(Set<String> types, UUID roomId, long after) {
        Criteria ofRoom = Criteria.anyOf(new Criterion(types, Set.of(new Tag(EventTags.ROOM, roomId.toString()))));
        return whileReading(() -> events.source(ofRoom, after));
    }
}
