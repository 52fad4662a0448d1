package app.veza.audio.opus;

import org.jspecify.annotations.Nullable;

/**
 * The one audio track of a WebM file.
 *
 * @param number that its blocks bear
 */
record WebmTracks(long number, OpusHead head) {

    private static final int TRACK_ENTRY = 0xAE;
    private static final int TRACK_NUMBER = 0xD7;
    private static final int CODEC_ID = 0x86;
    private static final int CODEC_PRIVATE = 0x63A2;
    private static final int CONTENT_ENCODINGS = 0x6D80;

    private static final class Entry {
        private int entries;
        private long number;
        private String codec = "";
        private boolean encoded;
        private byte @Nullable [] header;
    }

    static WebmTracks parse(byte[] tracks) throws UnsupportedAudioException {
        var found = new Entry();
        Ebml.children(tracks, (id, content) -> {
            if (id == TRACK_ENTRY) {
                found.entries++;
                Ebml.children(content, (field, value) -> field(found, field, value));
            }
        });
        if (found.entries != 1) {
            throw new UnsupportedAudioException(
                    "One audio track is taken, not %d tracks: record the microphone alone.".formatted(found.entries));
        }
        if (!found.codec.equals("A_OPUS") || found.header == null) {
            throw new UnsupportedAudioException("The track is '%s', not Opus audio: record as audio/webm;codecs=opus."
                    .formatted(printable(found.codec)));
        }
        if (found.encoded) {
            throw new UnsupportedAudioException("The track is compressed or encrypted once more: record it plain.");
        }
        return new WebmTracks(found.number, OpusHead.parse(found.header));
    }

    private static void field(Entry found, int id, byte[] value) throws UnsupportedAudioException {
        switch (id) {
            case TRACK_NUMBER -> found.number = Ebml.unsigned(value);
            case CODEC_ID -> found.codec = Ebml.text(value);
            case CODEC_PRIVATE -> found.header = value;
            case CONTENT_ENCODINGS -> found.encoded = true;
            default -> {
                // of no importance for audio
            }
        }
    }

    private static String printable(String codec) {
        String plain = codec.replaceAll("[^A-Za-z0-9_/]", "");
        return plain.substring(0, Math.min(plain.length(), 20));
    }
}
