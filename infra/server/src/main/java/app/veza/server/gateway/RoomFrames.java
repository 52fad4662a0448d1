package app.veza.server.gateway;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
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
import app.veza.query.shape.Message;
import app.veza.query.shape.Person;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Events of rooms as their subscribers get them, in the shapes that reads have too. */
final class RoomFrames {

    private static final Logger log = LoggerFactory.getLogger(RoomFrames.class);

    private final People people;
    private final MessageHistory messages;
    private final URI attachments;
    private final JsonMapper json;

    /** @param publicUrl what clients write before an HTTP path */
    RoomFrames(People people, MessageHistory messages, URI publicUrl, JsonMapper json) {
        this.people = people;
        this.messages = messages;
        this.attachments = URI.create(publicUrl.toString().replaceFirst("/$", "") + "/api/attachments/");
        this.json = json;
    }

    private record MessageFrame(String type, long position, UUID roomId, Message message) {}

    private record ReactionFrame(
            String type, long position, UUID roomId, UUID messageId, Person person, String emoji, Message message) {}

    private record ReadFrame(
            String type,
            long position,
            UUID roomId,
            Person person,
            UUID messageId,
            long messagePosition,
            Message message) {}

    private record JoinedFrame(String type, long position, UUID roomId, Person person, String role) {}

    private record LeftFrame(String type, long position, UUID roomId, Person person) {}

    /**
     * Its role, or whether it is muted: what did not change is not said.
     *
     * @param mutedUntil when that ends by itself, of which nothing is told then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record MemberChangedFrame(
            String type,
            long position,
            UUID roomId,
            Person person,
            @Nullable String role,
            @Nullable Boolean muted,
            @Nullable Instant mutedUntil) {}

    /**
     * Its name and topic, or its slow mode: what did not change is not said.
     *
     * @param person whose doing it is
     * @param topic none when there is a name and no topic
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record RoomChangedFrame(
            String type,
            long position,
            UUID roomId,
            Person person,
            @Nullable String name,
            @Nullable String topic,
            @Nullable Integer slowModeSeconds) {}

    /** @param reason {@code left}, {@code removed} or {@code closed} */
    private record UnsubscribedFrame(String type, long position, UUID roomId, String reason) {}

    /**
     * The frame's UTF-8 as things stood when it happened; empty for an event of somebody whom the log does not know, or about
     * a message that it does not know, which no client could show.
     */
    Optional<byte[]> live(RoomEvent event) {
        return encode(
                event,
                // What was just sent needs no look at the index
                id -> event.event() instanceof MessageSent
                        ? Optional.ofNullable(MessageState.after(null, event))
                        : messages.at(id, event.position()));
    }

    /** The same, with the message that it is about as it is now: what was taken away since is in it no more. */
    Optional<byte[]> replayed(RoomEvent event) {
        return encode(event, messages::now);
    }

    /** For the one who is no member any more: nothing follows of this room. */
    byte[] unsubscribed(MemberLeft left, long position) {
        return unsubscribed(left.roomId(), position, left.removedBy().equals(left.personId()) ? "left" : "removed");
    }

    /** For everybody who follows it: it can be read, and nothing happens there any more. */
    byte[] closed(UUID roomId, long position) {
        return unsubscribed(roomId, position, "closed");
    }

    private byte[] unsubscribed(UUID roomId, long position, String reason) {
        return json.writeValueAsBytes(new UnsubscribedFrame("room.unsubscribed", position, roomId, reason));
    }

    /** See {@link MessageHistory#forget}. */
    void forget() {
        messages.forget();
    }

    private Optional<byte[]> encode(RoomEvent event, Function<UUID, Optional<MessageState>> states) {
        Optional<byte[]> frame = people.of(event.actor())
                .flatMap(actor -> frame(event, actor, states))
                .map(json::writeValueAsBytes);
        if (frame.isEmpty()) {
            log.error(
                    "The event at position {} is not sent out: the log has no registration of person {}, or no message {}",
                    event.position(),
                    event.actor(),
                    event.about());
        }
        return frame;
    }

    /** A person is called so from now on. */
    void rename(UUID person, String displayName) {
        people.rename(person, displayName);
    }

    private Optional<Record> frame(RoomEvent room, Person actor, Function<UUID, Optional<MessageState>> states) {
        Optional<Message> message =
                Optional.ofNullable(room.about()).flatMap(states).flatMap(this::message);
        return switch (room.event()) {
            case MessageSent sent -> message.map(shown -> about("message.sent", room, shown));
            case MessageEdited edited -> message.map(shown -> about("message.edited", room, shown));
            case MessageDeleted deleted -> message.map(shown -> about("message.deleted", room, shown));
            case ReactionAdded added ->
                message.map(shown -> reaction("reaction.added", room, actor, added.emoji(), shown));
            case ReactionRemoved removed ->
                message.map(shown -> reaction("reaction.removed", room, actor, removed.emoji(), shown));
            case MessageRead read ->
                message.map(shown -> new ReadFrame(
                        "message.read",
                        room.position(),
                        room.roomId(),
                        actor,
                        read.messageId(),
                        read.messagePosition(),
                        shown));
            case MemberJoined joined ->
                Optional.of(
                        new JoinedFrame("member.joined", room.position(), room.roomId(), actor, word(joined.role())));
            case MemberLeft left -> Optional.of(new LeftFrame("member.left", room.position(), room.roomId(), actor));
            case MemberRoleChanged changed -> Optional.of(memberChanged(room, actor, word(changed.role()), null, null));
            case MemberMuted muted ->
                Optional.of(memberChanged(
                        room, actor, null, true, muted.until() == null ? null : asDatabasesKeepIt(muted.until())));
            case MemberUnmuted unmuted -> Optional.of(memberChanged(room, actor, null, false, null));
            case RoomChanged changed -> Optional.of(roomChanged(room, actor, changed.name(), changed.topic(), null));
            case SlowModeChanged changed -> Optional.of(roomChanged(room, actor, null, null, changed.seconds()));
            default ->
                throw new IllegalArgumentException(
                        room.event().getClass().getSimpleName() + " is no event that a room's subscribers are told of");
        };
    }

    private static Record memberChanged(
            RoomEvent room,
            Person person,
            @Nullable String role,
            @Nullable Boolean muted,
            @Nullable Instant mutedUntil) {
        return new MemberChangedFrame(
                "member.changed", room.position(), room.roomId(), person, role, muted, mutedUntil);
    }

    private static Record roomChanged(
            RoomEvent room,
            Person person,
            @Nullable String name,
            @Nullable String topic,
            @Nullable Integer slowModeSeconds) {
        return new RoomChangedFrame(
                "room.changed", room.position(), room.roomId(), person, name, topic, slowModeSeconds);
    }

    private static String word(MemberRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Record about(String type, RoomEvent room, Message message) {
        return new MessageFrame(type, room.position(), room.roomId(), message);
    }

    private static Record reaction(String type, RoomEvent room, Person person, String emoji, Message message) {
        return new ReactionFrame(type, room.position(), room.roomId(), message.id(), person, emoji, message);
    }

    private Optional<Message> message(MessageState state) {
        MessageSent sent = state.sent();
        boolean isGone = state.deletedAt() != null;
        return people.of(sent.senderId())
                .map(sender -> new Message(
                        sent.messageId(),
                        sent.roomId(),
                        state.position(),
                        sender,
                        isGone ? null : state.text(),
                        asDatabasesKeepIt(state.sentAt()),
                        state.editedAt() == null ? null : asDatabasesKeepIt(state.editedAt()),
                        state.deletedAt() == null ? null : asDatabasesKeepIt(state.deletedAt()),
                        sent.replyTo(),
                        isGone ? List.of() : state.mentions(),
                        isGone ? Map.of() : state.reactions(),
                        isGone
                                ? List.of()
                                : sent.attachments().stream()
                                        .map(this::attachment)
                                        .toList()));
    }

    private Message.Attachment attachment(Attachment attachment) {
        return new Message.Attachment(
                attachment.attachmentId(),
                attachment.contentType(),
                attachment.size(),
                attachments.resolve(attachment.attachmentId().toString()).toString());
    }

    /** Cut to microseconds, as projectors write it: what is pushed and what is read of one message must be equal. */
    private static Instant asDatabasesKeepIt(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
