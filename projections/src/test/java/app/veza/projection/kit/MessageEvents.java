package app.veza.projection.kit;

import static app.veza.projection.kit.Events.id;

import app.veza.event.chat.Attachment;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of messages; each goes by its first text. */
public final class MessageEvents {

    private MessageEvents() {}

    /** With one picture of 1,000 bytes. */
    public static MessageSent showed(String room, String name, String text, String... mentions) {
        return new MessageSent(
                id(room),
                id(text),
                id(name),
                text,
                text.length(),
                null,
                Stream.of(mentions).map(Events::id).toList(),
                List.of(new Attachment(id("picture " + text), "image/png", 1_000)));
    }

    public static MessageEdited edited(String room, String name, String message, String text) {
        return new MessageEdited(id(room), id(message), id(name), text, text.length(), List.of());
    }

    public static MessageDeleted deleted(String room, String author, String message) {
        return removed(room, author, message, author);
    }

    /** As a moderator does. */
    public static MessageDeleted removed(String room, String author, String message, String by) {
        return new MessageDeleted(id(room), id(message), id(author), id(by));
    }

    public static ReactionAdded reacted(String room, String name, String message) {
        return new ReactionAdded(id(room), id(message), id(name), "\uD83D\uDC4D");
    }

    public static ReactionRemoved unreacted(String room, String name, String message) {
        return new ReactionRemoved(id(room), id(message), id(name), "\uD83D\uDC4D");
    }

    public static MessageReported reported(String room, String name, String author, String message) {
        return new MessageReported(id(room), id(message), id(name), id(author), "spam");
    }

    public static MessageRead readUpTo(String room, String name, String message, long position) {
        return new MessageRead(id(room), id(name), id(message), position);
    }
}
