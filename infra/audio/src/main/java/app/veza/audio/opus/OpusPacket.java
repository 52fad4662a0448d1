package app.veza.audio.opus;

/**
 * One Opus packet.
 *
 * @param samples how long it sounds, at 48 kHz: 120 to 5,760
 */
public record OpusPacket(byte[] data, int samples) {

    public static final int SAMPLE_RATE = 48_000;
    /** RFC 6716 lets a packet hold 120 ms at most. */
    static final int MOST_SAMPLES = 5_760;
    /** 48 frames of 1,275 bytes with their lengths; fits one page of Ogg. */
    private static final int MOST_BYTES = 61_300;

    /** 20 ms of silence: a CELT frame that says nothing, as every Opus encoder writes it. */
    public static OpusPacket silence() {
        return new OpusPacket(new byte[] {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE}, 960);
    }

    /** @throws UnsupportedAudioException when its first bytes are no table of contents (RFC 6716, 3.1) */
    static OpusPacket of(byte[] data) throws UnsupportedAudioException {
        if (data.length == 0 || data.length > MOST_BYTES) {
            throw new UnsupportedAudioException("An Opus packet is empty or above any size that one can have.");
        }
        int samples = frames(data) * frameSamples((data[0] & 0xFF) >> 3);
        if (samples == 0 || samples > MOST_SAMPLES) {
            throw new UnsupportedAudioException("An Opus packet says that it lasts no time or above 120 ms.");
        }
        return new OpusPacket(data, samples);
    }

    private static int frames(byte[] data) throws UnsupportedAudioException {
        switch (data[0] & 3) {
            case 0:
                return 1;
            case 1, 2:
                return 2;
            default:
                if (data.length < 2) {
                    throw new UnsupportedAudioException("An Opus packet ends before its number of frames.");
                }
                return data[1] & 0x3F;
        }
    }

    /** Table 2 of RFC 6716. */
    private static int frameSamples(int configuration) {
        if (configuration < 12) {
            int millis = new int[] {10, 20, 40, 60}[configuration & 3];
            return millis * 48;
        }
        if (configuration < 16) {
            return (configuration & 1) == 0 ? 480 : 960;
        }
        return 120 << (configuration & 3);
    }
}
