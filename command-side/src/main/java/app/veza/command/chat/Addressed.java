package app.veza.command.chat;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.ROOM;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageSent;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A message as decisions about it see it.
 *
 * @param authorId null while there is no such message in the room
 */
public record Addressed(@Nullable UUID authorId, boolean isDeleted) {

    /** Before anything was read. */
    public static final Addressed UNKNOWN = new Addressed(null, false);

    /** What {@link #evolve} needs: reactions to it and edits do not touch it. */
    public static EventCriteria boundary(UUID roomId, UUID messageId) {
        return events(tags(ROOM, roomId, MESSAGE, messageId), MessageSent.class, MessageDeleted.class);
    }

    public Addressed evolve(VezaEvent event) {
        return switch (event) {
            case MessageSent sent -> new Addressed(sent.senderId(), isDeleted);
            case MessageDeleted deleted -> new Addressed(authorId, true);
            default -> this;
        };
    }

    /**
     * Its author.
     *
     * @throws Rejection when it is not in the room
     */
    public UUID requireThere() {
        if (authorId == null) {
            throw RoomRejections.messageNotFound();
        }
        return authorId;
    }

    /** The same, and when it was deleted. */
    public UUID requireStanding() {
        UUID author = requireThere();
        if (isDeleted) {
            throw RoomRejections.deleted();
        }
        return author;
    }
}
