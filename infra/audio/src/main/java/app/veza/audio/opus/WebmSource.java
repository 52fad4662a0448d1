package app.veza.audio.opus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WebM as MediaRecorder writes it: a segment and clusters of unknown size that end where the next begins. Levels are not kept
 * count of: what holds others is entered, what is known is read, all else is passed over.
 */
final class WebmSource implements OpusSource {

    private static final int EBML_HEADER = 0x1A45DFA3;
    private static final int DOC_TYPE = 0x4282;
    private static final int SEGMENT = 0x18538067;
    private static final int TRACKS = 0x1654AE6B;
    private static final int CLUSTER = 0x1F43B675;
    private static final int BLOCK_GROUP = 0xA0;
    private static final int BLOCK = 0xA1;
    private static final int SIMPLE_BLOCK = 0xA3;
    private static final int LACING = 0x06;
    /** Of an element that is read whole. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Pending pending = new Pending();
    private boolean begun;
    private @Nullable WebmTracks tracks;

    @Override
    public @Nullable OpusHead head() {
        return tracks == null ? null : tracks.head();
    }

    @Override
    public List<OpusPacket> take(byte[] bytes) throws UnsupportedAudioException {
        pending.add(bytes);
        var packets = new ArrayList<OpusPacket>();
        for (Ebml.Header next = peek(); next != null && taken(next, packets); next = peek()) {
            begun = true;
        }
        return packets;
    }

    private Ebml.@Nullable Header peek() throws UnsupportedAudioException {
        return Ebml.header(pending::at, pending.size());
    }

    /** False when more of it must come first. */
    private boolean taken(Ebml.Header element, List<OpusPacket> packets) throws UnsupportedAudioException {
        switch (element.id()) {
            case SEGMENT, CLUSTER, BLOCK_GROUP -> {
                pending.skip(element.headerBytes());
                return true;
            }
            case EBML_HEADER, TRACKS, BLOCK, SIMPLE_BLOCK -> {
                if (element.size() < 0 || element.size() > MOST_BYTES) {
                    throw Ebml.broken();
                }
                int size = (int) element.size();
                if (pending.size() < element.headerBytes() + size) {
                    return false;
                }
                byte[] content = pending.copy(element.headerBytes(), size);
                pending.skip(element.headerBytes() + size);
                read(element.id(), content, packets);
                return true;
            }
            default -> {
                if (element.size() < 0) {
                    throw Ebml.broken();
                }
                pending.skip(element.headerBytes() + element.size());
                return true;
            }
        }
    }

    private void read(int id, byte[] content, List<OpusPacket> packets) throws UnsupportedAudioException {
        switch (id) {
            case EBML_HEADER -> header(content);
            case TRACKS -> {
                if (tracks != null) {
                    throw new UnsupportedAudioException(
                            "A second list of tracks came: open a new connection to record anew.");
                }
                tracks = WebmTracks.parse(content);
            }
            default -> packets.add(block(content));
        }
    }

    private void header(byte[] content) throws UnsupportedAudioException {
        if (begun) {
            throw new UnsupportedAudioException("A second recording began: open a new connection for it.");
        }
        Ebml.children(content, (id, value) -> {
            String type = id == DOC_TYPE ? Ebml.text(value) : "webm";
            if (!type.equals("webm") && !type.equals("matroska")) {
                throw new UnsupportedAudioException("This is EBML but not WebM: record as audio/webm;codecs=opus.");
            }
        });
    }

    /** Track number, two bytes of time, flags, then the packet. */
    private OpusPacket block(byte[] content) throws UnsupportedAudioException {
        WebmTracks known = tracks;
        if (known == null || content.length == 0) {
            throw new UnsupportedAudioException(
                    "Audio came before it was said what it is: send a recording from its beginning.");
        }
        int numberBytes = Ebml.length(content[0] & 0xFF, 8);
        if (content.length <= numberBytes + 3) {
            throw Ebml.broken();
        }
        if (Ebml.number(i -> content[i] & 0xFF, 0, numberBytes) != known.number()) {
            throw Ebml.broken();
        }
        if ((content[numberBytes + 2] & LACING) != 0) {
            throw new UnsupportedAudioException(
                    "Several packets lie in one block (lacing), which no browser does: write one a block.");
        }
        return OpusPacket.of(java.util.Arrays.copyOfRange(content, numberBytes + 3, content.length));
    }
}
