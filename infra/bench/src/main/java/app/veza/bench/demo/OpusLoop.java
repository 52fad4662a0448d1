package app.veza.bench.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A tune that never ends, as one Ogg/Opus stream (RFC 3533, RFC 7845): the packets of a short file again and again, on pages of their own with
 * positions that go on. Opus forgets within some packets what came before, so the seam is hardly heard.
 */
final class OpusLoop {

    /** What one page plays. */
    static final Duration PAGE = Duration.ofMillis(100);

    private static final int PACKETS_A_PAGE = 5;

    /** 20 ms at 48 kHz, the clock of every Opus stream. */
    private static final int SAMPLES_A_PACKET = 960;

    private static final int HEADER_BYTES = 27;
    private static final int BEGINS = 2;
    private static final int[] CRC = crcTable();

    private final List<byte[]> headers;
    private final List<byte[]> packets;
    private final int serial;
    private int page;
    private int packet;
    private long samples;

    /** @param serial number of the stream within its file */
    private OpusLoop(List<byte[]> packets, int serial) {
        this.headers = packets.subList(0, 2);
        this.packets = packets.subList(2, packets.size());
        this.serial = serial;
    }

    static OpusLoop ofTune(int serial) {
        try (InputStream file = OpusLoop.class.getResourceAsStream("tune.ogg")) {
            if (file == null) {
                throw new IllegalStateException("The demo's tune is not in its jar: build anew");
            }
            return new OpusLoop(packets(ByteBuffer.wrap(file.readAllBytes())), serial);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Identification, comments, then audio. */
    private static List<byte[]> packets(ByteBuffer file) {
        List<byte[]> packets = new ArrayList<>();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        while (file.hasRemaining()) {
            file.position(file.position() + HEADER_BYTES - 1);
            byte[] lengths = new byte[file.get() & 0xFF];
            file.get(lengths);
            for (byte length : lengths) {
                byte[] segment = new byte[length & 0xFF];
                file.get(segment);
                packet.writeBytes(segment);
                if (segment.length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
        }
        return packets;
    }

    /** The next page: the two of the headers first, then {@link #PAGE} of sound each. */
    byte[] next() {
        if (page < headers.size()) {
            return page(List.of(headers.get(page)), page == 0 ? BEGINS : 0);
        }
        List<byte[]> next = new ArrayList<>();
        for (int i = 0; i < PACKETS_A_PAGE; i++) {
            next.add(packets.get(packet));
            packet = (packet + 1) % packets.size();
        }
        samples += (long) PACKETS_A_PAGE * SAMPLES_A_PACKET;
        return page(next, 0);
    }

    private byte[] page(List<byte[]> content, int flags) {
        ByteArrayOutputStream lengths = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] one : content) {
            int left = one.length;
            for (; left >= 255; left -= 255) {
                lengths.write(255);
            }
            lengths.write(left);
            body.writeBytes(one);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER_BYTES + lengths.size() + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'O', 'g', 'g', 'S', 0, (byte) flags})
                .putLong(samples)
                .putInt(serial)
                .putInt(page++)
                .putInt(0)
                .put((byte) lengths.size())
                .put(lengths.toByteArray())
                .put(body.toByteArray());
        bytes.putInt(22, crc(bytes.array()));
        return bytes.array();
    }

    static int crc(byte[] bytes) {
        int crc = 0;
        for (byte one : bytes) {
            crc = crc << 8 ^ CRC[(crc >>> 24 ^ one) & 0xFF];
        }
        return crc;
    }

    /** Polynomial 0x04C11DB7, the highest bit first. */
    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04C11DB7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }
}
