package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The stream that the log is in: made, checked, given another log's id, and asked how far it reaches. */
final class LogStream {
    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final int NOT_FOUND = 10059;
    /** Another node created it at the same moment, with another log id. */
    private static final int EXISTS = 10058;
    /** A leader sends its followers nothing for two seconds at most. */
    private static final Duration HEARD_OF = Duration.ofMillis(2500);
    /** In which the one who restores has made the stream anew. */
    private static final Duration GONE_FOR = Duration.ofSeconds(1);

    /** What {@link #lastSequence} says when the stream was restored since it was opened. */
    static final long ANOTHER_LOG = -2;

    private final EventLogConfig config;
    private final Connection nats;
    private volatile String openedLog = "";

    LogStream(EventLogConfig config, Connection nats) {
        this.config = config;
        this.nats = nats;
    }

    record State(String logId, long lastSequence) {}

    /** Creates the stream when it is missing and no log is known to have stood in it, and checks its settings when it is not. */
    State open(Checkpoint known, FormerLog former) throws IOException, InterruptedException {
        JsonNode info = api("STREAM.INFO", new byte[0]);
        if (errorCode(info) == NOT_FOUND) {
            Optional<String> remembered = remembered(known, former);
            if (remembered.isPresent()) {
                Thread.sleep(GONE_FOR);
                info = api("STREAM.INFO", new byte[0]);
                requireThere(info, remembered.get());
            }
        }
        boolean created = errorCode(info) == NOT_FOUND;
        if (created) {
            info = api(
                    "STREAM.CREATE",
                    StreamSettings.createRequest(config, UUID.randomUUID().toString()));
        }
        if (errorCode(info) == EXISTS) {
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
            restate();
        }
        return new State(logId, info.path("state").path("last_seq").asLong());
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
        if (errorCode(info) == NOT_FOUND) {
            throw new LogSettingsException(
                    "stream %s is gone, but %s: restore the log from its backup (log restore --log ID); or, to begin a new and empty one, delete the nodes' indexes, take an empty bucket and start anew"
                            .formatted(config.streamName(), remembered));
        }
    }

    private static int errorCode(JsonNode answer) {
        return answer.path("error").path("err_code").asInt(0);
    }

    /** Durability is the server's, which its operator may set up anew: the stream is to state what holds from now on. */
    private void restate() throws IOException, InterruptedException {
        // Asked again: another node may have renamed it meanwhile
        update(StreamSettings.restated(config, settings()));
        LOG.info("The log {} states durability {} from now on", config.streamName(), config.durability());
    }

    /**
     * Gives the log a new id, because it is not the one any more that bore the old: whoever remembers a position, and be it a client,
     * can tell by the id that it may mean another event now.
     *
     * @return the new id, be it that another node was faster
     */
    String renewIdentity(String old) throws IOException, InterruptedException {
        JsonNode settings = settings();
        String logId = settings.path("metadata").path(StreamSettings.LOG_ID).asString("");
        if (logId.equals(old)) {
            logId = UUID.randomUUID().toString();
            update(StreamSettings.renamed(settings, logId));
        }
        openedLog = logId;
        return logId;
    }

    /** @throws IOException when they are not told, as while the stream has no leader, or another log is about to stand in it */
    private JsonNode settings() throws IOException, InterruptedException {
        JsonNode info = api("STREAM.INFO", new byte[0]);
        JsonNode metadata = info.path("config").path("metadata");
        if (metadata.path(StreamSettings.LOG_ID).asString("").isEmpty() || metadata.has(StreamSettings.MARK)) {
            throw new IOException("stream %s does not tell its log: %s"
                    .formatted(
                            config.streamName(),
                            info.path("error").path("description").asString("it is being restored")));
        }
        return info.path("config");
    }

    private void update(byte[] settings) throws IOException, InterruptedException {
        JsonNode error = api("STREAM.UPDATE", settings).path("error");
        if (!error.isMissingNode()) {
            throw new IOException("stream %s cannot be updated: %s"
                    .formatted(config.streamName(), error.path("description").asString("")));
        }
    }

    private JsonNode api(String call, byte[] request) throws IOException, InterruptedException {
        Message answer =
                nats.request("$JS.API." + call + "." + config.streamName(), request, LogConnection.REQUEST_TIMEOUT);
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
        return nats.requestWithTimeout(
                        "$JS.API.STREAM.INFO." + config.streamName(), new byte[0], LogConnection.REQUEST_TIMEOUT)
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
                .completeOnTimeout(-1L, LogConnection.REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The stream's last sequence, by the account of whoever takes itself for its leader.
     *
     * @throws IOException when it is not told, or the stream was restored since it was opened
     */
    long end() throws IOException, InterruptedException {
        return endOf(api("STREAM.INFO", new byte[0]));
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
}
