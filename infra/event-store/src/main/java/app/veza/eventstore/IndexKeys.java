package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the index. Texts bear their length, so one is never the start of another; numbers are big-endian, so that byte
 * order is their order.
 *
 * <pre>
 * events column family
 *   position(8)                                   -> event record
 * commands column family
 *   command id                                    -> first, last position, fingerprint
 * default column family
 *   'k' layout                                    -> checkpoint
 *   't' len key len value len type position(8)    -> nothing    (tag, type) -> positions
 *   'y' len type position(8)                      -> nothing    type -> positions
 *   'c' len correlation id position(8)            -> nothing    correlation -> positions
 *   'm' millis(8)                                 -> first position at which the clock of the log reached it
 * </pre>
 */
final class IndexKeys {
    /** Part of the checkpoint's key: an index without this key, yet not empty, is of another layout and is built anew. */
    static final int LAYOUT = 3;

    static final byte[] FENCE = {'k', 'f'};
    static final byte[] CHECKPOINT = {'k', LAYOUT};

    private static final byte[] TYPES = {'y'};
    private static final byte[] CORRELATIONS = {'c'};

    private IndexKeys() {}

    static byte[] position(long position) {
        return ByteBuffer.allocate(8).putLong(position).array();
    }

    static long positionAtEnd(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - 8);
    }

    static byte[] tag(Tag tag) {
        byte[] key = utf8(tag.key());
        byte[] value = utf8(tag.value());
        return ByteBuffer.allocate(5 + key.length + value.length)
                .put((byte) 't')
                .putShort((short) key.length)
                .put(key)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    static byte[] tagAndType(Tag tag, String type) {
        return withType(tag(tag), type);
    }

    static byte[] withType(byte[] prefix, String type) {
        return withText(prefix, utf8(type));
    }

    /** The type in a key that has it behind a prefix of this length. */
    static String typeAfter(int prefixLength, byte[] key) {
        return new String(key, prefixLength + 2, key.length - 8 - prefixLength - 2, StandardCharsets.UTF_8);
    }

    /** What the keys of all types begin with. */
    static byte[] types() {
        return TYPES.clone();
    }

    static byte[] type(String type) {
        return withType(TYPES, type);
    }

    static byte[] correlation(String correlationId) {
        return withText(CORRELATIONS, utf8(correlationId));
    }

    private static byte[] withText(byte[] prefix, byte[] text) {
        return ByteBuffer.allocate(prefix.length + 2 + text.length)
                .put(prefix)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    static byte[] command(String commandId) {
        return utf8(commandId);
    }

    /** Times before 1970 sort before those after. */
    static byte[] millis(long millis) {
        return ByteBuffer.allocate(9)
                .put((byte) 'm')
                .putLong(millis ^ Long.MIN_VALUE)
                .array();
    }

    static long millisOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1) ^ Long.MIN_VALUE;
    }

    static byte[] withPosition(byte[] prefix, long position) {
        return ByteBuffer.allocate(prefix.length + 8)
                .put(prefix)
                .putLong(position)
                .array();
    }

    /** The first key that does not begin with the prefix. */
    static byte[] after(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return Arrays.copyOf(next, i + 1);
            }
        }
        throw new IllegalArgumentException("nothing follows");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
