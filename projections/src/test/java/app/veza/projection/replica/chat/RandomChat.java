package app.veza.projection.replica.chat;

import static app.veza.projection.kit.ChatEvents.banned;
import static app.veza.projection.kit.ChatEvents.edited;
import static app.veza.projection.kit.ChatEvents.mentioning;
import static app.veza.projection.kit.ChatEvents.muted;
import static app.veza.projection.kit.ChatEvents.promoted;
import static app.veza.projection.kit.ChatEvents.reacted;
import static app.veza.projection.kit.ChatEvents.read;
import static app.veza.projection.kit.ChatEvents.renamed;
import static app.veza.projection.kit.ChatEvents.slowed;
import static app.veza.projection.kit.ChatEvents.unbanned;
import static app.veza.projection.kit.ChatEvents.unmuted;
import static app.veza.projection.kit.ChatEvents.unreacted;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.MessageEvents.removed;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of rooms in an order in which a log could have them, save that whoever acts need not be allowed to. */
final class RandomChat {

    static final int PEOPLE = 4;

    private record Said(String room, String author, String text, long position) {}

    private final Random random;
    private final List<VezaEvent> events = new ArrayList<>();
    private final List<String> rooms = new ArrayList<>();
    private final List<Said> messages = new ArrayList<>();

    RandomChat(long seed) {
        random = new Random(seed);
    }

    List<VezaEvent> events(int count) {
        while (events.size() < count) {
            if (rooms.isEmpty() || random.nextInt(30) == 0) {
                rooms.add("room" + rooms.size());
                events.add(publicRoom(rooms.getLast(), person()));
                events.add(owns(rooms.getLast(), person()));
            } else if (messages.isEmpty() || random.nextBoolean()) {
                events.add(ofARoom(rooms.get(random.nextInt(rooms.size()))));
            } else {
                events.add(ofAMessage(messages.get(random.nextInt(messages.size()))));
            }
        }
        return events;
    }

    private VezaEvent ofARoom(String room) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> joined(room, person());
            case 2 -> left(room, person());
            case 3 -> promoted(room, person(), MemberRole.values()[random.nextInt(3)]);
            case 4 -> renamed(room, "name " + random.nextInt(9), random.nextBoolean() ? null : "topic");
            case 5 -> slowed(room, random.nextInt(3));
            case 6 -> random.nextBoolean() ? muted(room, person(), null) : unmuted(room, person());
            case 7 -> random.nextBoolean() ? banned(room, person()) : unbanned(room, person());
            default -> message(room);
        };
    }

    private VezaEvent message(String room) {
        Said said = new Said(room, person(), "message " + messages.size(), events.size() + 1L);
        messages.add(said);
        return random.nextInt(3) == 0
                ? mentioning(room, said.author(), said.text(), person())
                : said(room, said.author(), said.text());
    }

    private VezaEvent ofAMessage(Said said) {
        return switch (random.nextInt(10)) {
            case 0 -> removed(said.room(), said.author(), said.text(), "person" + events.size() % PEOPLE);
            case 1, 2 -> edited(said.room(), said.author(), said.text(), "edit " + events.size(), person());
            case 3, 4, 5 -> read(said.room(), person(), said.text(), said.position());
            case 6 -> unreacted(said.room(), person(), said.text(), emoji());
            default -> reacted(said.room(), person(), said.text(), emoji());
        };
    }

    private String person() {
        return "person" + random.nextInt(PEOPLE);
    }

    private String emoji() {
        return random.nextBoolean() ? "👍" : "🎉";
    }
}
