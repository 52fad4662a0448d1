package app.veza.event.chat;

import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.event.Personal;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The author put another text in place of a message's. What is attached to it stays as it was.
 *
 * @param authorId who sent it
 * @param text the whole new one, 1-10,000 characters
 * @param textLength in code points: what is counted of a message stays countable when its author is erased
 * @param mentions whom the new text names as @username, as in a message sent; in place of those before
 */
@Event(namespace = "chat", name = "MessageEdited", version = "1")
public record MessageEdited(
        @EventTag(key = ROOM) UUID roomId,
        @EventTag(key = MESSAGE) UUID messageId,
        @EventTag(key = PERSON) UUID authorId,
        @Personal(subject = "authorId") String text,
        int textLength,
        List<UUID> mentions)
        implements ChatEvent {}
