package app.veza.audio.opus;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broadcaster's bytes: what they are is read from the first of them, not from what anybody says. They are taken apart here,
 * in Java, down to Opus packets, so a decoder never sees a container that a stranger wrote. Not for several threads at once.
 */
public final class OpusInput {

    private static final int[] EBML = {0x1A, 0x45, 0xDF, 0xA3};
    private static final int[] OGG = {'O', 'g', 'g', 'S'};

    private byte[] first = {};
    private @Nullable OpusSource source;
    private String contentType = "";

    /**
     * @return the packets that are whole now
     * @throws UnsupportedAudioException when it is not what is taken here, with what to do instead
     */
    public List<OpusPacket> take(byte[] bytes) throws UnsupportedAudioException {
        OpusSource known = source;
        if (known != null) {
            return known.take(bytes);
        }
        byte[] seen = join(first, bytes);
        if (seen.length < EBML.length) {
            first = seen;
            return List.of();
        }
        known = recognize(seen);
        source = known;
        first = new byte[0];
        return known.take(seen);
    }

    /** Present before the first packet is. */
    public Optional<OpusHead> head() {
        return source == null ? Optional.empty() : Optional.ofNullable(source.head());
    }

    /** Such as {@code audio/webm}; empty until the first bytes were seen. */
    public String contentType() {
        return contentType;
    }

    private OpusSource recognize(byte[] seen) throws UnsupportedAudioException {
        if (begins(seen, EBML)) {
            contentType = "audio/webm";
            return new WebmSource();
        }
        if (begins(seen, OGG)) {
            contentType = "audio/ogg";
            return new OggSource();
        }
        throw new UnsupportedAudioException(
                "This is neither WebM nor Ogg: send what MediaRecorder gives for audio/webm;codecs=opus, or Ogg/Opus, from its beginning.");
    }

    private static boolean begins(byte[] bytes, int[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
