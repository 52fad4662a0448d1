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
 *   'm' millis(8)                                 -> first position at which the clock of the log reached it
 * </pre>
 */
final class IndexKeys {
    /** Changes with the layout: an index without this key, yet not empty, is of another layout and is built anew. */
    static final byte[] CHECKPOINT = {'k', 1};

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
        return tagAndType(tag(tag), utf8(type));
    }

    static byte[] tagAndType(byte[] tag, byte[] type) {
        return ByteBuffer.allocate(tag.length + 2 + type.length)
                .put(tag)
                .putShort((short) type.length)
                .put(type)
                .array();
    }

    /** The type in a key that begins with a tag. */
    static String typeAfter(int tagLength, byte[] key) {
        return new String(key, tagLength + 2, key.length - 8 - tagLength - 2, StandardCharsets.UTF_8);
    }

    static byte[] type(String type) {
        byte[] utf8 = utf8(type);
        return ByteBuffer.allocate(3 + utf8.length)
                .put((byte) 'y')
                .putShort((short) utf8.length)
                .put(utf8)
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
