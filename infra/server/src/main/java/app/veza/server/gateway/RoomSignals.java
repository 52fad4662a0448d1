package app.veza.server.gateway;

import app.veza.gateway.Topics;
import app.veza.server.presence.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What a room's subscribers are told, at every node, that is no history, such as that somebody types. */
final class RoomSignals {

    private static final String KIND = "room";

    /** What comes later, after a connection was lost, is no longer true. */
    private static final Duration TRUE_FOR = Duration.ofSeconds(5);

    private final Signals signals;

    RoomSignals(Signals signals) {
        this.signals = signals;
    }

    /** From here on signals of all nodes reach this node's subscribers. */
    void deliverTo(Topics topics) {
        signals.hear(KIND, (room, frame, at) -> {
            if (at.plus(TRUE_FOR).isAfter(Instant.now())) {
                topics.signal(RoomEvent.topic(UUID.fromString(room)), frame);
            }
        });
    }

    /** To whoever subscribes to the room now, on any node. */
    void send(UUID roomId, byte[] frame) {
        signals.send(KIND, roomId.toString(), frame);
    }
}
