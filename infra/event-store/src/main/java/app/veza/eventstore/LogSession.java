package app.veza.eventstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection in use, and the next one once it is lost. */
final class LogSession implements LogConnection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LogSession.class);

    private final EventLogConfig config;
    private final CatchUp catchUp;
    private final Intake intake;
    private volatile @Nullable LogConnection connection;
    private volatile boolean lost = true;
    private volatile long maxPayload;
    private String told = "";

    LogSession(EventLogConfig config, CatchUp catchUp, Intake intake) {
        this.config = config;
        this.catchUp = catchUp;
        this.intake = intake;
    }

    @Override
    public void replied(LogConnection.Reply reply) {
        intake.offer(reply);
    }

    @Override
    public void lost(LogConnection which) {
        if (which == connection) {
            lost = true;
            intake.wake();
        }
    }

    boolean isLost() {
        return lost;
    }

    /** Not to be trusted any more. */
    void abandon() {
        lost = true;
    }

    boolean isOf(LogConnection.Reply reply) {
        return reply.connection() == connection;
    }

    long maxPayload() {
        return maxPayload;
    }

    /** Connects if needed and reads the log's end. */
    CatchUp.Reached resume(Checkpoint known, CatchUp.Reader reader) throws IOException, InterruptedException {
        LogConnection current = connection;
        if (lost || current == null) {
            close();
            current = LogConnection.open(config, this);
            connection = current;
            lost = !current.isOpen();
        }
        CatchUp.Reached reached = catchUp.run(current, known, reader);
        maxPayload = current.maxPayload();
        if (!told.isEmpty()) {
            LOG.info(
                    "The log {} is available again, at position {}",
                    config.streamName(),
                    reached.point().position());
            told = "";
        }
        return reached;
    }

    /** Reads a little further while another node sequences. */
    CatchUp.Reached readOn(LogTail from, long upTo, CatchUp.Reader reader) throws IOException, InterruptedException {
        LogConnection current = connection;
        if (current == null) {
            throw new IOException("no connection to NATS");
        }
        return catchUp.readOn(
                current, new CatchUp.Reached(from.logId(), from.settled(), from.streamSequence()), upTo, reader);
    }

    /** Whether it got there is for its reply to say. */
    void publish(Placed placed, byte[] previousHash) {
        StoredAppend stored = placed.stored;
        var headers = new PlacedHeaders(
                stored.append(), stored.firstPosition(), previousHash, stored.chainHash(), stored.sequence() - 1);
        LogConnection current = connection;
        if (current == null) {
            return;
        }
        try {
            current.publish(placed.publication, stored.append(), headers);
        } catch (IllegalStateException e) {
            LOG.info("The connection to NATS was lost while publishing: {}", e.getMessage());
            lost = true;
        }
    }

    void ask(TailWatch tail, long settledSequence) {
        LogConnection current = connection;
        if (current != null) {
            tail.ask(current, settledSequence);
        }
    }

    /** Of the stream, by its own account; below 0 when it cannot be learnt now, or it holds another log. */
    long lastSequence() {
        LogConnection current = connection;
        if (lost || current == null) {
            return -1;
        }
        try {
            return current.stream().lastSequence().join();
        } catch (IllegalStateException e) {
            LOG.info("The connection to NATS was lost while the stream was asked for its end: {}", e.getMessage());
            return -1;
        }
    }

    void compare(Agreement agreement, LogPoint point) {
        LogConnection current = connection;
        if (current != null) {
            agreement.compare(current, point);
        }
    }

    /** Tells each fault once, however often it is met again. The connection is not used any further. */
    void failed(Exception fault) {
        lost = true;
        String text = fault.toString();
        if (!text.equals(told)) {
            LOG.warn("The log {} is not available: {}", config.streamName(), text);
            told = text;
        }
    }

    void close() {
        LogConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }
}
