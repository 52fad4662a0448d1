package app.veza.bench.store;

import app.veza.bench.Ids;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.SessionRefreshed;
import app.veza.eventstore.EventMetadata;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as the platform appends them: of every hundred ninety are messages, the rest is who comes and goes. */
final class VezaEvents {

    static final String MESSAGE_SENT = EventTypes.nameOf(MessageSent.class);

    private static final int ROOMS = 1_000;
    private static final int PEOPLE = 20_000;
    private static final String REVISION = "1";
    private static final List<String> TEXTS = List.of(
            "The boats are back, and the harbour is loud",
            "ok",
            "Who plays tonight? I heard that the second set starts at ten, but the poster says nine.",
            "Merci ! À tout à l'heure 👋",
            "I listened to the whole recording again this morning, and the part after the first hour is even better than it seemed live.");

    private final JacksonEventCodec codec;

    VezaEvents(JacksonEventCodec codec) {
        this.codec = codec;
    }

    /** A message of anybody in any room. */
    NewEvent message(long number) {
        return message(person(number % PEOPLE), number);
    }

    NewEvent message(UUID sender, long number) {
        String text = TEXTS.get((int) (number % TEXTS.size()));
        UUID room = room(number);
        UUID message = Ids.next();
        return event(
                new MessageSent(
                        room, message, sender, text, text.codePointCount(0, text.length()), null, List.of(), List.of()),
                new Tag("room", room.toString()),
                new Tag("message", message.toString()),
                new Tag("person", sender.toString()));
    }

    /** The next one of the mix. */
    NewEvent any(long number) {
        UUID person = person(number % PEOPLE);
        UUID room = room(number);
        return switch ((int) (number % 100)) {
            case 0, 20, 40, 60 ->
                event(
                        new MemberJoined(room, person, MemberRole.MEMBER, person),
                        new Tag("room", room.toString()),
                        new Tag("person", person.toString()));
            case 10, 50 ->
                event(
                        new MemberLeft(room, person, person),
                        new Tag("room", room.toString()),
                        new Tag("person", person.toString()));
            case 30, 80 -> loggedIn(person);
            case 70, 90 -> refreshed(person);
            default -> message(person, number);
        };
    }

    private NewEvent loggedIn(UUID person) {
        UUID session = Ids.next();
        return event(
                new LoggedIn(
                        session,
                        person,
                        "2001:db8::7",
                        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                        "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg",
                        Instant.now().plus(Duration.ofDays(30))),
                new Tag("session", session.toString()),
                new Tag("person", person.toString()));
    }

    private NewEvent refreshed(UUID person) {
        UUID session = Ids.next();
        return event(
                new SessionRefreshed(session, person, "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"),
                new Tag("session", session.toString()),
                new Tag("person", person.toString()));
    }

    private NewEvent event(VezaEvent event, Tag... tags) {
        String type = EventTypes.nameOf(event.getClass());
        String cause = Ids.next().toString();
        return new NewEvent(
                Ids.next().toString(),
                type,
                REVISION,
                Instant.now(),
                List.of(tags),
                Map.of(EventMetadata.CORRELATION_ID, cause, EventMetadata.CAUSATION_ID, cause),
                codec.encode(type, REVISION, event));
    }

    static UUID room(long number) {
        return new UUID(0x0198_a2b4_0000_7000L, 0x8000_0000_0000_0000L | number % ROOMS);
    }

    static UUID person(long number) {
        return new UUID(0x0198_a2b4_0001_7000L, 0x8000_0000_0000_0000L | number);
    }
}
