package app.veza.bench.projection;

import app.veza.bench.Ids;
import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventMetadata;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.axon.RecordTagResolver;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history as the command side does: tags from the records, personal values hashed, personal fields encrypted; and who is erased
 * is by what the product erases them with, as soon as their erasure stands in the log.
 */
final class WrittenLog {

    private static final int IN_FLIGHT = 2_048;

    private final EventLog log;
    private final JacksonEventCodec codec;
    private final Erasures erasures;
    private final RealisticHistory history;
    private final RecordTagResolver tags = new RecordTagResolver();
    private final PersonalTags personal = new PersonalTags(EventTags.PERSONAL, new byte[32]);

    /** What happened, ready to be appended. */
    record Encoded(Happening happening, List<NewEvent> events) {
        int size() {
            return events.size();
        }
    }

    /**
     * @param log empty: what a history tells of positions is true of its own
     * @param codec forgets the keys that {@code erasures} destroys
     */
    WrittenLog(EventLog log, JacksonEventCodec codec, Erasures erasures, RealisticHistory history) {
        this.log = log;
        this.codec = codec;
        this.erasures = erasures;
        this.history = history;
    }

    /** Goes on with the history until the log holds so many events, and returns how many were appended a second. */
    double growTo(long events) throws InterruptedException {
        long before = log.head();
        var room = new Semaphore(IN_FLIGHT);
        var failure = new AtomicReference<@Nullable Throwable>();
        long start = System.nanoTime();
        for (long written = before; written < events && failure.get() == null; ) {
            Encoded next = next();
            written += next.size();
            room.acquire();
            append(next).whenComplete((outcome, failed) -> {
                if (failed != null) {
                    failure.set(failed);
                }
                room.release();
            });
        }
        room.acquire(IN_FLIGHT);
        double rate = (log.head() - before) * 1e9 / (System.nanoTime() - start);
        if (failure.get() != null || !log.awaitIndexed(log.head(), Duration.ofMinutes(2))) {
            throw new IllegalStateException("The history could not be written", failure.get());
        }
        return rate;
    }

    Encoded next() {
        Happening happening = history.next();
        return new Encoded(
                happening,
                happening.events().stream()
                        .map(event -> encoded(event, happening))
                        .toList());
    }

    /** @return position of the last one */
    CompletableFuture<Long> append(Encoded next) {
        CompletableFuture<Long> position = log.append(AppendRequest.of(next.events())
                        .forCommand(next.events().getFirst().id(), null))
                .thenApply(outcome -> position(next, outcome));
        return next.happening().events().getLast() instanceof PersonErased erased
                // not on the log's thread: it waits for a database
                ? position.thenApplyAsync(at -> erased(erased, at), Thread::startVirtualThread)
                : position;
    }

    /** Of one that was repeated: where it stands since the first time. */
    private static long position(Encoded next, AppendOutcome outcome) {
        long last =
                switch (outcome) {
                    case AppendOutcome.Appended appended -> appended.lastPosition();
                    case AppendOutcome.Duplicate repeated -> repeated.lastPosition();
                    case AppendOutcome.Refused refused ->
                        throw new IllegalStateException("Nothing was asked for, and yet it is refused: " + refused);
                };
        if (last != next.happening().position() + next.size() - 1) {
            throw new IllegalStateException(
                    "The log holds something else than this history: what is its position %,d stands at %,d"
                            .formatted(next.happening().position() + next.size() - 1, last));
        }
        return last;
    }

    private long erased(PersonErased erased, long position) {
        erasures.erase(erased.personId().toString(), position);
        return position;
    }

    private NewEvent encoded(VezaEvent event, Happening happening) {
        Event declared = event.getClass().getAnnotation(Event.class);
        String type = EventTypes.nameOf(event.getClass());
        String cause = Ids.next().toString();
        var message = new GenericEventMessage(new MessageType(type, declared.version()), event);
        List<Tag> stored = tags.resolve(message).stream()
                .map(tag -> new Tag(tag.key(), personal.storedValue(tag.key(), tag.value())))
                .toList();
        return new NewEvent(
                Ids.next().toString(),
                type,
                declared.version(),
                happening.at(),
                stored,
                Map.of(EventMetadata.CORRELATION_ID, cause, EventMetadata.CAUSATION_ID, cause),
                codec.encode(type, declared.version(), event));
    }
}
