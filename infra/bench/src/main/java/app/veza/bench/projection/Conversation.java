package app.veza.bench.projection;

import app.veza.bench.projection.Room.Reaction;
import app.veza.bench.projection.Room.Said;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.notification.NotificationKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said in rooms, and what becomes of it. What cannot happen where it is to happen gives no events. */
final class Conversation {

    private static final List<String> EMOJI = List.of("👍", "❤️", "🔥", "😂", "🎶");

    private final Course course;
    private final Rooms rooms;
    private final Notices notices;
    private final Texts texts;

    Conversation(Course course, Rooms rooms, Notices notices, Texts texts) {
        this.course = course;
        this.rooms = rooms;
        this.notices = notices;
        this.texts = texts;
    }

    /** Few talk much, and nearly always about the last thing said. Whoever looks at the room just now is not told that they are meant. */
    List<VezaEvent> said() {
        Room room = rooms.someRoom();
        Optional<UUID> talker = room.talker(course.skewed(room.size()), course.now());
        if (talker.isEmpty()) {
            return List.of();
        }
        UUID sender = talker.get();
        Said answered = course.onceIn(6) ? room.last() : null;
        Said said = new Said(course.newId(), sender, course.position(), new HashSet<>());
        room.say(said);
        String text = texts.message();
        List<UUID> mentions = mentions(room, sender);
        for (UUID mentioned : mentions) {
            if (course.onceIn(5)) {
                notices.raised(NotificationKind.MENTION, mentioned, sender, room.id, said.message());
            }
        }
        if (answered != null
                && course.onceIn(24)
                && room.has(answered.sender())
                && !answered.sender().equals(sender)) {
            notices.raised(NotificationKind.REPLY, answered.sender(), sender, room.id, said.message());
        }
        return List.of(new MessageSent(
                room.id,
                said.message(),
                sender,
                text,
                length(text),
                answered == null ? null : answered.message(),
                mentions,
                List.of()));
    }

    private List<UUID> mentions(Room room, UUID sender) {
        UUID mentioned = course.onceIn(20) ? room.member(course.below(room.size())) : sender;
        return mentioned.equals(sender) ? List.of() : List.of(mentioned);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    List<VezaEvent> edited() {
        Room room = rooms.someRoom();
        Said said = someSaid(room);
        if (said == null || !room.has(said.sender()) || !room.mayTalk(said.sender(), course.now())) {
            return List.of();
        }
        String text = texts.message();
        return List.of(new MessageEdited(
                room.id, said.message(), said.sender(), text, length(text), mentions(room, said.sender())));
    }

    /** Mostly by who said it, now and then by the room's owner. */
    List<VezaEvent> deleted() {
        Room room = rooms.someRoom();
        Said said = someSaid(room);
        if (said == null) {
            return List.of();
        }
        UUID by = course.onceIn(4) || !room.has(said.sender()) ? room.owner() : said.sender();
        room.recent().remove(said);
        return List.of(new MessageDeleted(room.id, said.message(), said.sender(), by));
    }

    List<VezaEvent> reacted() {
        Room room = rooms.someRoom();
        Said said = someSaid(room);
        if (said == null) {
            return List.of();
        }
        return course.onceIn(10) ? removed(room, said) : added(room, said);
    }

    private List<VezaEvent> added(Room room, Said said) {
        UUID person = room.member(course.skewed(room.size()));
        String emoji = course.any(EMOJI);
        return room.mayTalk(person, course.now()) && said.reactions().add(new Reaction(person, emoji))
                ? List.of(new ReactionAdded(room.id, said.message(), person, emoji))
                : List.of();
    }

    private static List<VezaEvent> removed(Room room, Said said) {
        for (Reaction reaction : said.reactions()) {
            if (room.has(reaction.person())) {
                said.reactions().remove(reaction);
                return List.of(new ReactionRemoved(room.id, said.message(), reaction.person(), reaction.emoji()));
            }
        }
        return List.of();
    }

    /** Up to the last thing said. */
    List<VezaEvent> read() {
        Room room = rooms.someRoom();
        Said last = room.last();
        UUID person = room.member(course.below(room.size()));
        return last != null && room.read(person, last.position())
                ? List.of(new MessageRead(room.id, person, last.message(), last.position()))
                : List.of();
    }

    /** Mostly one of the newest. */
    private @Nullable Said someSaid(Room room) {
        List<Said> recent = room.recent();
        return recent.isEmpty() ? null : recent.reversed().get(course.skewed(recent.size()));
    }
}
