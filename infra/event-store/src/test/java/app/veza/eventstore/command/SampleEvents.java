package app.veza.eventstore.command;

import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** Events of a small chat, enough for rules over one tag, over two, and over none. */
final class SampleEvents {

    static final String ROOM = "room";
    static final String PERSON = "person";
    static final String NAME = "name";

    @Event(namespace = "sample", name = "RoomOpened", version = "1")
    record RoomOpened(@EventTag(key = ROOM) UUID roomId, int capacity) {}

    @Event(namespace = "sample", name = "Joined", version = "1")
    record Joined(
            @EventTag(key = ROOM) UUID roomId,
            @EventTag(key = PERSON) UUID personId) {}

    @Event(namespace = "sample", name = "Left", version = "1")
    record Left(
            @EventTag(key = ROOM) UUID roomId,
            @EventTag(key = PERSON) UUID personId) {}

    @Event(namespace = "sample", name = "Said", version = "1")
    record Said(
            @EventTag(key = ROOM) UUID roomId,
            @EventTag(key = PERSON) UUID personId,
            String text) {}

    @Event(namespace = "sample", name = "NameClaimed", version = "1")
    record NameClaimed(
            @EventTag(key = PERSON) UUID personId,
            @EventTag(key = NAME) String name) {}

    @Event(namespace = "sample", name = "LoggedIn", version = "1")
    record LoggedIn(@EventTag(key = PERSON) UUID personId) {}

    static final Map<String, Class<?>> TYPES = Map.of(
            "sample.RoomOpened", RoomOpened.class,
            "sample.Joined", Joined.class,
            "sample.Left", Left.class,
            "sample.Said", Said.class,
            "sample.NameClaimed", NameClaimed.class,
            "sample.LoggedIn", LoggedIn.class);

    private SampleEvents() {}
}
