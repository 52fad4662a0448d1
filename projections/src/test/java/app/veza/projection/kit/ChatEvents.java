package app.veza.projection.kit;

import static app.veza.projection.kit.Events.id;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.AttachmentOffered;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.SlowModeChanged;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens in rooms beyond entering, speaking and leaving; a message is named by the text that it was sent with. */
public final class ChatEvents {

    private ChatEvents() {}

    public static MessageSent mentioning(String room, String name, String text, String... mentioned) {
        return message(room, name, text, ids(mentioned), List.of());
    }

    /** A message with files of 100 bytes each, images all of them. */
    public static MessageSent attaching(String room, String name, String text, String... files) {
        return message(
                room,
                name,
                text,
                List.of(),
                ids(files).stream()
                        .map(file -> new Attachment(file, "image/png", 100))
                        .toList());
    }

    private static MessageSent message(
            String room, String name, String text, List<UUID> mentions, List<Attachment> attachments) {
        return new MessageSent(
                id(room), id(text), id(name), text, text.codePointCount(0, text.length()), null, mentions, attachments);
    }

    public static AttachmentOffered offered(String owner, String file) {
        return new AttachmentOffered(id(file), id(owner), "image/png", 100);
    }

    public static MessageEdited edited(String room, String name, String message, String text, String... mentioned) {
        return new MessageEdited(
                id(room), id(message), id(name), text, text.codePointCount(0, text.length()), ids(mentioned));
    }

    public static MessageDeleted deleted(String room, String name, String message) {
        return MessageEvents.deleted(room, name, message);
    }

    public static MessageRead read(String room, String name, String message, long position) {
        return new MessageRead(id(room), id(name), id(message), position);
    }

    public static ReactionAdded reacted(String room, String name, String message, String emoji) {
        return new ReactionAdded(id(room), id(message), id(name), emoji);
    }

    public static ReactionRemoved unreacted(String room, String name, String message, String emoji) {
        return new ReactionRemoved(id(room), id(message), id(name), emoji);
    }

    public static RoomChanged renamed(String room, String name, @Nullable String topic) {
        return new RoomChanged(id(room), id("somebody"), name, topic);
    }

    public static RoomClosed closed(String room, String name) {
        return new RoomClosed(id(room), id(name));
    }

    public static SlowModeChanged slowed(String room, int seconds) {
        return new SlowModeChanged(id(room), id("somebody"), seconds);
    }

    public static DirectRoomOpened direct(String room, String name, String other) {
        return new DirectRoomOpened(id(room), id(room + " pair"), id(name), id(other));
    }

    public static MemberRoleChanged promoted(String room, String name, MemberRole role) {
        return new MemberRoleChanged(id(room), id(name), role, id("somebody"));
    }

    public static MemberMuted muted(String room, String name, @Nullable Instant until) {
        return new MemberMuted(id(room), id(name), id("somebody"), until);
    }

    public static MemberUnmuted unmuted(String room, String name) {
        return new MemberUnmuted(id(room), id(name), id("somebody"));
    }

    public static MemberBanned banned(String room, String name) {
        return new MemberBanned(id(room), id(name), id("somebody"));
    }

    public static MemberUnbanned unbanned(String room, String name) {
        return new MemberUnbanned(id(room), id(name), id("somebody"));
    }

    private static List<UUID> ids(String... names) {
        return Arrays.stream(names).map(Events::id).toList();
    }
}
