package app.veza.server.gateway;

import app.veza.gateway.Topics;
import app.veza.query.shape.Person;
import app.veza.server.presence.Signals;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who types in a room, for its subscribers at every node. Between nodes goes the person's id alone: what NATS keeps of it outlives their
 * erasure by nothing that tells who they were.
 */
final class TypingSignals {

    private static final String KIND = "typing";

    /** What comes later, after a connection was lost, is no longer true. */
    private static final Duration TRUE_FOR = Duration.ofSeconds(5);

    /** However many devices and rooms: what is beyond says nothing that matters, and each of it goes to everybody in the room. */
    private static final int MOST_IN_A_WHILE = 5;

    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final int REMEMBERED = 50_000;

    private final Signals signals;
    private final People people;
    private final JsonMapper json;
    private final Cache<UUID, AtomicInteger> sent = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(A_WHILE)
            .build();

    TypingSignals(Signals signals, People people, JsonMapper json) {
        this.signals = signals;
        this.people = people;
        this.json = json;
    }

    /** @param expiresIn seconds after which the person types no more unless it is said again; 0 when they stopped */
    private record TypingFrame(String type, UUID roomId, Person person, int expiresIn) {}

    /** From here on signals of all nodes reach this node's subscribers. */
    void deliverTo(Topics topics) {
        signals.hear(KIND, (about, signal, at) -> {
            UUID room = UUID.fromString(about);
            String topic = RoomEvent.topic(room);
            if (at.plus(TRUE_FOR).isAfter(Instant.now()) && topics.hasSubscribers(topic)) {
                ByteBuffer content = ByteBuffer.wrap(signal);
                UUID person = new UUID(content.getLong(), content.getLong());
                int expiresIn = content.getInt();
                people.of(person)
                        .map(who -> json.writeValueAsBytes(new TypingFrame("typing", room, who, expiresIn)))
                        .ifPresent(frame -> topics.signal(topic, frame));
            }
        });
    }

    /** To whoever subscribes to the room now, on any node; not when the person has said too much of the kind just now. */
    void send(UUID room, UUID person, int expiresIn) {
        if (sent.get(person, first -> new AtomicInteger()).incrementAndGet() <= MOST_IN_A_WHILE) {
            signals.send(
                    KIND,
                    room.toString(),
                    ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                            .putLong(person.getMostSignificantBits())
                            .putLong(person.getLeastSignificantBits())
                            .putInt(expiresIn)
                            .array());
        }
    }
}
