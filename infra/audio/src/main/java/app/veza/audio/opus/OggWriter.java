package app.veza.audio.opus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes Ogg/Opus: what decoders are given, whatever came in. Time runs without gaps, as many samples as the packets hold. */
public final class OggWriter {

    private static final int HEADER_BYTES = 27;
    private static final int MOST_LACINGS = 255;
    private static final int SERIAL = 1;
    private static final int BEGINS = 2;

    private int sequence;
    private long granule;

    /** The two pages before all others. */
    public byte[] begin(OpusHead head) {
        byte[] vendor = "veza".getBytes(StandardCharsets.US_ASCII);
        byte[] tags = ByteBuffer.allocate(16 + vendor.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(vendor.length)
                .put(vendor)
                .putInt(0)
                .array();
        return OpusInput.join(page(List.of(head.bytes()), BEGINS), page(List.of(tags), 0));
    }

    public byte[] pages(List<OpusPacket> packets) {
        var out = new ByteArrayOutputStream();
        var onPage = new ArrayList<byte[]>();
        int lacings = 0;
        for (OpusPacket packet : packets) {
            int needed = packet.data().length / 255 + 1;
            if (lacings + needed > MOST_LACINGS && !onPage.isEmpty()) {
                out.writeBytes(page(onPage, 0));
                onPage.clear();
                lacings = 0;
            }
            onPage.add(packet.data());
            lacings += needed;
            granule += packet.samples();
        }
        if (!onPage.isEmpty()) {
            out.writeBytes(page(onPage, 0));
        }
        return out.toByteArray();
    }

    private byte[] page(List<byte[]> packets, int flags) {
        var lacings = new ByteArrayOutputStream();
        var body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int left = packet.length; left >= 255; left -= 255) {
                lacings.write(255);
            }
            lacings.write(packet.length % 255);
            body.writeBytes(packet);
        }
        byte[] page = ByteBuffer.allocate(HEADER_BYTES + lacings.size() + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OggS".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) flags)
                .putLong(granule)
                .putInt(SERIAL)
                .putInt(sequence++)
                .putInt(0)
                .put((byte) lacings.size())
                .put(lacings.toByteArray())
                .put(body.toByteArray())
                .array();
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(22, OggCrc.of(page));
        return page;
    }
}
