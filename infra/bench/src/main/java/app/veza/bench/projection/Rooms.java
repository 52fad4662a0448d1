package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rooms, and who is in them. What cannot happen where it is to happen gives no events. */
final class Rooms {

    private static final Duration MUTED = Duration.ofHours(1);

    private final Course course;
    private final People people;
    private final Texts texts;
    private final List<Room> rooms = new ArrayList<>();
    private int opened;

    Rooms(Course course, People people, Texts texts) {
        this.course = course;
        this.people = people;
        this.texts = texts;
    }

    int count() {
        return rooms.size();
    }

    /** Mostly one of the first. */
    Room someRoom() {
        return rooms.get(course.skewed(rooms.size()));
    }

    List<VezaEvent> opened() {
        boolean open = !course.onceIn(4);
        Room room = new Room(course.newId(), open);
        UUID creator = people.anybody();
        room.join(creator, course.position() + 1);
        rooms.add(room);
        return List.of(
                new RoomCreated(
                        room.id,
                        creator,
                        "Room " + ++opened,
                        open ? texts.shortOne() : null,
                        open ? Visibility.PUBLIC : Visibility.PRIVATE),
                new MemberJoined(room.id, creator, MemberRole.OWNER, creator));
    }

    /** Into a private one by its owner's invitation. */
    List<VezaEvent> joined() {
        Room room = someRoom();
        UUID person = people.anybody();
        UUID opens = room.open ? person : room.owner();
        return room.join(person, course.position())
                ? List.of(new MemberJoined(room.id, person, MemberRole.MEMBER, opens))
                : List.of();
    }

    List<VezaEvent> left() {
        Room room = someRoom();
        if (room.size() < 3) {
            return List.of();
        }
        UUID person = anyButOwner(room);
        room.leave(person);
        return List.of(new MemberLeft(room.id, person, person));
    }

    private UUID anyButOwner(Room room) {
        return room.member(1 + course.below(room.size() - 1));
    }

    /** Its owner mutes, bans, or is of milder mind again. */
    List<VezaEvent> moderated() {
        Room room = someRoom();
        if (room.size() < 3) {
            return List.of();
        }
        return switch (course.below(4)) {
            case 0 -> muted(room, anyButOwner(room));
            case 1 -> unmuted(room);
            case 2 -> banned(room, anyButOwner(room));
            default -> unbanned(room);
        };
    }

    /** For a while, or until it is lifted. */
    private List<VezaEvent> muted(Room room, UUID person) {
        Instant until = course.onceIn(2) ? course.now().plus(MUTED) : null;
        room.mute(person, until);
        return List.of(new MemberMuted(room.id, person, room.owner(), until));
    }

    private List<VezaEvent> unmuted(Room room) {
        for (UUID person : room.muted(course.now())) {
            if (!person.equals(room.owner()) && room.unmute(person)) {
                return List.of(new MemberUnmuted(room.id, person, room.owner()));
            }
        }
        return List.of();
    }

    private static List<VezaEvent> banned(Room room, UUID person) {
        room.ban(person);
        return List.of(new MemberBanned(room.id, person, room.owner()), new MemberLeft(room.id, person, room.owner()));
    }

    private static List<VezaEvent> unbanned(Room room) {
        return room.banned().isEmpty()
                ? List.of()
                : List.of(new MemberUnbanned(room.id, room.banned().removeFirst(), room.owner()));
    }

    /** Who is erased is taken out of each room by a command of its own; one that nobody else is in is closed. */
    void leaveAll(UUID erased) {
        for (Room room : rooms) {
            if (!room.has(erased)) {
                continue;
            }
            boolean owned = room.owner().equals(erased);
            room.leave(erased);
            MemberLeft left = new MemberLeft(room.id, erased, erased);
            if (!owned) {
                course.thenComes(left);
            } else if (room.size() == 0) {
                course.thenComes(new RoomClosed(room.id, erased), left);
            } else {
                course.thenComes(new MemberRoleChanged(room.id, room.owner(), MemberRole.OWNER, erased), left);
            }
        }
        rooms.removeIf(room -> room.size() == 0);
    }
}
