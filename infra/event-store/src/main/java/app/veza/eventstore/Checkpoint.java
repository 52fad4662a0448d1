package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Which log the index belongs to and how far it got; written with what it speaks of, in one batch. */
record Checkpoint(String logId, LogPoint point) {
    byte[] encode() {
        byte[] id = logId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + Chain.LENGTH + id.length)
                .putLong(point.sequence())
                .putLong(point.position())
                .put(point.chainHash())
                .put(id)
                .array();
    }

    static Checkpoint decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long sequence = in.getLong();
        long position = in.getLong();
        byte[] hash = new byte[Chain.LENGTH];
        in.get(hash);
        String id = new String(value, in.position(), in.remaining(), StandardCharsets.UTF_8);
        return new Checkpoint(id, new LogPoint(sequence, position, hash));
    }
}
