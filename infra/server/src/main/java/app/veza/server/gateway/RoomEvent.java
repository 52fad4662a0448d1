package app.veza.server.gateway;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.SlowModeChanged;
import app.veza.eventstore.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the subscribers of a room are told of.
 *
 * @param about the message that it is about
 * @param actor whom it names: whose doing it is, or the member that it is about
 */
record RoomEvent(
        long position, Instant at, UUID roomId, @Nullable UUID about, UUID actor, VezaEvent event) {

    /** Names of the events that are told, as they stand in the log. */
    static final Set<String> TYPES = Stream.of(
                    MessageSent.class,
                    MessageEdited.class,
                    MessageDeleted.class,
                    MessageRead.class,
                    ReactionAdded.class,
                    ReactionRemoved.class,
                    MemberJoined.class,
                    MemberLeft.class,
                    MemberRoleChanged.class,
                    MemberMuted.class,
                    MemberUnmuted.class,
                    RoomChanged.class,
                    SlowModeChanged.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    /** @param payload of any event of the log */
    static Optional<RoomEvent> of(long position, Instant at, @Nullable Object payload) {
        return Optional.ofNullable(
                switch (payload) {
                    case MessageSent e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.senderId(), e);
                    case MessageEdited e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.authorId(), e);
                    case MessageDeleted e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.authorId(), e);
                    case MessageRead e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.personId(), e);
                    case ReactionAdded e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.personId(), e);
                    case ReactionRemoved e -> new RoomEvent(position, at, e.roomId(), e.messageId(), e.personId(), e);
                    case MemberJoined e -> new RoomEvent(position, at, e.roomId(), null, e.personId(), e);
                    case MemberLeft e -> new RoomEvent(position, at, e.roomId(), null, e.personId(), e);
                    case MemberRoleChanged e -> new RoomEvent(position, at, e.roomId(), null, e.personId(), e);
                    case MemberMuted e -> new RoomEvent(position, at, e.roomId(), null, e.personId(), e);
                    case MemberUnmuted e -> new RoomEvent(position, at, e.roomId(), null, e.personId(), e);
                    case RoomChanged e -> new RoomEvent(position, at, e.roomId(), null, e.changedBy(), e);
                    case SlowModeChanged e -> new RoomEvent(position, at, e.roomId(), null, e.changedBy(), e);
                    case null, default -> null;
                });
    }

    /** Its room's tag, so that what an event is told to is known before it is read. */
    static String topic(UUID roomId) {
        return new Tag(EventTags.ROOM, roomId.toString()).toString();
    }

    String topic() {
        return topic(roomId);
    }
}
