package app.veza.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values one after the other, texts and bytes with their lengths. */
final class FrameWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final DataOutputStream out = new DataOutputStream(bytes);

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private FrameWriter put(Writing writing) {
        try {
            writing.to(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
    }

    FrameWriter putByte(int value) {
        return put(o -> o.writeByte(value));
    }

    FrameWriter putInt(int value) {
        return put(o -> o.writeInt(value));
    }

    FrameWriter putLong(long value) {
        return put(o -> o.writeLong(value));
    }

    FrameWriter putBytes(byte[] value) {
        return put(o -> {
            o.writeInt(value.length);
            o.write(value);
        });
    }

    FrameWriter putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code null} has a length of its own. */
    FrameWriter putOptionalBytes(byte @Nullable [] value) {
        return value == null ? putInt(-1) : putBytes(value);
    }

    FrameWriter putOptionalText(@Nullable String value) {
        return putOptionalBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    int size() {
        return bytes.size();
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    void reset() {
        bytes.reset();
    }
}
