package app.veza.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The fragments of one message, until its last; exists only while there is one. */
final class MessageAssembler {
    private final boolean binary;
    private final int limit;
    private byte[] bytes = new byte[256];
    private int length;

    MessageAssembler(boolean binary, int limit) {
        this.binary = binary;
        this.limit = limit;
    }

    boolean binary() {
        return binary;
    }

    /** False when the message grows above its limit. */
    boolean add(ByteBuf fragment) {
        int more = fragment.readableBytes();
        if (more > limit - length) {
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + more, bytes.length * 2)));
        }
        fragment.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    byte[] message() {
        return Arrays.copyOf(bytes, length);
    }
}
