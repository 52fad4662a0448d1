package app.veza.server.gateway;

import static app.veza.eventstore.command.EventLogUnavailableException.whileReading;

import app.veza.event.EventTags;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.command.EventLogUnavailableException;
import app.veza.eventstore.json.EventDecodingException;
import app.veza.eventstore.json.JacksonEventCodec;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages as they were at a position, or are now, from this node's index of the log. What was folded last of a message is kept, so
 * that a thousand reactions to one are not read a thousand times, by who tells them as they happen or by those who catch up. Nothing
 * is waited for: a room that waits would make all others wait.
 */
final class MessageHistory {

    private static final Logger log = LoggerFactory.getLogger(MessageHistory.class);

    /** About that many bytes each; of the longest messages some four hundred, of usual ones ten thousands. */
    private static final long REMEMBERED = 32L << 20;

    private static final Duration FOR = Duration.ofMinutes(10);

    private final Index index;
    private final JacksonEventCodec codec;

    /** As they were told to be last. */
    private final Cache<UUID, Kept> told = remembered();

    /** As they were found to be last: ahead of what is told, which cannot be taken back. */
    private final Cache<UUID, Kept> present = remembered();

    private final AtomicLong forgotten = new AtomicLong();

    /** @param generation counts how often everything was forgotten: a state that was read before is none any more */
    private record Kept(long generation, MessageState state) {}

    /** The log as far as this node has indexed it. */
    interface Index {

        /** @throws AppendFailure.Unavailable while it is built anew */
        Sourcing source(Criteria criteria, long after);
    }

    MessageHistory(Index index, JacksonEventCodec codec) {
        this.index = index;
        this.codec = codec;
    }

    private static Cache<UUID, Kept> remembered() {
        return Caffeine.newBuilder()
                .maximumWeight(REMEMBERED)
                .weigher((UUID message, Kept kept) -> kept.state().bytes())
                .expireAfterAccess(FOR)
                .build();
    }

    /**
     * As it was once everything up to the position had happened.
     *
     * @param position that was read here
     * @return empty when it was not sent by then
     * @throws EventLogUnavailableException when the index cannot be read that far
     */
    Optional<MessageState> at(UUID messageId, long position) {
        long generation = forgotten.get();
        MessageState known = known(told, messageId, generation);
        // What is later than asked for cannot be undone
        MessageState from = known != null && known.through() <= position ? known : null;
        MessageState state = fold(messageId, from, position);
        if (from == known) {
            remember(told, messageId, state, generation);
        }
        return Optional.ofNullable(state);
    }

    /** As it is now, as far as this node has read the log. */
    Optional<MessageState> now(UUID messageId) {
        long generation = forgotten.get();
        MessageState state = fold(messageId, known(present, messageId, generation), Long.MAX_VALUE);
        remember(present, messageId, state, generation);
        return Optional.ofNullable(state);
    }

    private static @Nullable MessageState known(Cache<UUID, Kept> states, UUID messageId, long generation) {
        Kept kept = states.getIfPresent(messageId);
        return kept == null || kept.generation() != generation ? null : kept.state();
    }

    private void remember(Cache<UUID, Kept> states, UUID messageId, @Nullable MessageState state, long generation) {
        // Nor does it stay in memory; what comes in between is of another generation all the same
        if (state != null && forgotten.get() == generation) {
            states.put(messageId, new Kept(generation, state));
        }
    }

    /** Texts of people who were erased are in it, or states of a log that was replaced. */
    void forget() {
        forgotten.incrementAndGet();
        told.invalidateAll();
        present.invalidateAll();
    }

    private @Nullable MessageState fold(UUID messageId, @Nullable MessageState from, long through) {
        Criteria ofMessage = Criteria.anyOf(
                new Criterion(MessageState.TYPES, Set.of(new Tag(EventTags.MESSAGE, messageId.toString()))));
        return whileReading(() -> {
            MessageState state = from;
            Sourcing found = index.source(ofMessage, from == null ? 0 : from.through());
            while (found.hasNext()) {
                RecordedEvent recorded = found.next();
                if (recorded.position() > through) {
                    break;
                }
                RoomEvent event = decoded(recorded).orElse(null);
                state = event == null ? state : MessageState.after(state, event);
            }
            return state;
        });
    }

    private Optional<RoomEvent> decoded(RecordedEvent recorded) {
        try {
            return RoomEvent.of(recorded.position(), recorded.timestamp(), codec.decode(recorded));
        } catch (EventDecodingException unreadable) {
            log.error("The event at position {} is left out of its message", recorded.position(), unreadable);
            return Optional.empty();
        }
    }
}
