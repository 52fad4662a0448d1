package app.veza.eventstore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * RocksDB's own serialized form of a write batch ({@code sequence(8) count(4, little-endian) records}), written here so that a
 * batch of thousands of keys crosses into native code once. Keys without values are put by their kind, not by their event: those of a kind
 * mostly ascend, for ids rise with time, and RocksDB begins its search for a key's place at that of the key before.
 */
final class IndexBatch {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEADER = 12;
    private static final byte PUT = 1;
    private static final byte PUT_IN_FAMILY = 5;

    /** Of keys without values. */
    static final int KINDS = 8;

    private final Records others = new Records();
    private final Records[] kinds = new Records[KINDS];
    private Records current = others;
    private int count;

    IndexBatch() {
        Arrays.setAll(kinds, kind -> new Records());
        clear();
    }

    void put(byte[] key, byte[] value) {
        others.ensure(11 + key.length + value.length);
        others.put(PUT);
        others.bytes(key);
        others.bytes(value);
        count++;
    }

    void put(int family, byte[] key, byte[] prefix, byte[] value) {
        others.ensure(16 + key.length + prefix.length + value.length);
        others.put(PUT_IN_FAMILY);
        others.varint(family);
        others.bytes(key);
        others.varint(prefix.length + value.length);
        others.raw(prefix);
        others.raw(value);
        count++;
    }

    /**
     * A key without a value, written piece by piece.
     *
     * @param kind that it is of; beyond {@value #KINDS} they share the last
     * @param keyLength of all pieces together
     */
    void beginKey(int kind, int keyLength) {
        current = kinds[Math.min(kind, KINDS - 1)];
        current.ensure(11 + keyLength);
        current.put(PUT);
        current.varint(keyLength);
        count++;
    }

    void keyByte(char ascii) {
        current.put((byte) ascii);
    }

    /** A text, as {@link IndexKeys} has it in keys, that stands in a record with its length before it. */
    void keyText(byte[] record, int at) {
        int textLength = (int) INT.get(record, at);
        current.putShort(textLength);
        current.raw(record, at + Integer.BYTES, textLength);
    }

    void endKey(long position) {
        current.putLong(position);
        current.put((byte) 0);
    }

    /** @param prefix of the value */
    void putEvent(int family, long position, byte[] prefix, byte[] value) {
        others.ensure(20 + Long.BYTES + prefix.length + value.length);
        others.put(PUT_IN_FAMILY);
        others.varint(family);
        others.varint(Long.BYTES);
        others.putLong(position);
        others.varint(prefix.length + value.length);
        others.raw(prefix);
        others.raw(value);
        count++;
    }

    byte[] finish() {
        int length = others.length;
        for (Records records : kinds) {
            length += records.length;
        }
        byte[] batch = Arrays.copyOf(others.buffer, length);
        for (int i = 0; i < 4; i++) {
            batch[8 + i] = (byte) (count >>> (8 * i));
        }
        int at = others.length;
        for (Records records : kinds) {
            System.arraycopy(records.buffer, 0, batch, at, records.length);
            at += records.length;
        }
        return batch;
    }

    void clear() {
        others.length = HEADER;
        for (Records records : kinds) {
            records.length = 0;
        }
        count = 0;
    }

    /** Bytes that grow; whoever puts some has ensured the room. */
    private static final class Records {
        private byte[] buffer = new byte[1 << 14];
        private int length;

        void put(byte one) {
            buffer[length++] = one;
        }

        void putShort(int value) {
            SHORT.set(buffer, length, (short) value);
            length += Short.BYTES;
        }

        void putLong(long value) {
            LONG.set(buffer, length, value);
            length += Long.BYTES;
        }

        void bytes(byte[] bytes) {
            varint(bytes.length);
            raw(bytes);
        }

        void raw(byte[] bytes) {
            raw(bytes, 0, bytes.length);
        }

        void raw(byte[] bytes, int from, int count) {
            System.arraycopy(bytes, from, buffer, length, count);
            length += count;
        }

        void varint(int value) {
            int rest = value;
            while (rest >= 0x80) {
                buffer[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            buffer[length++] = (byte) rest;
        }

        void ensure(int more) {
            if (buffer.length - length < more) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
            }
        }
    }
}
