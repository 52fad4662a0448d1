package app.veza.command.chat.reports;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;

import app.veza.command.History;
import app.veza.command.Rejection;
import app.veza.command.chat.Room;
import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reports of a room, from the log: they are few, and who may read them is decided as for any use case, so that who is no moderator any
 * more reads none.
 */
@Component
final class RoomReports {

    private final History history;

    RoomReports(History history) {
        this.history = history;
    }

    /**
     * @param text of the message as it is now, null when it was deleted or its author erased
     * @param reason in the reporter's words, null when they gave none or were erased
     */
    record Report(
            UUID messageId,
            UUID authorId,
            @Nullable String text,
            UUID reporterId,
            @Nullable String reason,
            Instant reportedAt) {}

    /**
     * The newest first.
     *
     * @param next {@code upTo} of the page that follows, null when there is none
     */
    record Slice(List<Report> items, @Nullable Integer next) {}

    /**
     * @param upTo only the oldest so many; null for all
     * @throws Rejection unless the caller is a moderator or owner of the room, closed or not, or a moderator of the platform and it is public
     */
    Slice read(UUID roomId, UUID caller, @Nullable Integer upTo, int limit) {
        requireModerator(roomId, caller);
        List<History.Dated> all = history.readDated(events(tag(EventTags.ROOM, roomId), MessageReported.class));
        int end = upTo == null ? all.size() : Math.min(upTo, all.size());
        int start = Math.max(0, end - limit);
        List<Report> items = all.subList(start, end).reversed().stream()
                .map(dated -> report((MessageReported) dated.event(), dated.at()))
                .toList();
        return new Slice(items, start == 0 ? null : start);
    }

    private void requireModerator(UUID roomId, UUID caller) {
        Room room = Room.UNKNOWN;
        List<EventCriteria> boundary = Room.moderation(roomId, caller).toList();
        for (VezaEvent event : history.read(EventCriteria.either(boundary))) {
            room = room.evolve(event);
        }
        if (room.requireMember(caller) == MemberRole.MEMBER) {
            throw Rejection.forbidden("Only owners and moderators of the room may read what was reported.");
        }
    }

    private Report report(MessageReported reported, Instant at) {
        return new Report(
                reported.messageId(),
                reported.authorId(),
                text(reported.roomId(), reported.messageId()),
                reported.reporterId(),
                shown(reported.reason()),
                at);
    }

    private @Nullable String text(UUID roomId, UUID messageId) {
        String text = null;
        for (VezaEvent event : history.read(events(
                tags(EventTags.ROOM, roomId, EventTags.MESSAGE, messageId),
                MessageSent.class,
                MessageEdited.class,
                MessageDeleted.class))) {
            switch (event) {
                case MessageSent sent -> text = sent.text();
                case MessageEdited edited -> text = edited.text();
                default -> text = null;
            }
        }
        return shown(text);
    }

    private static @Nullable String shown(@Nullable String text) {
        return text == null || Erased.is(text) ? null : text;
    }
}
