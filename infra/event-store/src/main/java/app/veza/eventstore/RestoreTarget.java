package app.veza.eventstore;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stream that a restore fills. Until it is whole it listens on subjects of its own, which the server maps to the log's, so that no
 * sequencer can append to half a log; and it bears a mark that nodes take for "not yet".
 */
final class RestoreTarget {
    /** The stream that is being filled: whatever it holds may go. */
    static final String FILLING = "filling";
    /** The old stream, kept from being appended to until it is replaced; whole. */
    static final String REPLACING = "replacing";

    static final String RESTORED_FROM = "restored-from";
    /** Published and not acknowledged: bounds what waits in memory. */
    private static final int IN_FLIGHT_BYTES = 16 << 20;

    private static final int OVERHEAD = 1024;
    private static final int TRIES = 50;
    private static final int NAME_IN_USE = 10058;
    /** Without any acknowledgement. */
    private static final long ACK_SECONDS = 10;

    private final RawStream stream;
    private final EventLogConfig config;
    private final String fillSubject;

    RestoreTarget(RawStream stream, EventLogConfig config) {
        this.stream = stream;
        this.config = config;
        this.fillSubject = "log-restore." + config.streamName();
    }

    /**
     * Stops appends to a stream that is about to be replaced; {@link #release} undoes it. What the server had taken in before it stores, and
     * acknowledges, afterwards; so a message is sent behind it, no part of the log, whose answer says that all of it is stored.
     */
    void hold(RawStream.Info old) throws IOException {
        update((ObjectNode) old.config().deepCopy(), fillSubject, REPLACING);
        stream.awaitAnswer(fillSubject + ".held");
    }

    void release(RawStream.Info old) throws IOException {
        update((ObjectNode) old.config().deepCopy(), config.subjectPrefix(), "");
    }

    private void update(ObjectNode changed, String subject, String mark) throws IOException {
        changed.putArray("subjects").add(subject + ".>");
        changed.remove("subject_transform");
        ObjectNode metadata = (ObjectNode) changed.get("metadata");
        metadata.propertyNames().stream()
                .filter(name -> name.startsWith("_nats."))
                .toList()
                .forEach(metadata::remove);
        if (mark.isEmpty()) {
            metadata.remove(StreamSettings.MARK);
        } else {
            metadata.put(StreamSettings.MARK, mark);
        }
        RawStream.requireDone(
                "STREAM.UPDATE", stream.api("STREAM.UPDATE", StreamSettings.JSON.writeValueAsBytes(changed)));
    }

    void delete() throws IOException {
        RawStream.requireDone("STREAM.DELETE", stream.api("STREAM.DELETE", new byte[0]));
    }

    /** Makes the empty stream. A node that found none may have made one in between: it is empty and goes. */
    void create(String logId, String restoredFrom) throws IOException {
        ObjectNode request = (ObjectNode) StreamSettings.JSON.readTree(StreamSettings.createRequest(config, logId));
        request.putArray("subjects").add(fillSubject + ".>");
        request.putObject("subject_transform")
                .put("src", fillSubject + ".>")
                .put("dest", config.subjectPrefix() + ".>");
        ObjectNode metadata = (ObjectNode) request.get("metadata");
        metadata.put(StreamSettings.MARK, FILLING).put(RESTORED_FROM, restoredFrom);
        byte[] bytes = StreamSettings.JSON.writeValueAsBytes(request);
        for (int i = 0; i < TRIES; i++) {
            var answer = stream.api("STREAM.CREATE", bytes);
            if (answer.path("error").path("err_code").asInt(0) != NAME_IN_USE) {
                RawStream.requireDone("STREAM.CREATE", answer);
                return;
            }
            RawStream.Info there = stream.info().orElse(null);
            if (there != null && there.lastSequence() > 0) {
                throw new IOException(
                        "stream %s was made anew by another while it was restored".formatted(config.streamName()));
            }
            if (there != null) {
                delete();
            }
        }
        throw new IOException(
                "stream %s is made anew by others again and again: stop them first".formatted(config.streamName()));
    }

    /** From now on it is the log. */
    void open(RawStream.Info filled) throws IOException {
        update((ObjectNode) filled.config().deepCopy(), config.subjectPrefix(), "");
    }

    /** Appends exactly what stood in the log before, in a pipeline; each must get the next sequence. */
    LogPoint fill(AppendSource source, long toPosition, LogBackup.Listener listener) throws IOException {
        Connection nats = stream.nats();
        var room = new Semaphore(IN_FLIGHT_BYTES);
        var costs = new ConcurrentLinkedQueue<Integer>();
        var refusal = new AtomicReference<@Nullable String>();
        String inbox = nats.createInbox();
        Dispatcher replies = nats.createDispatcher(message -> {
            if (!isTaken(message)) {
                refusal.compareAndSet(
                        null,
                        message.isStatusMessage()
                                ? message.getStatus().getMessageWithCode()
                                : new String(message.getData(), StandardCharsets.UTF_8));
            }
            // the server answers in the order of publication
            room.release(costs.remove());
        });
        replies.setPendingLimits(-1, -1);
        replies.subscribe(inbox);
        var filling = new Filling(nats, inbox, room, costs, refusal, listener);
        try {
            LogPoint end = source.copy(toPosition, filling);
            filling.await(IN_FLIGHT_BYTES);
            return new LogPoint(filling.sequence, end.position(), end.chainHash());
        } catch (IllegalStateException e) {
            throw new IOException("the connection to NATS was lost", e);
        } finally {
            if (nats.getStatus() == Connection.Status.CONNECTED) {
                nats.closeDispatcher(replies);
            }
        }
    }

    private static boolean isTaken(Message reply) {
        return !reply.isStatusMessage()
                && StreamSettings.JSON.readTree(reply.getData()).path("seq").asLong() > 0;
    }

    private final class Filling implements AppendSource.Taker {
        private final Connection nats;
        private final String inbox;
        private final Semaphore room;
        private final Queue<Integer> costs;
        private final AtomicReference<@Nullable String> refusal;
        private final LogBackup.Listener listener;
        private byte[] previous = Chain.genesis();
        private long sequence;

        Filling(
                Connection nats,
                String inbox,
                Semaphore room,
                Queue<Integer> costs,
                AtomicReference<@Nullable String> refusal,
                LogBackup.Listener listener) {
            this.nats = nats;
            this.inbox = inbox;
            this.room = room;
            this.costs = costs;
            this.refusal = refusal;
            this.listener = listener;
        }

        @Override
        public void take(StoredAppend append) throws IOException {
            int bytes = append.append().headers().length + append.append().body().length;
            int cost = Math.min(IN_FLIGHT_BYTES, bytes + OVERHEAD);
            await(cost);
            costs.add(cost);
            String own =
                    append.append().subject().substring(config.subjectPrefix().length());
            nats.publish(
                    fillSubject + own,
                    inbox,
                    new PlacedHeaders(append.append(), append.firstPosition(), previous, append.chainHash(), sequence),
                    append.append().body());
            previous = append.chainHash();
            sequence++;
            listener.progressed(append.lastPosition(), sequence, 0);
        }

        void await(int permits) throws IOException {
            try {
                // A slow disk that acknowledges one after the other may take long for all of them
                for (int waiting = costs.size(); !room.tryAcquire(permits, ACK_SECONDS, TimeUnit.SECONDS); ) {
                    if (costs.size() == waiting) {
                        throw new IOException("NATS does not acknowledge what is restored");
                    }
                    waiting = costs.size();
                }
            } catch (InterruptedException e) {
                throw RawStream.interrupted(e);
            }
            String refused = refusal.get();
            if (refused != null) {
                throw new IOException("NATS does not take what is restored: " + refused);
            }
        }
    }

    /** What the stream holds now, verified to the end. */
    static LogPoint verified(RawStream stream, long lastSequence) throws IOException {
        return new StreamSource(stream, "", "", lastSequence).copy(Long.MAX_VALUE, append -> {});
    }
}
