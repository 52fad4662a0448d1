package app.veza.audio.opus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ogg/Opus (RFC 3533, RFC 7845): one logical stream, each page with its checksum. */
final class OggSource implements OpusSource {

    private static final int HEADER_BYTES = 27;
    private static final int CONTINUED = 1;
    private static final int BEGINS = 2;
    private static final int MOST_PACKET_BYTES = 64 * 1024;
    private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);

    private final Pending pending = new Pending();
    private @Nullable OpusHead head;
    private boolean tagsPassed;
    private int serial;
    /** The beginning of a packet that goes on with the next page; of the tags, which may hold pictures, no more than needed. */
    private byte[] begun = {};

    private boolean unfinished;

    @Override
    public @Nullable OpusHead head() {
        return head;
    }

    @Override
    public List<OpusPacket> take(byte[] bytes) throws UnsupportedAudioException {
        pending.add(bytes);
        var packets = new ArrayList<OpusPacket>();
        for (byte[] page = page(); page != null; page = page()) {
            read(page, packets);
        }
        return packets;
    }

    /** The next page, checked; null when it is not here whole. */
    private byte @Nullable [] page() throws UnsupportedAudioException {
        if (pending.size() < HEADER_BYTES) {
            return null;
        }
        if (pending.at(0) != 'O'
                || pending.at(1) != 'g'
                || pending.at(2) != 'g'
                || pending.at(3) != 'S'
                || pending.at(4) != 0) {
            throw broken();
        }
        int segments = pending.at(26);
        int length = HEADER_BYTES + segments;
        if (pending.size() < length) {
            return null;
        }
        for (int i = 0; i < segments; i++) {
            length += pending.at(HEADER_BYTES + i);
        }
        if (pending.size() < length) {
            return null;
        }
        byte[] page = pending.copy(0, length);
        pending.skip(length);
        ByteBuffer fields = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        int crc = fields.getInt(22);
        fields.putInt(22, 0);
        if (OggCrc.of(page) != crc) {
            throw broken();
        }
        return page;
    }

    private void read(byte[] page, List<OpusPacket> packets) throws UnsupportedAudioException {
        int flags = page[5];
        int pageSerial = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(14);
        if ((flags & BEGINS) != 0) {
            if (head != null) {
                throw new UnsupportedAudioException("A second stream began in the Ogg: open a new connection for it.");
            }
            serial = pageSerial;
        } else if (pageSerial != serial) {
            throw new UnsupportedAudioException("Several streams lie in the Ogg: send one of Opus alone.");
        }
        if ((flags & CONTINUED) == 0) {
            begun = new byte[0];
            unfinished = false;
        }
        // What a lost page began has no end
        boolean orphan = (flags & CONTINUED) != 0 && !unfinished;
        int segments = page[26] & 0xFF;
        int place = HEADER_BYTES + segments;
        int length = 0;
        for (int i = 0; i < segments; i++) {
            int lacing = page[HEADER_BYTES + i] & 0xFF;
            length += lacing;
            if (lacing == 255 && i < segments - 1) {
                continue;
            }
            byte[] piece = Arrays.copyOfRange(page, place, place + length);
            place += length;
            length = 0;
            if (orphan) {
                orphan = lacing == 255;
            } else {
                piece(piece, lacing < 255, packets);
            }
        }
    }

    private void piece(byte[] piece, boolean last, List<OpusPacket> packets) throws UnsupportedAudioException {
        boolean passing = head != null && !tagsPassed && begun.length >= TAGS.length;
        byte[] packet = passing ? begun : OpusInput.join(begun, piece);
        unfinished = !last;
        if (!last) {
            begun = packet;
            if (head != null && !tagsPassed) {
                begun = Arrays.copyOf(packet, Math.min(packet.length, TAGS.length));
            } else if (packet.length > MOST_PACKET_BYTES) {
                throw broken();
            }
            return;
        }
        begun = new byte[0];
        if (head == null) {
            head = OpusHead.parse(packet);
        } else if (!tagsPassed) {
            if (packet.length < TAGS.length || !Arrays.equals(Arrays.copyOf(packet, TAGS.length), TAGS)) {
                throw broken();
            }
            tagsPassed = true;
        } else if (packet.length > 0) {
            packets.add(OpusPacket.of(packet));
        }
    }

    private static UnsupportedAudioException broken() {
        return new UnsupportedAudioException("The Ogg is broken: connect again and send it anew.");
    }
}
