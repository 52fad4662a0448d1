package app.veza.projectionengine;

import app.veza.projectionengine.Ledger.Closed;
import app.veza.projectionengine.Ledger.Deposited;
import app.veza.projectionengine.Ledger.Noted;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A ledger in a real JetStream stream, read by an ordered consumer into memory: what dies with NATS is the reading. */
final class NatsLog implements EventLog, AutoCloseable {
    private static final String STREAM = "LEDGER";

    private final Connection nats;
    private final ListLog read;

    private NatsLog(Connection nats, ListLog read) {
        this.nats = nats;
        this.read = read;
    }

    /** Makes the stream if it is not there, and returns once it has read up to its end. */
    static NatsLog open(String url) throws IOException, InterruptedException, JetStreamApiException {
        Connection nats = Nats.connect(Options.builder()
                .server(url)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .connectionTimeout(Duration.ofSeconds(10))
                .build());
        JetStreamManagement management = nats.jetStreamManagement();
        if (!management.getStreamNames().contains(STREAM)) {
            management.addStream(StreamConfiguration.builder()
                    .name(STREAM)
                    .subjects("ledger")
                    .build());
        }
        long last = management.getStreamInfo(STREAM).getStreamState().getLastSequence();
        ListLog read = new ListLog("nats");
        nats.jetStream()
                .subscribe(
                        "ledger",
                        nats.createDispatcher(),
                        message -> append(read, message),
                        false,
                        PushSubscribeOptions.builder().ordered(true).build());
        while (!read.awaitPast(last - 1, Duration.ofSeconds(60))) {
            throw new IOException("The stream cannot be read to its end at " + last);
        }
        return new NatsLog(nats, read);
    }

    private static void append(ListLog read, Message message) {
        long sequence = message.metaData().streamSequence();
        long next = read.head() + 1;
        if (sequence > next) {
            throw new IllegalStateException("The ordered consumer left out " + next + " before " + sequence);
        }
        if (sequence == next) {
            read.append(event(new String(message.getData(), StandardCharsets.UTF_8)));
        }
    }

    /** Once it is in the stream; again and again while NATS is away, so that it may be there twice. */
    void publish(Object event) throws InterruptedException {
        byte[] data = text(event).getBytes(StandardCharsets.UTF_8);
        while (true) {
            try {
                nats.jetStream().publish("ledger", data);
                return;
            } catch (IOException | JetStreamApiException | IllegalStateException away) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("Stopped while NATS was away: " + away);
                }
            }
        }
    }

    private static String text(Object event) {
        return switch (event) {
            case Deposited(int account, long amount) -> "D " + account + " " + amount;
            case Closed(int account) -> "C " + account;
            case Noted(String text) -> "N " + text;
            default -> throw new IllegalArgumentException("Not of the ledger: " + event);
        };
    }

    private static Object event(String text) {
        String[] parts = text.split(" ", 3);
        return switch (parts[0]) {
            case "D" -> new Deposited(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
            case "C" -> new Closed(Integer.parseInt(parts[1]));
            default -> new Noted(text.substring(2));
        };
    }

    List<Recorded<Object>> recorded() {
        return read.recorded();
    }

    @Override
    public String logId() {
        return read.logId();
    }

    @Override
    public long head() {
        return read.head();
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        return read.read(after, maxEvents);
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        return read.awaitPast(position, atMost);
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return read.chainHash(position);
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
    }
}
