package app.veza.eventstore;

import io.nats.client.impl.Headers;

/**
 * Tells what a message is to the log, for every reader alike.
 *
 * <p>The fence lets a stale sequencer's <i>pipeline</i> through: when another's message takes the place of its first, its second
 * expects just the sequence that the other's reached. Such a message is whole, but names a predecessor that is not in the
 * log. It is void: no event of the log, no position. Whoever sent it sees that its first was refused and acknowledges nothing after it.
 */
sealed interface LogReading {
    record Valid(StoredAppend append) implements LogReading {}

    record Void(String reason) implements LogReading {}

    /** @throws LogDamagedException when the message was changed after it was stored, or others before it were lost */
    static LogReading of(LogPoint last, LogMessage message) {
        Headers headers = message.headers();
        if (headers == null || headers.getFirst(WireFormat.CHAIN) == null) {
            return new Void("it was not published by an event log");
        }
        try {
            return read(last, message, new StoredHeaders(headers));
        } catch (IllegalArgumentException | java.time.DateTimeException | AppendFailure.Invalid e) {
            throw damaged(message, "it cannot be read: " + e.getMessage());
        }
    }

    private static LogReading read(LogPoint last, LogMessage message, StoredHeaders headers) {
        long position = Long.parseLong(headers.require(WireFormat.POSITION));
        byte[] previous = Chain.parse(headers.require(WireFormat.PREVIOUS));
        byte[] chain = Chain.parse(headers.require(WireFormat.CHAIN));
        EncodedAppend append = WireFormat.decode(message.subject(), headers, message.body());
        byte[] actual = Chain.next(previous, position, append);
        if (!java.util.Arrays.equals(chain, actual)
                || !Integer.toString(append.count()).equals(headers.get(WireFormat.COUNT))) {
            throw damaged(message, "its content does not give the hash in its header");
        }
        if (last.hasHash(previous) && position == last.position() + 1) {
            return new Valid(new StoredAppend(message.sequence(), position, chain, append));
        }
        String expected = headers.get(WireFormat.EXPECTED_SEQUENCE);
        if (!Long.toString(message.sequence() - 1).equals(expected)) {
            throw damaged(
                    message,
                    "it does not follow position %d, and it was not stored at this place".formatted(last.position()));
        }
        return new Void("a sequencer published it behind an append that another's had replaced");
    }

    private static LogDamagedException damaged(LogMessage message, String why) {
        return new LogDamagedException(
                "the log is damaged at stream sequence %d: %s".formatted(message.sequence(), why));
    }
}
