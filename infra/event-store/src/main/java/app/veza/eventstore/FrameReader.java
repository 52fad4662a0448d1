package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link FrameWriter} wrote. Anything else gives a {@link java.nio.BufferUnderflowException} or the like. */
final class FrameReader {
    private final ByteBuffer in;

    FrameReader(byte[] frame) {
        this.in = ByteBuffer.wrap(frame);
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    int readByte() {
        return in.get();
    }

    int readInt() {
        return in.getInt();
    }

    long readLong() {
        return in.getLong();
    }

    byte[] readBytes() {
        return bytes(in.getInt());
    }

    byte @Nullable [] readOptionalBytes() {
        int length = in.getInt();
        return length < 0 ? null : bytes(length);
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    @Nullable
    String readOptionalText() {
        byte[] text = readOptionalBytes();
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length of %d where %d are left".formatted(length, in.remaining()));
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
