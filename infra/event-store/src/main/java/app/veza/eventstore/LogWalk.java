package app.veza.eventstore;

import io.nats.client.impl.Headers;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log's chain through the stream's messages, over damage too. Each append names the hash of its predecessor, so what
 * stands behind a wrong or missing message can still be told to be sound: the walk goes on with the first message whose
 * content gives its own hash, and from its position it is known which positions are gone.
 *
 * <p>What is left of a stale pipeline right behind damage cannot be told from the log by its first message alone; it is then
 * reported as damage of its own when the log goes on.
 */
final class LogWalk {
    private final Consumer<StoredAppend> sound;
    private final Consumer<LogDamage> damaged;

    private LogPoint point;
    private long next;
    /** The next append cannot be compared with its predecessor: that one is damaged, or was not read. */
    private boolean astray;

    private @Nullable Wrong wrong;

    /** Damage whose end is not known yet. */
    private record Wrong(long firstSequence, long lastSequence, String reason) {
        Wrong upTo(long sequence) {
            return new Wrong(firstSequence, Math.max(lastSequence, sequence), reason);
        }
    }

    private LogWalk(
            LogPoint point, long next, boolean astray, Consumer<StoredAppend> sound, Consumer<LogDamage> damaged) {
        this.point = point;
        this.next = next;
        this.astray = astray;
        this.sound = sound;
        this.damaged = damaged;
    }

    /** Goes on behind an append that is known to be sound. */
    static LogWalk behind(LogPoint point, Consumer<StoredAppend> sound, Consumer<LogDamage> damaged) {
        return new LogWalk(point, point.sequence() + 1, false, sound, damaged);
    }

    /** Begins at a message of the log whose predecessor is taken at its word. */
    static LogWalk at(long sequence, Consumer<StoredAppend> sound, Consumer<LogDamage> damaged) {
        return new LogWalk(new LogPoint(sequence - 1, 0, Chain.genesis()), sequence, true, sound, damaged);
    }

    /** The last sound append. */
    LogPoint point() {
        return point;
    }

    /** The sequence to read next. */
    long next() {
        return next;
    }

    /** Whether what follows {@link #point} is not known yet; otherwise reading on from there comes to the same as going on. */
    boolean isAstray() {
        return astray;
    }

    /** Messages come in order; a sequence that is left out is missing. */
    void take(LogMessage message) {
        unreadableUpTo(message.sequence() - 1);
        next = message.sequence() + 1;
        if (!astray) {
            try {
                follow(message);
                return;
            } catch (LogDamagedException e) {
                astray = true;
                StoredAppend append = soundInItself(message);
                wrong(message.sequence(), append == null ? message.sequence() : message.sequence() - 1, reason(e));
            }
        }
        StoredAppend append = soundInItself(message);
        if (append == null) {
            if (isOfTheLog(message.headers())) {
                wrong(message.sequence(), message.sequence(), "the message's content does not give its hash");
            }
        } else if (append.firstPosition() > point.position()) {
            adopt(append);
        }
    }

    private void follow(LogMessage message) {
        switch (LogReading.of(point, message)) {
            case LogReading.Valid(StoredAppend append) -> {
                point = append.point();
                sound.accept(append);
            }
            default -> {
                if (message.headers() != null
                        && message.headers().getFirst(WireFormat.CHAIN) == null
                        && isOfTheLog(message.headers())) {
                    throw new LogDamagedException("the message has lost its header " + WireFormat.CHAIN);
                }
            }
        }
    }

    private void adopt(StoredAppend append) {
        Wrong past = wrong;
        if (past != null) {
            damaged.accept(new LogDamage(
                    past.firstSequence,
                    past.lastSequence,
                    point.position() + 1,
                    append.firstPosition() - 1,
                    past.reason));
        }
        wrong = null;
        astray = false;
        point = append.point();
        sound.accept(append);
    }

    /** The stream has nothing after this sequence. */
    void end(long lastSequence) {
        unreadableUpTo(lastSequence);
        Wrong past = wrong;
        if (past != null) {
            damaged.accept(new LogDamage(
                    past.firstSequence, past.lastSequence, point.position() + 1, LogDamage.OPEN, past.reason));
            wrong = null;
        }
    }

    /** The stream does not deliver what should stand up to there. */
    void unreadableUpTo(long sequence) {
        if (sequence >= next) {
            wrong(next, sequence, LogDamage.UNREADABLE);
            next = sequence + 1;
        }
    }

    private void wrong(long first, long last, String reason) {
        astray = true;
        wrong = wrong == null ? new Wrong(first, last, reason) : wrong.upTo(last);
    }

    /** The append, when its content gives the hash that it bears; what it names as its predecessor is not looked at. */
    static @Nullable StoredAppend soundInItself(LogMessage message) {
        Headers headers = message.headers();
        if (headers == null || headers.getFirst(WireFormat.CHAIN) == null) {
            return null;
        }
        try {
            byte[] previous =
                    Chain.parse(WireFormat.require(headers.getFirst(WireFormat.PREVIOUS), WireFormat.PREVIOUS));
            long position =
                    Long.parseLong(WireFormat.require(headers.getFirst(WireFormat.POSITION), WireFormat.POSITION));
            var before = new LogPoint(message.sequence() - 1, position - 1, previous);
            return LogReading.of(before, message) instanceof LogReading.Valid(StoredAppend append) ? append : null;
        } catch (IllegalArgumentException | LogDamagedException e) {
            return null;
        }
    }

    /** Whether an event log published it: a fence or a stranger's message is passed by. */
    private static boolean isOfTheLog(@Nullable Headers headers) {
        return headers != null
                && (headers.getFirst(WireFormat.CHAIN) != null
                        || headers.getFirst(WireFormat.POSITION) != null
                        || headers.getFirst(WireFormat.APPEND_ID) != null);
    }

    private static String reason(LogDamagedException e) {
        String text = e.getMessage();
        int cause = text.indexOf(": ");
        return cause < 0 ? text : text.substring(cause + 2);
    }
}
