package app.veza.eventstore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * RocksDB's own serialized form of a write batch ({@code sequence(8) count(4, little-endian) records}), written here so that a
 * batch of thousands of keys crosses into native code once.
 */
final class IndexBatch {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
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

    /** A key without a value, written piece by piece. @param keyLength of all pieces together */
    void beginKey(int keyLength) {
        ensure(11 + keyLength);
        buffer[length++] = PUT;
        varint(keyLength);
        count++;
    }

    void keyByte(char ascii) {
        buffer[length++] = (byte) ascii;
    }

    /** A text, as {@link IndexKeys} has it in keys, that stands in a record with its length before it. */
    void keyText(byte[] record, int at) {
        int textLength = (int) INT.get(record, at);
        SHORT.set(buffer, length, (short) textLength);
        System.arraycopy(record, at + Integer.BYTES, buffer, length + Short.BYTES, textLength);
        length += Short.BYTES + textLength;
    }

    void endKey(long position) {
        LONG.set(buffer, length, position);
        length += Long.BYTES;
        buffer[length++] = 0;
    }

    /** @param prefix of the value */
    void putEvent(int family, long position, byte[] prefix, byte[] value) {
        ensure(20 + Long.BYTES + prefix.length + value.length);
        buffer[length++] = PUT_IN_FAMILY;
        varint(family);
        varint(Long.BYTES);
        LONG.set(buffer, length, position);
        length += Long.BYTES;
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
