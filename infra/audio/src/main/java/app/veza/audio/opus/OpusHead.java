package app.veza.audio.opus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The identification header of an Opus stream (RFC 7845, 5.1), the same in Ogg and in WebM's CodecPrivate.
 *
 * @param channels 1 or 2
 * @param preSkip samples at 48 kHz that a decoder throws away first
 * @param gain Q7.8 in dB
 */
public record OpusHead(int channels, int preSkip, int gain) {

    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 19;

    static OpusHead parse(byte[] header) throws UnsupportedAudioException {
        if (!begins(header)) {
            throw new UnsupportedAudioException(
                    "The audio is not Opus: record as audio/webm;codecs=opus or audio/ogg.");
        }
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int version = in.get(8) & 0xF0;
        int channels = in.get(9) & 0xFF;
        int family = in.get(18);
        if (version != 0 || family != 0 || channels < 1 || channels > 2) {
            throw new UnsupportedAudioException(
                    "Opus of one or two channels is taken, not %d in mapping %d of version %d."
                            .formatted(channels, family, in.get(8)));
        }
        return new OpusHead(channels, in.getShort(10) & 0xFFFF, in.getShort(16));
    }

    static boolean begins(byte[] packet) {
        return packet.length >= BYTES && ByteBuffer.wrap(packet, 0, 8).equals(ByteBuffer.wrap(MAGIC));
    }

    /** For a decoder that begins amid a stream: all that it is given is to be heard. */
    public OpusHead amid() {
        return new OpusHead(channels, 0, gain);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) preSkip)
                .putInt(OpusPacket.SAMPLE_RATE)
                .putShort((short) gain)
                .put((byte) 0)
                .array();
    }
}
