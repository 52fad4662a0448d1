package app.veza.projection.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Bytes in network order that are handed on when enough of them are there. */
final class CopyBuffer {

    /** Takes what was written; the array is used again afterwards. */
    interface Sink {
        void take(byte[] bytes, int length) throws SQLException;
    }

    private static final int ENOUGH = 64 * 1024;

    private ByteBuffer buffer = ByteBuffer.allocate(2 * ENOUGH);

    CopyBuffer put(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    CopyBuffer putByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    CopyBuffer putShort(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    CopyBuffer putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    CopyBuffer putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** The length of the text, then the text. */
    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length).put(utf8);
    }

    /** Leaves room for a length that is known later; see {@link #endSized}. */
    int beginSized() {
        room(Integer.BYTES);
        int at = buffer.position();
        buffer.putInt(0);
        return at;
    }

    void endSized(int at) {
        buffer.putInt(at, buffer.position() - at - Integer.BYTES);
    }

    /** Only between values, never after {@link #beginSized}. */
    void flushIfFull(Sink sink) throws SQLException {
        if (buffer.position() >= ENOUGH) {
            flush(sink);
        }
    }

    void flush(Sink sink) throws SQLException {
        sink.take(buffer.array(), buffer.position());
        buffer.clear();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.allocate(size).put(buffer.flip());
        }
        return buffer;
    }
}
