package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A stream as it is, damage included, over a connection of its own: what the log makes of it is for {@link LogWalk} to say. Ends with
 * its connection, like the sequencer's; whoever reads on opens another.
 */
final class RawStream implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final long PAUSE = Duration.ofMillis(10).toNanos();

    private static final int NOT_FOUND = 10059;
    /** Bounds what a batch takes in memory; a batch has one message at least. */
    private static final int BATCH_BYTES = 4 << 20;

    private static final long LARGEST_STEP = 1024;
    /** Which replica answers is left to chance: that the only one of three which can is missed so often in a row happens once in 25,000. */
    private static final int LOOKS = 25;

    private static final Pattern PASSWORD = Pattern.compile("//[^@/]*@");

    private final Connection nats;
    private final String name;
    private boolean isReplicated;

    private RawStream(Connection nats, String name) {
        this.nats = nats;
        this.name = name;
    }

    static RawStream connect(String natsUrl, String name) throws IOException {
        Options options = Options.builder()
                .server(natsUrl)
                .connectionName("event log reader " + name)
                .noReconnect()
                .connectionTimeout(TIMEOUT)
                .noSubjectValidation()
                .errorListener(new ErrorListener() {})
                .build();
        try {
            return new RawStream(Nats.connect(options), name);
        } catch (IOException e) {
            throw new IOException(
                    "NATS cannot be reached: "
                            + PASSWORD.matcher(String.valueOf(e.getMessage())).replaceAll("//"),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    String name() {
        return name;
    }

    Connection nats() {
        return nats;
    }

    /**
     * @param mark what a restore is doing with it; empty: it is in use
     * @param firstSequence above 1 when messages were lost at the beginning
     */
    record Info(String logId, String mark, long firstSequence, long lastSequence, JsonNode config, Replicas replicas) {
        List<String> formerLogIds() {
            return StreamSettings.formerLogIds(config);
        }
    }

    /** Empty when there is no such stream. */
    Optional<Info> info() throws IOException {
        JsonNode info = api("STREAM.INFO", new byte[0]);
        if (info.path("error").path("err_code").asInt(0) == NOT_FOUND) {
            return Optional.empty();
        }
        requireDone("STREAM.INFO", info);
        JsonNode config = info.path("config");
        JsonNode metadata = config.path("metadata");
        JsonNode state = info.path("state");
        var replicas = Replicas.of(info.path("cluster"));
        isReplicated = replicas.areSeveral();
        return Optional.of(new Info(
                metadata.path(StreamSettings.LOG_ID).asString(""),
                metadata.path(StreamSettings.MARK).asString(""),
                state.path("first_seq").asLong(1),
                state.path("last_seq").asLong(),
                config,
                replicas));
    }

    /** @throws LogSettingsException when the stream is missing or is no log */
    Info log() throws IOException {
        Info info = info().orElseThrow(() -> new LogSettingsException("there is no stream " + name));
        if (info.logId().isEmpty()) {
            throw new LogSettingsException("stream %s bears no %s in its metadata: it was not created by an event log"
                    .formatted(name, StreamSettings.LOG_ID));
        }
        return info;
    }

    JsonNode api(String call, byte[] request) throws IOException {
        return ask(call, name, request);
    }

    JsonNode api(String call, String request) throws IOException {
        return api(call, request.getBytes(StandardCharsets.UTF_8));
    }

    void deleteConsumer(String consumer) throws IOException {
        ask("CONSUMER.DELETE", name + "." + consumer, new byte[0]);
    }

    private JsonNode ask(String call, String of, byte[] request) throws IOException {
        try {
            return StreamSettings.JSON.readTree(answer("$JS.API." + call + "." + of, request));
        } catch (JacksonException e) {
            throw new IOException("JetStream's answer to " + call + " is not JSON", e);
        }
    }

    /**
     * Sends an empty message to a subject of the stream. It is answered, be it by a refusal, behind all that the stream was sent before. On
     * a cluster the server that is asked may hear a little later than its leader that the stream listens there.
     */
    void awaitAnswer(String subject) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                answer(subject, new byte[0]);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private byte[] answer(String subject, byte[] request) throws IOException {
        try {
            Message answer = nats.request(subject, request, TIMEOUT);
            if (answer == null || answer.isStatusMessage()) {
                throw new IOException("JetStream does not answer " + subject);
            }
            return answer.getData();
        } catch (IllegalStateException e) {
            throw new IOException("the connection to NATS was lost", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Fails with the server's own words. */
    static JsonNode requireDone(String call, JsonNode answer) throws IOException {
        JsonNode error = answer.path("error");
        if (!error.isMissingNode()) {
            throw new IOException(call + ": " + error.path("description").asString(""));
        }
        return answer;
    }

    /**
     * Messages at or after a sequence, ascending. Those that no replica has are left out; empty when none has any, or their blocks
     * cannot be read. Of several replicas one that has the first is asked for, and what it has up to its first gap is given.
     */
    List<LogMessage> read(long from, int count) throws IOException {
        List<LogMessage> messages = readFromOne(from, count);
        for (int i = 1; isReplicated && i < LOOKS && !beginsAt(from, messages); i++) {
            messages = readFromOne(from, count);
        }
        return isReplicated && beginsAt(from, messages) ? withoutGap(messages) : messages;
    }

    boolean isReplicated() {
        return isReplicated;
    }

    /** Whether some replica has the message and can read it. */
    boolean isReadByAny(long sequence) throws IOException {
        return beginsAt(sequence, read(sequence, 1));
    }

    /** The same of the one that happens to answer. */
    boolean isReadByOne(long sequence) throws IOException {
        return beginsAt(sequence, readFromOne(sequence, 1));
    }

    private static boolean beginsAt(long sequence, List<LogMessage> messages) {
        return !messages.isEmpty() && messages.getFirst().sequence() == sequence;
    }

    private static List<LogMessage> withoutGap(List<LogMessage> messages) {
        long first = messages.getFirst().sequence();
        int count = 1;
        while (count < messages.size() && messages.get(count).sequence() == first + count) {
            count++;
        }
        return messages.subList(0, count);
    }

    /** The same, of the replica that happens to answer; a mirror that answers in its place is not heard. */
    private List<LogMessage> readFromOne(long from, int count) throws IOException {
        String request = "{\"batch\":%d,\"max_bytes\":%d,\"seq\":%d}".formatted(count, BATCH_BYTES, from);
        List<LogMessage> messages = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            AtomicBoolean isOurs = new AtomicBoolean(true);
            boolean ended = deliver("DIRECT.GET." + name, request, TIMEOUT, message -> {
                isOurs.set(DirectGet.isOf(name, message));
                return isOurs.get() && messages.add(DirectGet.message(message));
            });
            if (!ended) {
                break;
            }
            if (isOurs.get()) {
                return messages;
            }
        }
        throw new IOException("JetStream does not deliver what stands from sequence " + from + " on");
    }

    /** Sequences of the next messages of a pull consumer, so many at most; fewer when it does not get on for so long. */
    List<Long> readConsumer(String consumer, int count, Duration still) throws IOException {
        String request = "{\"batch\":%d,\"expires\":%d}".formatted(count, still.toNanos());
        List<Long> sequences = new ArrayList<>();
        deliver("CONSUMER.MSG.NEXT." + name + "." + consumer, request, still.multipliedBy(2), message -> {
            sequences.add(message.metaData().streamSequence());
            return sequences.size() < count;
        });
        return sequences;
    }

    /**
     * Messages that answer a request, until there are no more, or enough.
     *
     * @param silence after which no more are expected
     * @param taker tells whether it wants more
     * @return whether they came to an end
     */
    private boolean deliver(String call, String request, Duration silence, Predicate<Message> taker)
            throws IOException {
        String inbox = nats.createInbox();
        Subscription answers = null;
        try {
            answers = nats.subscribe(inbox);
            answers.setPendingLimits(-1, -1);
            nats.publish("$JS.API." + call, inbox, request.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                Message message = answers.nextMessage(silence);
                if (message == null) {
                    return false;
                }
                if (message.isStatusMessage() || !taker.test(message)) {
                    return true;
                }
            }
        } catch (IllegalStateException e) {
            throw new IOException("the connection to NATS was lost", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (answers != null && nats.getStatus() == Connection.Status.CONNECTED) {
                answers.unsubscribe();
            }
        }
    }

    /**
     * The next sequence at or after this one whose message some replica can read, or {@code last + 1}. A broken block costs the server
     * milliseconds a look and hides tens of thousands of messages, so it is crossed in growing steps and its end sought within the last.
     */
    long nextReadable(long from, long last) throws IOException {
        long broken = from - 1;
        long step = 1;
        long readable = from;
        while (readable <= last && !isReadable(readable)) {
            broken = readable;
            readable = Math.min(readable + step, Math.max(readable, last) + 1);
            step = Math.min(2 * step, LARGEST_STEP);
        }
        while (readable - broken > 1) {
            long middle = broken + (readable - broken) / 2;
            if (isReadable(middle)) {
                readable = middle;
            } else {
                broken = middle;
            }
        }
        return readable;
    }

    private boolean isReadable(long sequence) throws IOException {
        return isReadByLeader(sequence) || isReplicated && isReadByAny(sequence);
    }

    /** A replica that lags behind cannot contradict it; one whose copy is sound can. */
    boolean isReadByLeader(long sequence) throws IOException {
        JsonNode answer =
                api("STREAM.MSG.GET", "{\"seq\":%d}".formatted(sequence).getBytes(StandardCharsets.US_ASCII));
        int code = answer.path("error").path("code").asInt(0);
        if (code >= 500) {
            requireDone("STREAM.MSG.GET", answer);
        }
        return code == 0;
    }

    /** Leaves the thread interrupted; to its caller it is a stream that cannot be read on. */
    static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new java.io.InterruptedIOException("interrupted while waiting for NATS");
    }

    @Override
    public void close() {
        try {
            nats.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
