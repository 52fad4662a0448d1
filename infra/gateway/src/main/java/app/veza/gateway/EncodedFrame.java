package app.veza.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * A server's frame as it stands on the wire. Frames to clients are not masked, so the bytes are the same for every
 * connection: encoded once, header and all, and written as retained duplicates without an encoder in the pipeline.
 * Whoever makes one releases it.
 */
public final class EncodedFrame {
    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    /** A control frame's payload has at most 125 bytes, two of them the code. */
    private static final int MAX_REASON = 123;

    private final ByteBuf wire;

    private EncodedFrame(ByteBuf wire) {
        this.wire = wire;
    }

    public static EncodedFrame text(byte[] utf8) {
        return new EncodedFrame(encode(TEXT, utf8));
    }

    public static EncodedFrame binary(byte[] payload) {
        return new EncodedFrame(encode(BINARY, payload));
    }

    public void release() {
        wire.release();
    }

    EncodedFrame retain() {
        wire.retain();
        return this;
    }

    ByteBuf duplicate() {
        return wire.retainedDuplicate();
    }

    int size() {
        return wire.readableBytes();
    }

    int references() {
        return wire.refCnt();
    }

    static ByteBuf textBytes(byte[] utf8) {
        return encode(TEXT, utf8);
    }

    static ByteBuf ping() {
        return encode(PING, new byte[0]);
    }

    static ByteBuf pong(byte[] payload) {
        return encode(PONG, payload);
    }

    static ByteBuf close(int code, String reason) {
        byte[] text = truncate(reason);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return encode(CLOSE, payload);
    }

    private static byte[] truncate(String reason) {
        String text = reason;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        while (bytes.length > MAX_REASON) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private static ByteBuf encode(int opcode, byte[] payload) {
        int length = payload.length;
        int header = length <= 125 ? 2 : length <= 0xFFFF ? 4 : 10;
        ByteBuf wire = ByteBufAllocator.DEFAULT.directBuffer(header + length, header + length);
        wire.writeByte(FINAL | opcode);
        switch (header) {
            case 2 -> wire.writeByte(length);
            case 4 -> wire.writeByte(126).writeShort(length);
            default -> wire.writeByte(127).writeLong(length);
        }
        return wire.writeBytes(payload);
    }
}
