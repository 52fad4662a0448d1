package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the index knows of a command id: the append that it made, for all time. */
record RecordedCommand(
        long firstPosition, long lastPosition, @Nullable String fingerprint) {
    static RecordedCommand of(StoredAppend stored) {
        return new RecordedCommand(
                stored.firstPosition(), stored.lastPosition(), stored.append().fingerprint());
    }

    byte[] encode() {
        byte[] text = fingerprint == null ? new byte[0] : fingerprint.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(17 + text.length)
                .putLong(firstPosition)
                .putLong(lastPosition)
                .put((byte) (fingerprint == null ? 0 : 1))
                .put(text)
                .array();
    }

    static RecordedCommand decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long first = in.getLong();
        long last = in.getLong();
        boolean given = in.get() == 1;
        String text = new String(value, in.position(), in.remaining(), StandardCharsets.UTF_8);
        return new RecordedCommand(first, last, given ? text : null);
    }

    AppendOutcome.Duplicate asOutcome() {
        return new AppendOutcome.Duplicate(firstPosition, lastPosition, fingerprint);
    }
}
