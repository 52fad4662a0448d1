package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes of one log talk to each other: messages of NATS itself, none of which is kept. Only the account that may publish
 * to the log may publish below {@code _log}.
 */
final class Peers implements AutoCloseable {
    private static final Duration PROBE = Duration.ofMillis(300);

    private final String node;
    private final String prefix;
    private final Options options;
    private volatile @Nullable Connection nats;
    private MessageHandler frames = message -> {};
    private MessageHandler replies = message -> {};
    private MessageHandler replicated = message -> {};
    private Runnable followed = () -> {};

    Peers(EventLogConfig config, String node) {
        this.node = node;
        this.prefix = "_log." + config.streamName() + ".";
        this.options = Options.builder()
                .server(config.natsUrl())
                .connectionName("nodes of the event log " + config.streamName())
                .connectionTimeout(Duration.ofSeconds(2))
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .reconnectJitter(Duration.ofMillis(50))
                // what cannot be sent now is not to be sent later
                .reconnectBufferSize(0)
                .reportNoResponders()
                .noEcho()
                .pingInterval(Duration.ofSeconds(2))
                .errorListener(new ErrorListener() {})
                .build();
    }

    /**
     * @param frames what others hand to this node to be sequenced
     * @param replies to what this node handed over
     * @param replicated what is settled, as the node that sequences says
     * @param followed another node follows the log
     */
    void whenConnected(MessageHandler frames, MessageHandler replies, MessageHandler replicated, Runnable followed) {
        this.frames = frames;
        this.replies = replies;
        this.replicated = replicated;
        this.followed = followed;
    }

    /** The first time only, for then it reconnects by itself; and when it gave up, as the client does that was refused twice by one server. */
    synchronized void connect() throws IOException, InterruptedException {
        Connection former = nats;
        if (former != null && former.getStatus() != Connection.Status.CLOSED) {
            return;
        }
        try {
            nats = Nats.connect(options);
            listen("forward." + node, this::forwarded);
            listen("reply." + node, replies);
            listen("settled", replicated);
            listen("follow", message -> followed.run());
        } catch (IOException e) {
            throw new IOException(LogConnection.withoutPassword(e.getMessage()));
        } catch (IllegalStateException lost) {
            // else it would be taken for one that is listened on
            nats().close();
            throw new IOException("the connection was lost again", lost);
        }
    }

    /** Whether there was a connection, and it does not reconnect any more. */
    boolean gaveUp() {
        Connection current = nats;
        return current != null && current.getStatus() == Connection.Status.CLOSED;
    }

    /** @throws IllegalStateException before there was a connection */
    Connection nats() {
        Connection current = nats;
        if (current == null) {
            throw new IllegalStateException("not connected to NATS yet");
        }
        return current;
    }

    boolean isConnected() {
        Connection current = nats;
        return current != null && current.getStatus() == Connection.Status.CONNECTED;
    }

    /** Bytes of the largest message that the server takes. */
    long maxPayload() {
        return nats().getMaxPayload();
    }

    /** An empty message asks whether this node is there. */
    private void forwarded(Message message) throws InterruptedException {
        if (message.getData().length == 0) {
            nats().publish(message.getReplyTo(), new byte[0]);
        } else {
            frames.onMessage(message);
        }
    }

    private void listen(String subject, MessageHandler handler) {
        Dispatcher dispatcher = nats().createDispatcher(handler);
        dispatcher.setPendingLimits(-1, -1);
        dispatcher.subscribe(prefix + subject);
    }

    /** @throws IllegalStateException when there is no connection; then it was not sent */
    void forward(String to, byte[] frame) {
        nats().publish(prefix + "forward." + to, frame);
    }

    /** @throws IllegalStateException when there is no connection */
    void reply(String to, byte[] frame) {
        nats().publish(prefix + "reply." + to, frame);
    }

    /** @throws IllegalStateException when there is no connection */
    void replicate(byte[] frame) {
        nats().publish(prefix + "settled", frame);
    }

    /** Says that this node follows the log. */
    void follow() {
        nats().publish(prefix + "follow", new byte[0]);
    }

    /** Whether nobody listens for that node any more. One that is merely silent is not gone. */
    boolean isGone(String other) throws InterruptedException {
        try {
            nats().request(prefix + "forward." + other, new byte[0]).get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof JetStreamStatusException status
                    && status.getStatus().getCode() == 503;
        } catch (TimeoutException | IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void close() {
        Connection current = nats;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
