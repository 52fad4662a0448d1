package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The log as runners use it: when it fails, that is never an event's fault, and it is tried again. */
final class LogAccess implements EventLog {
    /** The log did not answer. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(RuntimeException cause) {
            super("The log cannot be read", cause);
        }
    }

    private final EventLog log;

    LogAccess(EventLog log) {
        this.log = log;
    }

    @Override
    public String logId() {
        return available(log::logId);
    }

    @Override
    public long head() {
        return available(log::head);
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        return available(() -> log.read(after, maxEvents));
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents, Set<String> types) {
        return available(() -> log.read(after, maxEvents, types));
    }

    @Override
    public List<? extends LoggedEvent> readWithoutPersonal(long after, int maxEvents, Set<String> types) {
        return available(() -> log.readWithoutPersonal(after, maxEvents, types));
    }

    @Override
    public List<? extends LoggedEvent> read(long after, long upTo, int maxEvents, Slice slice) {
        return available(() -> log.read(after, upTo, maxEvents, slice));
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        try {
            return log.awaitPast(position, atMost);
        } catch (RuntimeException e) {
            throw new Unavailable(e);
        }
    }

    @Override
    public boolean isCaughtUp() {
        return available(log::isCaughtUp);
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return available(() -> log.chainHash(position));
    }

    @Override
    public void disown(String logId, long position, byte[] chainHash) {
        log.disown(logId, position, chainHash);
    }

    private static <T> T available(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new Unavailable(e);
        }
    }
}
