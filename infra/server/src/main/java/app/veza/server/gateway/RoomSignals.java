package app.veza.server.gateway;

import app.veza.gateway.Topics;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a room's subscribers are told that is no history, such as that somebody types. It goes to every node's sockets over core NATS:
 * nothing keeps it, and who is not there, or whose node is cut off, misses it.
 */
final class RoomSignals implements AutoCloseable {

    private static final String SUBJECT = "veza.signals.room.";

    private final Connection nats;
    private @Nullable Dispatcher dispatcher;

    private RoomSignals(Connection nats) {
        this.nats = nats;
    }

    /** With a connection of its own: what waits there must not hold up the log's. */
    static RoomSignals open(String natsUrl) throws InterruptedException {
        Options options = Options.builder()
                .server(natsUrl)
                .connectionName("veza-signals")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .connectionTimeout(Duration.ofSeconds(2))
                .build();
        try {
            return new RoomSignals(Nats.connectReconnectOnConnect(options));
        } catch (IOException failure) {
            throw new UncheckedIOException("veza.nats.url cannot be used", failure);
        }
    }

    /** From here on signals of all nodes reach this node's subscribers. */
    synchronized void deliverTo(Topics topics) {
        if (dispatcher != null) {
            nats.closeDispatcher(dispatcher);
        }
        dispatcher = nats.createDispatcher(message -> topics.signal(
                        RoomEvent.topic(UUID.fromString(message.getSubject().substring(SUBJECT.length()))),
                        message.getData()))
                .subscribe(SUBJECT + "*");
    }

    /** To whoever subscribes to the room now, on any node. Dropped while NATS is away: late it would not be true. */
    void send(UUID roomId, byte[] frame) {
        if (nats.getStatus() == Connection.Status.CONNECTED) {
            nats.publish(SUBJECT + roomId, frame);
        }
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
