package app.veza.eventstore;

/** Asks now and then, however much is appended here, whether another node appended, or whether the log lost its end or its id. */
final class TailWatch {
    private record Seen(long lastSequence, long settledBefore) {}

    private static final Seen NOTHING = new Seen(-1, 0);
    /** Nothing of what was settled is there: the same in effect as a log that lost its end. */
    private static final Seen ANOTHER_LOG = new Seen(0, 1);

    private final long intervalNanos;
    private final Runnable wake;
    private volatile Seen seen = NOTHING;
    private long next;

    TailWatch(EventLogConfig config, Runnable wake) {
        this.intervalNanos = config.tailCheck().toNanos();
        this.wake = wake;
    }

    void ask(LogConnection connection, long settledSequence) {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + intervalNanos;
        connection.stream().lastSequence().thenAccept(last -> {
            seen = last == LogStream.ANOTHER_LOG ? ANOTHER_LOG : new Seen(last, settledSequence);
            wake.run();
        });
    }

    /** Whether there is a message that was not published here, or one fewer than there was. */
    boolean differs(long predictedSequence) {
        Seen last = seen;
        return last.lastSequence > predictedSequence || shrunk();
    }

    /** The stream's last sequence when it was asked last, or -1. */
    long lastSequence() {
        return seen.lastSequence;
    }

    /** Whether there is less than there was. */
    boolean shrunk() {
        Seen last = seen;
        return last.lastSequence >= 0 && last.lastSequence < last.settledBefore;
    }

    void reset() {
        seen = NOTHING;
        next = System.nanoTime() + intervalNanos;
    }
}
