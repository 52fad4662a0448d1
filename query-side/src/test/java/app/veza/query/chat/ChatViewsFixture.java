package app.veza.query.chat;

import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateRoom;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;

import app.veza.event.VezaEvent;
import app.veza.query.QuerySideFixture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Some people, rooms and messages, which views are asked for. */
abstract class ChatViewsFixture {

    static final int FIRST_MESSAGE = 14;

    static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                registered("ada"),
                registered("bob"),
                registered("eve"),
                publicRoom("town hall", "ada"),
                owns("town hall", "ada"),
                joined("town hall", "bob"),
                privateRoom("den", "ada"),
                owns("den", "ada"),
                publicRoom("garden", "bob"),
                owns("garden", "bob"),
                publicRoom("left behind", "bob"),
                joined("left behind", "ada"),
                left("left behind", "ada"));
        veza.given(IntStream.rangeClosed(1, 7)
                .mapToObj(i -> said("town hall", i % 2 == 0 ? "ada" : "bob", "message " + i))
                .toArray(VezaEvent[]::new));
        veza.given(answered("den", "ada", "note to self", null), answered("den", "ada", "re: note", "note to self"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    static String room(String name) {
        return "/api/rooms/" + id(name);
    }
}
