package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One connection to NATS, from its start to its end. It never reconnects by itself and so never sends later what was handed to it
 * before: after its loss the sequencer makes another and finds out what arrived.
 */
final class LogConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogConnection.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final int STREAM_NOT_FOUND = 10059;
    /** Another node created it at the same moment, with another log id. */
    private static final int STREAM_EXISTS = 10058;
    /** Which replica answers is left to chance: that the only one of three which can is missed so often in a row happens once in 25,000. */
    private static final int LOOKS = 25;

    /** At an end that lies before what was read: over three seconds. Whoever leads the stream by then has told the others so. */
    private static final int LOOKS_AT_END = 16;

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** A leader sends its followers nothing for two seconds at most. What a paused one heard of before is older by the last look. */
    private static final Duration HEARD_OF = Duration.ofMillis(2500);
    /** In which the one who restores has made the stream anew. */
    private static final Duration GONE_FOR = Duration.ofSeconds(1);

    /** What {@link #lastSequence} says when the stream was restored since it was opened. */
    static final long ANOTHER_LOG = -2;

    /**
     * @param publication which it answers
     * @param sequence 0 when refused
     */
    record Reply(LogConnection connection, long publication, long sequence, String error) {
        /**
         * Another sequence than expected; no storage; no resources: decided before anything was stored. Not that the stream failed to store
         * it (10077): a cluster says so of a write that went wrong behind its commit, when another server may hold the message.
         */
        private static final List<String> REFUSALS = List.of("10071", "10047", "10023");

        /** Nobody listens on the subject, so nobody was given the message: a stream without a leader, as on a cluster that is full. */
        private static final String NO_RESPONDERS = "503 ";

        boolean provesAbsence() {
            return sequence == 0 && (error.startsWith(NO_RESPONDERS) || isRefusal());
        }

        private boolean isRefusal() {
            return REFUSALS.stream().anyMatch(code -> error.contains("\"err_code\":" + code));
        }
    }

    interface Listener {
        void replied(Reply reply);

        void lost(LogConnection connection);
    }

    /** @param created the stream did not exist before */
    record StreamState(String logId, long lastSequence, boolean created) {}

    private final EventLogConfig config;
    private final Connection nats;
    private final String replyPrefix;
    private volatile String openedLog = "";

    private LogConnection(EventLogConfig config, Listener listener) throws IOException, InterruptedException {
        this.config = config;
        Options options = Options.builder()
                .server(config.natsUrl())
                .connectionName("event log " + config.streamName())
                .noReconnect()
                .reconnectBufferSize(0)
                .connectionTimeout(REQUEST_TIMEOUT)
                .noSubjectValidation()
                .maxMessagesInOutgoingQueue(8192)
                .errorListener(new ErrorListener() {})
                .connectionListener((connection, event) -> {
                    if (event == ConnectionListener.Events.CLOSED || event == ConnectionListener.Events.DISCONNECTED) {
                        listener.lost(this);
                    }
                })
                .build();
        this.nats = Nats.connect(options);
        this.replyPrefix = nats.createInbox() + ".";
        Dispatcher replies = nats.createDispatcher(message -> listener.replied(reply(message)));
        replies.setPendingLimits(-1, -1);
        replies.subscribe(replyPrefix + "*");
    }

    static LogConnection open(EventLogConfig config, Listener listener) throws IOException, InterruptedException {
        try {
            return new LogConnection(config, listener);
        } catch (IOException e) {
            throw new IOException(withoutPassword(e.getMessage()));
        }
    }

    /** The client names the server by its whole URL, and messages end in logs. */
    static String withoutPassword(String message) {
        return message.replaceAll("//[^@/]*@", "//");
    }

    boolean isOpen() {
        return nats.getStatus() == Connection.Status.CONNECTED;
    }

    long maxPayload() {
        return nats.getMaxPayload();
    }

    /** @throws IllegalStateException when the connection is lost */
    void publish(long publication, EncodedAppend append, PlacedHeaders headers) {
        nats.publish(append.subject(), replyPrefix + publication, headers, append.body());
    }

    private Reply reply(Message message) {
        long publication = Long.parseLong(message.getSubject().substring(replyPrefix.length()));
        if (message.isStatusMessage()) {
            return new Reply(this, publication, 0, message.getStatus().getMessageWithCode());
        }
        String json = new String(message.getData(), StandardCharsets.UTF_8);
        int seq = json.indexOf("\"seq\":");
        if (seq < 0 || json.contains("\"error\":")) {
            return new Reply(this, publication, 0, json);
        }
        long sequence = 0;
        for (int i = seq + 6; i < json.length() && Character.isDigit(json.charAt(i)); i++) {
            sequence = sequence * 10 + (json.charAt(i) - '0');
        }
        return new Reply(this, publication, sequence, "");
    }

    /** Creates the stream when it is missing and no log is known to have stood in it, and checks its settings when it is not. */
    StreamState openStream(Checkpoint known, FormerLog former) throws IOException, InterruptedException {
        JsonNode info = api("STREAM.INFO", new byte[0]);
        if (errorCode(info) == STREAM_NOT_FOUND) {
            Optional<String> remembered = remembered(known, former);
            if (remembered.isPresent()) {
                Thread.sleep(GONE_FOR);
                info = api("STREAM.INFO", new byte[0]);
                requireThere(info, remembered.get());
            }
        }
        boolean created = errorCode(info) == STREAM_NOT_FOUND;
        if (created) {
            info = api(
                    "STREAM.CREATE",
                    StreamSettings.createRequest(config, UUID.randomUUID().toString()));
        }
        if (errorCode(info) == STREAM_EXISTS) {
            created = false;
            info = api("STREAM.INFO", new byte[0]);
        }
        JsonNode error = info.path("error");
        if (!error.isMissingNode()) {
            int code = error.path("code").asInt(0);
            String description = error.path("description").asString("");
            if (created && code < 500) {
                throw new LogSettingsException(
                        "stream %s cannot be created: %s".formatted(config.streamName(), description));
            }
            throw new IOException("stream " + config.streamName() + ": " + description);
        }
        if (info.path("config").path("metadata").has(StreamSettings.MARK)) {
            throw new IOException("stream " + config.streamName() + " is being restored");
        }
        StreamSettings.verify(config, info.path("config"));
        String logId =
                info.path("config").path("metadata").path(StreamSettings.LOG_ID).asString("");
        if (logId.isEmpty()) {
            throw new LogSettingsException("stream %s bears no %s in its metadata: it was not created by an event log"
                    .formatted(config.streamName(), StreamSettings.LOG_ID));
        }
        openedLog = logId;
        if (!StreamSettings.states(config, info.path("config"))) {
            restate(info.path("config"));
        }
        return new StreamState(logId, info.path("state").path("last_seq").asLong(), created);
    }

    private Optional<String> remembered(Checkpoint known, FormerLog elsewhere) throws IOException {
        return known.point().position() > 0
                ? Optional.of("the index in %s knows log %s up to position %d"
                        .formatted(
                                config.indexDirectory(),
                                known.logId(),
                                known.point().position()))
                : elsewhere.remembered();
    }

    /** In the place of one that is lost, an empty log would have whoever reads it forget what was in that. */
    private void requireThere(JsonNode info, String remembered) {
        if (errorCode(info) == STREAM_NOT_FOUND) {
            throw new LogSettingsException(
                    "stream %s is gone, but %s: restore the log from its backup (log restore --log ID); or, to begin a new and empty one, delete the nodes' indexes, take an empty bucket and start anew"
                            .formatted(config.streamName(), remembered));
        }
    }

    private static int errorCode(JsonNode answer) {
        return answer.path("error").path("err_code").asInt(0);
    }

    /** Durability is the server's, which its operator may set up anew: the stream is to state what holds from now on. */
    private void restate(JsonNode settings) throws IOException, InterruptedException {
        update(StreamSettings.restated(config, settings));
        LOG.info("The log {} states durability {} from now on", config.streamName(), config.durability());
    }

    /**
     * Gives the log a new id, because it is not the one any more that bore the old: whoever remembers a position, and be it a client,
     * can tell by the id that it may mean another event now.
     *
     * @return the new id, be it that another node was faster
     */
    String renewIdentity(String old) throws IOException, InterruptedException {
        JsonNode settings = api("STREAM.INFO", new byte[0]).path("config");
        String logId = settings.path("metadata").path(StreamSettings.LOG_ID).asString("");
        if (logId.equals(old)) {
            logId = UUID.randomUUID().toString();
            update(StreamSettings.renamed(settings, logId));
        }
        openedLog = logId;
        return logId;
    }

    private void update(byte[] settings) throws IOException, InterruptedException {
        JsonNode error = api("STREAM.UPDATE", settings).path("error");
        if (!error.isMissingNode()) {
            throw new IOException("stream %s cannot be updated: %s"
                    .formatted(config.streamName(), error.path("description").asString("")));
        }
    }

    private JsonNode api(String call, byte[] request) throws IOException, InterruptedException {
        Message answer = nats.request("$JS.API." + call + "." + config.streamName(), request, REQUEST_TIMEOUT);
        if (answer == null || answer.isStatusMessage()) {
            throw new IOException("JetStream does not answer " + call);
        }
        return json(answer);
    }

    private static JsonNode json(Message answer) throws IOException {
        try {
            return StreamSettings.JSON.readTree(answer.getData());
        } catch (JacksonException e) {
            throw new IOException("JetStream's answer is not JSON", e);
        }
    }

    /** The stream's last sequence; {@link #ANOTHER_LOG} when it was restored since it was opened; -1 when that could not be learnt. */
    CompletableFuture<Long> lastSequence() {
        return nats.requestWithTimeout("$JS.API.STREAM.INFO." + config.streamName(), new byte[0], REQUEST_TIMEOUT)
                .handle((answer, failure) -> {
                    if (failure != null || answer == null || answer.isStatusMessage()) {
                        return -1L;
                    }
                    JsonNode info = StreamSettings.JSON.readTree(answer.getData());
                    JsonNode logId = info.path("config").path("metadata").path(StreamSettings.LOG_ID);
                    return logId.isString() && !logId.asString("").equals(openedLog)
                            ? ANOTHER_LOG
                            : info.path("state").path("last_seq").asLong(-1);
                })
                // The client looks for requests that are overdue only now and then
                .completeOnTimeout(-1L, REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * How far the stream reaches, where it was told to end before what is known to have stood there. A server that was paused, and still takes
     * itself for the stream's leader, tells what it knew before: so it is asked again, and so is for the message itself whoever has it.
     *
     * @return less than {@code known}, the end then, only when that is so after three seconds; else that or more
     * @throws IOException when it is so by the account of a server that does not hear of the others, or the stream was restored meanwhile
     */
    long lastSequence(long known) throws IOException, InterruptedException {
        for (int look = 1; ; look++) {
            JsonNode info = api("STREAM.INFO", new byte[0]);
            long last = endOf(info);
            if (last >= known || !read(known, 1).isEmpty()) {
                return Math.max(last, known);
            }
            if (look == LOOKS_AT_END) {
                requireMajority(info.path("cluster").path("replicas"));
                return last;
            }
            Thread.sleep(PAUSE);
        }
    }

    /**
     * The stream's last sequence, to be asked for when what a paused server heard of the others is old by now.
     *
     * @throws IOException by the account of a server that does not hear of the others
     */
    long provenEnd() throws IOException, InterruptedException {
        JsonNode info = api("STREAM.INFO", new byte[0]);
        requireMajority(info.path("cluster").path("replicas"));
        return endOf(info);
    }

    private long endOf(JsonNode info) throws IOException {
        JsonNode metadata = info.path("config").path("metadata");
        long last = info.path("state").path("last_seq").asLong(-1);
        if (last < 0) {
            throw new IOException("stream %s does not tell its end".formatted(config.streamName()));
        }
        if (metadata.has(StreamSettings.MARK)
                || !openedLog.equals(metadata.path(StreamSettings.LOG_ID).asString(""))) {
            throw new IOException("stream %s was restored meanwhile".formatted(config.streamName()));
        }
        return last;
    }

    /** One that was never heard of was active for no time at all. */
    private void requireMajority(JsonNode others) throws IOException {
        int heardOf = 1;
        for (JsonNode other : others) {
            long silent = other.path("active").asLong(0);
            if (silent > 0
                    && silent < HEARD_OF.toNanos()
                    && !other.path("offline").asBoolean(false)) {
                heardOf++;
            }
        }
        if (2 * heardOf <= others.size() + 1) {
            throw new IOException("the server that leads stream %s hears of %d of %d"
                    .formatted(config.streamName(), heardOf, others.size() + 1));
        }
    }

    /** The hash that the message at a sequence bears, empty text when it bears none; nothing when it could not be read. */
    CompletableFuture<Optional<String>> chainAt(long sequence) {
        byte[] request = "{\"seq\":%d}".formatted(sequence).getBytes(StandardCharsets.US_ASCII);
        return nats.requestWithTimeout("$JS.API.DIRECT.GET." + config.streamName(), request, REQUEST_TIMEOUT)
                .handle((answer, failure) -> {
                    if (failure != null || answer == null || answer.isStatusMessage() || !answer.hasHeaders()) {
                        return Optional.empty();
                    }
                    String hash = answer.getHeaders().getFirst(WireFormat.CHAIN);
                    return Optional.of(hash == null ? "" : hash);
                });
    }

    /**
     * Messages from a sequence on, at most so many, by batched direct gets. Any replica answers those: where one cannot read its copy,
     * or lags, the next is asked. Empty when none delivers the first.
     *
     * @throws LogDamagedException when it is missing, and others behind it are not
     */
    List<LogMessage> read(long from, int count) throws IOException, InterruptedException {
        int looks = config.replicas() == 1 ? 1 : LOOKS;
        for (int i = 1; ; i++) {
            try {
                List<LogMessage> messages = readFromOne(from, count);
                if (!messages.isEmpty() || i == looks) {
                    return messages;
                }
            } catch (LogDamagedException e) {
                if (i == looks) {
                    throw e;
                }
            }
        }
    }

    private List<LogMessage> readFromOne(long from, int count) throws IOException, InterruptedException {
        String inbox = nats.createInbox();
        Subscription answers = nats.subscribe(inbox);
        answers.setPendingLimits(-1, -1);
        try {
            String request = "{\"batch\":%d,\"seq\":%d}".formatted(count, from);
            nats.publish(
                    "$JS.API.DIRECT.GET." + config.streamName(), inbox, request.getBytes(StandardCharsets.US_ASCII));
            List<LogMessage> messages = new ArrayList<>();
            while (true) {
                Message message = answers.nextMessage(REQUEST_TIMEOUT);
                if (message == null) {
                    throw new IOException("JetStream does not deliver sequence " + (from + messages.size()));
                }
                if (message.isStatusMessage()) {
                    return messages;
                }
                long sequence = Long.parseLong(message.getHeaders().getFirst("Nats-Sequence"));
                if (sequence != from + messages.size()) {
                    if (!messages.isEmpty()) {
                        return messages;
                    }
                    throw new LogDamagedException("the log is damaged: stream sequence %d is missing, the next is %d"
                            .formatted(from + messages.size(), sequence));
                }
                messages.add(new LogMessage(
                        sequence,
                        message.getHeaders().getFirst("Nats-Subject"),
                        message.getHeaders(),
                        message.getData()));
            }
        } catch (IllegalStateException e) {
            throw new IOException("the connection to NATS was lost while reading", e);
        } finally {
            if (isOpen()) {
                answers.unsubscribe();
            }
        }
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
