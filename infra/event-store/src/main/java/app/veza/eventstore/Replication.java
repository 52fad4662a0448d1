package app.veza.eventstore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Appends that stand in the log, as the node that sequences sends them to those that follow, on the wire {@code layout, checksum} and
 * then {@code log id, stream sequence up to which the log is settled, hash before the first} and for each append {@code sequence, position, hash} and
 * its content. Whoever reads it has checked that each continues the one before.
 *
 * @param before the hash that the first one continues
 * @param settledSequence may lie behind the last append: what is too large for a frame is read from the stream
 */
record Replication(String logId, long settledSequence, byte[] before, List<StoredAppend> appends, int bytes) {
    /** Behind layout and checksum. */
    private static final int CONTENT = 2 * Integer.BYTES;

    static void begin(FrameWriter frame, String logId, byte[] before) {
        frame.reset();
        frame.putInt(EncodedAppend.LAYOUT).putInt(0).putLong(0).putText(logId).putBytes(before);
    }

    static void add(FrameWriter frame, StoredAppend stored) {
        frame.putLong(stored.sequence()).putLong(stored.firstPosition()).putBytes(stored.chainHash());
        stored.append().writeTo(frame);
    }

    static byte[] end(FrameWriter frame, long settledSequence) {
        byte[] bytes = frame.toByteArray();
        java.nio.ByteBuffer.wrap(bytes).putLong(CONTENT, settledSequence).putInt(Integer.BYTES, checksum(bytes));
        return bytes;
    }

    /** The chain covers what was published, but not what the sender made of it for the index. */
    private static int checksum(byte[] frame) {
        var checksum = new CRC32C();
        checksum.update(frame, CONTENT, frame.length - CONTENT);
        return (int) checksum.getValue();
    }

    /** @throws RuntimeException when it is no such frame, or does not hold together */
    static Replication read(byte[] bytes) {
        var frame = new FrameReader(bytes);
        int layout = frame.readInt();
        if (layout != EncodedAppend.LAYOUT) {
            throw new OtherLayoutException(layout);
        }
        if (frame.readInt() != checksum(bytes)) {
            throw new IllegalArgumentException("changed on its way");
        }
        long settled = frame.readLong();
        String logId = frame.readText();
        byte[] before = frame.readBytes();
        List<StoredAppend> appends = new ArrayList<>();
        byte[] previous = before;
        while (frame.hasMore()) {
            long sequence = frame.readLong();
            long position = frame.readLong();
            byte[] chain = frame.readBytes();
            EncodedAppend append = EncodedAppend.readFrom(frame);
            StoredAppend last = appends.isEmpty() ? null : appends.getLast();
            boolean follows = last == null || sequence == last.sequence() + 1 && position == last.lastPosition() + 1;
            if (!follows || !Arrays.equals(chain, Chain.next(previous, position, append))) {
                throw new IllegalArgumentException(
                        "the append at position %d does not continue the one before it".formatted(position));
            }
            appends.add(new StoredAppend(sequence, position, chain, append));
            previous = chain;
        }
        return new Replication(logId, settled, before, appends, bytes.length);
    }
}
