package app.veza.server.gateway;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the subscribers of a room are told of. */
record RoomEvent(long position, Instant at, UUID roomId, VezaEvent event) {

    /** Names of the events that are told, as they stand in the log. */
    static final Set<String> TYPES = Set.of(
            EventTypes.nameOf(MessageSent.class),
            EventTypes.nameOf(MemberJoined.class),
            EventTypes.nameOf(MemberLeft.class));

    /** @param payload of any event of the log */
    static Optional<RoomEvent> of(long position, Instant at, @Nullable Object payload) {
        return switch (payload) {
            case MessageSent sent -> Optional.of(new RoomEvent(position, at, sent.roomId(), sent));
            case MemberJoined joined -> Optional.of(new RoomEvent(position, at, joined.roomId(), joined));
            case MemberLeft left -> Optional.of(new RoomEvent(position, at, left.roomId(), left));
            case null, default -> Optional.empty();
        };
    }

    static String topic(UUID roomId) {
        return "room:" + roomId;
    }

    String topic() {
        return topic(roomId);
    }
}
