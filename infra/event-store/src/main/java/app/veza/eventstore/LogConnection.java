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
import java.util.concurrent.CompletableFuture;

/**
 * One connection to NATS, from its start to its end. It never reconnects by itself and so never sends later what was handed to it
 * before: after its loss the sequencer makes another and finds out what arrived.
 */
final class LogConnection implements AutoCloseable {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    /** Which replica answers is left to chance: that the only one of three which can is missed so often in a row happens once in 25,000. */
    private static final int LOOKS = 25;

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

    private final EventLogConfig config;
    private final Connection nats;
    private final String replyPrefix;
    private final LogStream stream;

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
        this.stream = new LogStream(config, nats);
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

    /** That the log is in. */
    LogStream stream() {
        return stream;
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

    /** The hash that the message at a sequence bears, empty text when it bears none; nothing when it could not be read. */
    CompletableFuture<Optional<String>> chainAt(long sequence) {
        return chainAt(sequence, LOOKS);
    }

    private CompletableFuture<Optional<String>> chainAt(long sequence, int looks) {
        byte[] request = "{\"seq\":%d}".formatted(sequence).getBytes(StandardCharsets.US_ASCII);
        return nats.requestWithTimeout("$JS.API.DIRECT.GET." + config.streamName(), request, REQUEST_TIMEOUT)
                .thenCompose(answer -> {
                    if (answer == null || answer.isStatusMessage() || !answer.hasHeaders()) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    if (!DirectGet.isOf(config.streamName(), answer)) {
                        return looks == 1
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : chainAt(sequence, looks - 1);
                    }
                    String hash = answer.getHeaders().getFirst(WireFormat.CHAIN);
                    return CompletableFuture.completedFuture(Optional.of(hash == null ? "" : hash));
                })
                .exceptionally(failure -> Optional.empty());
    }

    /**
     * Messages from a sequence on, at most so many, by batched direct gets. Any replica answers those, and a mirror of the stream, which is not
     * believed: where one cannot read its copy, or lags, the next is asked. Empty when none delivers the first.
     *
     * @throws LogDamagedException when it is missing, and others behind it are not
     */
    List<LogMessage> read(long from, int count) throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                List<LogMessage> messages = readFromOne(from, count);
                if (!messages.isEmpty() || i == LOOKS) {
                    return messages;
                }
            } catch (LogDamagedException e) {
                if (i == LOOKS) {
                    throw e;
                }
            }
        }
    }

    /** Nothing when it was a mirror that answered. */
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
                if (message.isStatusMessage() || !DirectGet.isOf(config.streamName(), message)) {
                    return messages;
                }
                LogMessage next = DirectGet.message(message);
                if (next.sequence() != from + messages.size()) {
                    if (!messages.isEmpty()) {
                        return messages;
                    }
                    throw new LogDamagedException("the log is damaged: stream sequence %d is missing, the next is %d"
                            .formatted(from + messages.size(), next.sequence()));
                }
                messages.add(next);
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
