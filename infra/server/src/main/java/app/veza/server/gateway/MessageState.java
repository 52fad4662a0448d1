package app.veza.server.gateway;

import app.veza.event.EventTypes;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message up to a position of the log.
 *
 * @param through everything up to here is in it
 */
record MessageState(
        MessageSent sent,
        long position,
        Instant sentAt,
        String text,
        List<UUID> mentions,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        Map<String, Integer> reactions,
        long through) {

    /** Names of the events that {@link #after} knows, as they stand in the log. */
    static final Set<String> TYPES = Stream.of(
                    MessageSent.class,
                    MessageEdited.class,
                    MessageDeleted.class,
                    ReactionAdded.class,
                    ReactionRemoved.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    /** @param before null before it was sent */
    static @Nullable MessageState after(@Nullable MessageState before, RoomEvent event) {
        if (event.event() instanceof MessageSent sent) {
            return new MessageState(
                    sent,
                    event.position(),
                    event.at(),
                    sent.text(),
                    sent.mentions(),
                    null,
                    null,
                    Map.of(),
                    event.position());
        }
        return before == null ? null : before.with(event);
    }

    private MessageState with(RoomEvent event) {
        long now = event.position();
        return switch (event.event()) {
            case MessageEdited edited ->
                new MessageState(
                        sent,
                        position,
                        sentAt,
                        edited.text(),
                        edited.mentions(),
                        event.at(),
                        deletedAt,
                        reactions,
                        now);
            case MessageDeleted deleted ->
                new MessageState(sent, position, sentAt, text, mentions, editedAt, event.at(), reactions, now);
            case ReactionAdded added -> reacted(added.emoji(), 1, now);
            case ReactionRemoved removed -> reacted(removed.emoji(), -1, now);
            default -> this;
        };
    }

    /** About what it takes in memory. */
    int bytes() {
        int texts = text.length() + (text.equals(sent.text()) ? 0 : sent.text().length());
        int parts =
                mentions.size() + sent.mentions().size() + sent.attachments().size() + reactions.size();
        return 500 + 2 * texts + 100 * parts;
    }

    private MessageState reacted(String emoji, int by, long now) {
        // Insertion order, so that what clients show does not jump
        var changed = new LinkedHashMap<>(reactions);
        changed.merge(emoji, by, (one, other) -> one + other == 0 ? null : one + other);
        return new MessageState(
                sent, position, sentAt, text, mentions, editedAt, deletedAt, Collections.unmodifiableMap(changed), now);
    }
}
