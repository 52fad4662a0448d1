package app.veza.bench.store;

import app.veza.eventstore.NewEvent;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The first yardstick: the client's own pipelined publish of messages as the event store makes them, with as many headers of
 * the same length and payloads of their own, but with no condition, no order to keep and nothing to look up.
 */
final class RawContestant implements Contestant {

    private static final byte[] DATA = "\"data\":".getBytes(StandardCharsets.US_ASCII);

    private final Connection nats;
    private final JetStream jetStream;
    private final String subject;
    private final VezaEvents events;
    private final long server;
    private final String logStream;
    /** By the number of events in it, a message that the event store wrote. */
    private final Map<Integer, MessageInfo> templates = new HashMap<>();

    /** @param logStream where the event store writes, with the same settings */
    RawContestant(String natsUrl, String name, String logStream, VezaEvents events, long server)
            throws IOException, InterruptedException {
        this.nats = Nats.connect(natsUrl);
        this.jetStream = nats.jetStream();
        this.subject = "raw." + name;
        this.events = events;
        this.server = server;
        this.logStream = logStream;
        try {
            nats.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("RAW_" + name)
                            .subjects(subject + ".>")
                            .storageType(StorageType.File)
                            .compressionOption(CompressionOption.S2)
                            .allowDirect(true)
                            .build());
        } catch (JetStreamApiException refused) {
            throw new IOException("NATS refused the bench's stream: " + refused.getMessage(), refused);
        }
    }

    @Override
    public String name() {
        return "raw publish";
    }

    /** To be called when the event store has just appended so many events in one. */
    void learn(int count) throws IOException {
        try {
            templates.put(count, nats.jetStreamManagement().getLastMessage(logStream, ">"));
        } catch (JetStreamApiException refused) {
            throw new IOException("NATS does not give a message of the event store: " + refused.getMessage(), refused);
        }
    }

    @Override
    public CompletableFuture<?> append(long number, int count) {
        MessageInfo template = templates.get(count);
        NewEvent first = events.message(number);
        byte[] body = count == 1 ? first.payload() : batch(template.getData(), first, number, count);
        String name = subject + ".chat.room." + first.tags().getFirst().value() + ".MessageSent";
        return jetStream.publishAsync(name, headers(template.getHeaders(), first), body);
    }

    private static Headers headers(Headers template, NewEvent event) {
        var headers = new Headers();
        template.forEach((name, values) -> {
            if (!name.startsWith("Nats-")) {
                headers.put(name, name.equals("ce-id") ? event.id() : values.getFirst());
            }
        });
        return headers;
    }

    /** The template's attributes before each event's own payload. */
    private byte[] batch(byte[] template, NewEvent first, long number, int count) {
        byte[] attributes = Arrays.copyOfRange(template, 1, endOfAttributes(template));
        var body = new ByteArrayOutputStream(template.length + 64);
        for (int i = 0; i < count; i++) {
            body.write(i == 0 ? '[' : ',');
            body.writeBytes(attributes);
            body.writeBytes(
                    i == 0 ? first.payload() : events.message(number + i).payload());
            body.write('}');
        }
        body.write(']');
        return body.toByteArray();
    }

    private static int endOfAttributes(byte[] template) {
        for (int i = 0; i + DATA.length <= template.length; i++) {
            if (Arrays.equals(template, i, i + DATA.length, DATA, 0, DATA.length)) {
                return i + DATA.length;
            }
        }
        throw new IllegalStateException("The event store wrote a batch without data");
    }

    @Override
    public long server() {
        return server;
    }

    @Override
    public void close() {
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
