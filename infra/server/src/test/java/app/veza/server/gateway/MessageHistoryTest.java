package app.veza.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.Test;

/** What is read of an index to tell what became of a message, and that it is told as it is. */
class MessageHistoryTest {

    private static final int REACTIONS = 200;

    private final UUID room = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();
    private final UUID author = UUID.randomUUID();
    private final JacksonEventCodec codec = new JacksonEventCodec(EventTypes.byName());
    private final List<RecordedEvent> log = new ArrayList<>();
    private int read;
    private final MessageHistory history = new MessageHistory(this::source, codec);

    private Sourcing source(Criteria criteria, long after) {
        Iterator<RecordedEvent> found = log.stream()
                .filter(event -> event.position() > after)
                .filter(event -> criteria.matches(event.type(), event.tags()))
                .iterator();
        return new Sourcing() {
            @Override
            public long marker() {
                return log.size();
            }

            @Override
            public String logId() {
                return "log";
            }

            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public RecordedEvent next() {
                read++;
                return found.next();
            }
        };
    }

    private void append(VezaEvent event) {
        Class<? extends VezaEvent> type = event.getClass();
        String name = EventTypes.nameOf(type);
        String revision = type.getAnnotation(Event.class).version();
        log.add(new RecordedEvent(
                log.size() + 1,
                name,
                revision,
                "id",
                Instant.EPOCH.plusSeconds(log.size()),
                Set.of(new Tag(EventTags.MESSAGE, message.toString())),
                Map.of(),
                codec.encode(name, revision, event),
                new byte[0]));
    }

    private void sentAndReactedTo() {
        append(new MessageSent(room, message, author, "Ahoy", 4, null, List.of(), List.of()));
        for (int i = 0; i < REACTIONS; i++) {
            append(new ReactionAdded(room, message, UUID.randomUUID(), "👍"));
        }
    }

    private int reactionsNow() {
        return history.now(message).orElseThrow().reactions().get("👍");
    }

    @Test
    void whoCatchesUpWithManyReactionsReadsEachOnce() {
        sentAndReactedTo();

        assertThat(log).allSatisfy(event -> assertThat(reactionsNow()).isEqualTo(REACTIONS));

        assertThat(read).isEqualTo(log.size());
    }

    @Test
    void whatIsToldAsItHappensIsReadOnceThoughOthersAreAhead() {
        sentAndReactedTo();
        reactionsNow();
        read = 0;

        assertThat(LongStream.rangeClosed(2, REACTIONS + 1)
                        .mapToObj(position -> history.at(message, position).orElseThrow())
                        .map(state -> state.reactions().get("👍")))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, REACTIONS)
                        .mapToObj(Math::toIntExact)
                        .toList());
        // and each time the next one, at which it is seen that it comes later
        assertThat(read).isLessThanOrEqualTo(2 * log.size());
    }

    @Test
    void whatWasDeletedSinceIsSeenAtTheNextLook() {
        sentAndReactedTo();
        reactionsNow();

        append(new MessageDeleted(room, message, author, author));

        assertThat(history.now(message).orElseThrow().deletedAt()).isNotNull();
        assertThat(history.at(message, log.size() - 1).orElseThrow().deletedAt())
                .isNull();
    }

    @Test
    void whatIsForgottenIsReadAnew() {
        sentAndReactedTo();
        reactionsNow();
        history.forget();
        read = 0;

        assertThat(reactionsNow()).isEqualTo(REACTIONS);

        assertThat(read).isEqualTo(log.size());
    }
}
