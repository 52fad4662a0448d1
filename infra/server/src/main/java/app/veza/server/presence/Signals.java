package app.veza.server.presence;

import app.veza.server.node.NodeConfig;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other that is no history: who came and went, who types. It lies in a JetStream stream beside the log for a day,
 * so that a node whose connection was lost for a moment still hears it, in order.
 *
 * <p>A consumer that died unseen is noticed by the beats that each node sends and must hear itself: it is opened anew, from then on. What was
 * missed meanwhile is for listeners to notice.
 */
public final class Signals implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private static final Duration KEPT = Duration.ofDays(1);
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final String BEATS = "beat";

    /** JetStream's code for a stream that is there with other settings: an operator's choice. */
    private static final int OTHER_SETTINGS = 10058;

    private final Connection nats;
    private final StreamConfiguration stream;
    private final String prefix;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signals").daemon().factory());
    private final Dispatcher dispatcher;
    private @Nullable JetStreamSubscription consumer;
    private volatile long heardAt = System.nanoTime();

    /** Called one at a time, on a thread that all signals wait for: it must not block. */
    public interface Listener {

        /** @param at when NATS stored it */
        void heard(String about, byte[] signal, Instant at);
    }

    private Signals(Connection nats, NodeConfig.Log log) {
        this.nats = nats;
        this.prefix = "veza.signals." + log.stream() + ".";
        this.stream = StreamConfiguration.builder()
                .name(log.stream() + "_SIGNALS")
                .subjects(prefix + ">")
                .maxAge(KEPT)
                .maxBytes(MOST_BYTES)
                .discardPolicy(DiscardPolicy.Old)
                .replicas(log.replicas())
                .build();
        this.dispatcher = nats.createDispatcher();
        clock.scheduleWithFixedDelay(this::keepHearing, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** With a connection of its own: what waits there must not hold up the log's. */
    static Signals open(String natsUrl, NodeConfig.Log log) throws InterruptedException {
        Options options = Options.builder()
                .server(natsUrl)
                .connectionName("veza-signals")
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(250))
                .connectionTimeout(Duration.ofSeconds(2))
                .build();
        try {
            return new Signals(Nats.connectReconnectOnConnect(options), log);
        } catch (IOException failure) {
            throw new UncheckedIOException("veza.nats.url cannot be used", failure);
        }
    }

    /** From here on; one listener a kind. */
    public void hear(String kind, Listener listener) {
        listeners.put(kind, listener);
    }

    /** To every node, this one too. Dropped while NATS is away. */
    public void send(String kind, String about, byte[] signal) {
        if (nats.getStatus() == Connection.Status.CONNECTED) {
            nats.publish(prefix + kind + "." + about, signal);
        }
    }

    private void keepHearing() {
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            return;
        }
        try {
            if (consumer == null || System.nanoTime() - heardAt > SILENCE.toNanos()) {
                hearAnew();
            }
            send(BEATS, "node", new byte[0]);
        } catch (IOException | JetStreamApiException | RuntimeException failure) {
            log.warn("Signals of other nodes cannot be heard now, trying again: {}", failure.toString());
        }
    }

    private void hearAnew() throws IOException, JetStreamApiException {
        if (consumer != null) {
            dispatcher.unsubscribe(consumer);
            consumer = null;
        }
        createStream();
        consumer = nats.jetStream()
                .subscribe(
                        prefix + ">",
                        dispatcher,
                        this::pass,
                        false,
                        PushSubscribeOptions.builder().stream(stream.getName())
                                .ordered(true)
                                .configuration(ConsumerConfiguration.builder()
                                        .deliverPolicy(DeliverPolicy.New)
                                        .build())
                                .build());
        heardAt = System.nanoTime();
    }

    private void createStream() throws IOException, JetStreamApiException {
        try {
            nats.jetStreamManagement().addStream(stream);
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != OTHER_SETTINGS) {
                throw refused;
            }
        }
    }

    private void pass(Message message) {
        heardAt = System.nanoTime();
        String subject = message.getSubject().substring(prefix.length());
        int dot = subject.indexOf('.');
        Listener listener = listeners.get(subject.substring(0, dot));
        if (listener == null) {
            return;
        }
        try {
            listener.heard(
                    subject.substring(dot + 1),
                    message.getData(),
                    message.metaData().timestamp().toInstant());
        } catch (RuntimeException unreadable) {
            log.error("The signal {} is passed over", message.getSubject(), unreadable);
        }
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdownNow();
        nats.close();
    }
}
