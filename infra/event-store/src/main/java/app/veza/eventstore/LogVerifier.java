package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a log while it is in use: reads every message of the stream over a connection of its own and checks the chain of
 * hashes, that positions are contiguous, and that no message is missing. Goes on behind damage and names all of it.
 */
public final class LogVerifier implements AutoCloseable {
    private static final int MESSAGES = 1024;
    private static final int TRIES = 20;

    private final RawStream stream;
    private final String logId;
    private final List<String> formerLogIds;
    private final long firstSequence;
    private final long lastSequence;

    /** @param stopped the listener wanted it to stop; otherwise the stream's end was reached */
    public record Outcome(LogMark reached, boolean stopped) {}

    public interface Listener {
        void damaged(LogDamage damage);

        /**
         * After every batch of messages.
         *
         * @param reached the last sound append; verifying on from it gives the same as going on
         * @param readSequence up to where the stream was read
         * @return whether to go on
         */
        boolean progressed(LogMark reached, long readSequence);
    }

    private LogVerifier(RawStream stream, RawStream.Info info) {
        this.stream = stream;
        this.logId = info.logId();
        this.formerLogIds = info.formerLogIds();
        this.firstSequence = info.firstSequence();
        this.lastSequence = info.lastSequence();
    }

    /**
     * @throws IOException when NATS or the stream cannot be reached
     * @throws LogSettingsException when the stream is missing or is no log
     */
    public static LogVerifier connect(EventLogConfig config) throws IOException {
        RawStream stream = RawStream.connect(config.natsUrl(), config.streamName());
        try {
            return new LogVerifier(stream, stream.log());
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    public String logId() {
        return logId;
    }

    /** Whether the log bears this id, or did before it lost its tail. */
    public boolean isOrWas(String id) {
        return id.equals(logId) || formerLogIds.contains(id);
    }

    /** Where the backups end of what the log was before it lost its tail. */
    public List<LogMark> formerEnds(BackupStore backups) throws IOException {
        var objects = new BackupObjects(backups);
        List<LogMark> ends = new ArrayList<>();
        for (String former : formerLogIds) {
            objects.newestReadable(former).ifPresent(backup -> ends.add(LogMark.of(former, backup.end())));
        }
        return ends;
    }

    /** The stream's end when this was connected: up to there is verified. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Where a log begins. */
    public LogMark origin() {
        return LogMark.of(logId, LogPoint.ORIGIN);
    }

    /**
     * What has become of a log that was known up to the mark: empty when it still is the same. It may have been known by an id that it
     * had before it lost its tail.
     */
    public Optional<LogDamage> since(LogMark known) throws IOException {
        if (known.sequence() == 0 || !isOrWas(known.logId())) {
            return Optional.empty();
        }
        String before = known.logId().equals(logId) ? "before" : "before, as log " + known.logId();
        if (lastSequence < known.sequence()) {
            return Optional.of(new LogDamage(
                    lastSequence + 1,
                    known.sequence(),
                    new PositionSearch(stream, firstSequence, lastSequence).lastPosition() + 1,
                    known.position(),
                    "the log has lost its tail: it ended at position %d %s".formatted(known.position(), before)));
        }
        List<LogMessage> there = stream.read(known.sequence(), 1);
        boolean same = !there.isEmpty()
                && there.getFirst().sequence() == known.sequence()
                && known.chainHash().equals(there.getFirst().headers().getFirst(WireFormat.CHAIN));
        return same || there.isEmpty() || there.getFirst().sequence() > known.sequence()
                ? Optional.empty()
                : Optional.of(new LogDamage(
                        known.sequence(),
                        known.sequence(),
                        known.position(),
                        known.position(),
                        "another append stands here than did " + before));
    }

    /** Verifies everything behind the mark. */
    public Outcome verify(LogMark from, Listener listener) throws IOException {
        List<LogDamage> found = new ArrayList<>();
        return verify(LogWalk.behind(from.point(), append -> {}, found::add), found, listener);
    }

    /** Verifies from the append that holds the position on; what its predecessor was is taken from it. */
    public Outcome verifyFrom(long position, Listener listener) throws IOException {
        long sequence = new PositionSearch(stream, firstSequence, lastSequence).sequenceOf(position);
        List<LogDamage> found = new ArrayList<>();
        return verify(LogWalk.at(sequence, append -> {}, found::add), found, listener);
    }

    /** @param found what the walk comes upon */
    private Outcome verify(LogWalk from, List<LogDamage> found, Listener listener) throws IOException {
        LogWalk walk = from;
        LogPoint sound = walk.isAstray() ? null : walk.point();
        LogMark reached = LogMark.of(logId, walk.point());
        var copies = new CopyCheck(stream, walk.next(), lastSequence);
        int again = 0;
        boolean goOn = true;
        while (goOn && walk.next() <= lastSequence) {
            readBatch(stream, walk, lastSequence);
            boolean isAtEnd = walk.next() > lastSequence;
            if (isAtEnd) {
                walk.end(lastSequence);
            }
            if (isAtEnd || !walk.isAstray()) {
                List<LogDamage> ofCopies = copies.upTo(walk.next() - 1);
                if (sound != null && again < TRIES && isReadAfterAll(found)) {
                    again++;
                    found.clear();
                    walk = LogWalk.behind(sound, append -> {}, found::add);
                } else {
                    sound = walk.point();
                    reached = LogMark.of(logId, sound);
                    tell(found, listener);
                }
                ofCopies.forEach(listener::damaged);
            }
            goOn = listener.progressed(reached, walk.next() - 1);
        }
        tell(found, listener);
        return new Outcome(LogMark.of(logId, walk.point()), !goOn);
    }

    /** A server that has just come back answers no reads for some seconds, and until then what it alone can read seems lost. */
    private boolean isReadAfterAll(List<LogDamage> found) throws IOException {
        if (!stream.isReplicated()) {
            return false;
        }
        for (LogDamage damage : found) {
            if (damage.isUnreadable() && stream.isReadByAny(damage.firstSequence())) {
                return true;
            }
        }
        return false;
    }

    private static void tell(List<LogDamage> found, Listener listener) {
        found.forEach(listener::damaged);
        found.clear();
    }

    /** Reads on by one batch, or over what cannot be read. */
    static void readBatch(RawStream stream, LogWalk walk, long lastSequence) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            List<LogMessage> messages =
                    stream.read(walk.next(), (int) Math.min(MESSAGES, lastSequence - walk.next() + 1));
            for (LogMessage message : messages) {
                if (message.sequence() <= lastSequence) {
                    walk.take(message);
                }
            }
            if (!messages.isEmpty()) {
                return;
            }
            long readable = stream.nextReadable(walk.next(), lastSequence);
            if (readable > walk.next()) {
                walk.unreadableUpTo(readable - 1);
                return;
            }
        }
        throw new IOException("a replica of stream %s does not deliver sequence %d, which its leader has"
                .formatted(stream.name(), walk.next()));
    }

    @Override
    public void close() {
        stream.close();
    }
}
