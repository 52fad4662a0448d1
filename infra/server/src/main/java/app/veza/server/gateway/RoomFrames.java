package app.veza.server.gateway;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.query.shape.Message;
import app.veza.query.shape.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Events of rooms as their subscribers get them, live and from history alike, in the shapes that reads have too. */
final class RoomFrames {

    private static final Logger log = LoggerFactory.getLogger(RoomFrames.class);

    private final People people;
    private final JsonMapper json;

    RoomFrames(People people, JsonMapper json) {
        this.people = people;
        this.json = json;
    }

    private record MessageFrame(String type, long position, UUID roomId, Message message) {}

    private record JoinedFrame(String type, long position, UUID roomId, Person person, String role) {}

    private record LeftFrame(String type, long position, UUID roomId, Person person) {}

    /** The frame's UTF-8; empty for an event of somebody whom the log does not know, which no client could show. */
    Optional<byte[]> encode(RoomEvent event) {
        UUID who = actor(event.event());
        Optional<Person> person = people.of(who);
        if (person.isEmpty()) {
            log.error(
                    "The event at position {} is not sent out: the log has no registration of person {}",
                    event.position(),
                    who);
        }
        return person.map(known -> json.writeValueAsBytes(frame(event, known)));
    }

    private static UUID actor(VezaEvent event) {
        return switch (event) {
            case MessageSent sent -> sent.senderId();
            case MemberJoined joined -> joined.personId();
            case MemberLeft left -> left.personId();
            default -> throw notOfARoom(event);
        };
    }

    private static Record frame(RoomEvent room, Person person) {
        return switch (room.event()) {
            case MessageSent sent ->
                new MessageFrame("message.sent", room.position(), room.roomId(), message(room, sent, person));
            case MemberJoined joined ->
                new JoinedFrame(
                        "member.joined",
                        room.position(),
                        room.roomId(),
                        person,
                        joined.role().name().toLowerCase(Locale.ROOT));
            case MemberLeft left -> new LeftFrame("member.left", room.position(), room.roomId(), person);
            default -> throw notOfARoom(room.event());
        };
    }

    private static Message message(RoomEvent room, MessageSent sent, Person sender) {
        return Message.unchanged(
                sent.messageId(),
                room.roomId(),
                room.position(),
                sender,
                sent.text(),
                asDatabasesKeepIt(room.at()),
                sent.replyTo());
    }

    /** To the nearest microsecond: what is pushed and what is read of one message must be equal. */
    private static Instant asDatabasesKeepIt(Instant instant) {
        return instant.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    private static IllegalArgumentException notOfARoom(VezaEvent event) {
        return new IllegalArgumentException(
                event.getClass().getSimpleName() + " is no event that a room's subscribers are told of");
    }
}
