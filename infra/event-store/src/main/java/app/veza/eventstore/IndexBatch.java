package app.veza.eventstore;

import java.util.Arrays;

/**
 * RocksDB's own serialized form of a write batch ({@code sequence(8) count(4, little-endian) records}), written here so that a
 * batch of thousands of keys crosses into native code once.
 */
final class IndexBatch {
    private static final int HEADER = 12;
    private static final byte PUT = 1;
    private static final byte PUT_IN_FAMILY = 5;

    private byte[] buffer = new byte[1 << 16];
    private int length = HEADER;
    private int count;

    void put(byte[] key, byte[] value) {
        ensure(11 + key.length + value.length);
        buffer[length++] = PUT;
        bytes(key);
        bytes(value);
        count++;
    }

    void put(int family, byte[] key, byte[] prefix, byte[] value) {
        ensure(16 + key.length + prefix.length + value.length);
        buffer[length++] = PUT_IN_FAMILY;
        varint(family);
        bytes(key);
        varint(prefix.length + value.length);
        raw(prefix);
        raw(value);
        count++;
    }

    int size() {
        return length;
    }

    byte[] finish() {
        for (int i = 0; i < 4; i++) {
            buffer[8 + i] = (byte) (count >>> (8 * i));
        }
        return Arrays.copyOf(buffer, length);
    }

    void clear() {
        length = HEADER;
        count = 0;
    }

    private void bytes(byte[] bytes) {
        varint(bytes.length);
        raw(bytes);
    }

    private void raw(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
