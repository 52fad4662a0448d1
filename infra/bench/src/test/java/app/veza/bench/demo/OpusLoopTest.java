package app.veza.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OpusLoopTest {

    private static final int SERIAL = 4711;

    /** As RFC 3533 lays it out; its checksum is that of the page with the checksum's own bytes zero. */
    private record Page(int flags, long samples, int serial, int number, int crc, byte[] bytes, int bodyAt) {
        static Page at(byte[] file, int from) {
            ByteBuffer page = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(new String(file, from, 4, StandardCharsets.US_ASCII)).isEqualTo("OggS");
            int segments = file[from + 26] & 0xFF;
            int length = 27 + segments;
            for (int i = 0; i < segments; i++) {
                length += file[from + 27 + i] & 0xFF;
            }
            return new Page(
                    file[from + 5],
                    page.getLong(from + 6),
                    page.getInt(from + 14),
                    page.getInt(from + 18),
                    page.getInt(from + 22),
                    Arrays.copyOfRange(file, from, from + length),
                    27 + segments);
        }

        boolean isSound() {
            byte[] cleared = bytes.clone();
            Arrays.fill(cleared, 22, 26, (byte) 0);
            return OpusLoop.crc(cleared) == crc;
        }

        String begins() {
            return new String(bytes, bodyAt, 8, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void goesOnBeyondTheTunesEndAsOneStream() {
        OpusLoop tune = OpusLoop.ofTune(SERIAL);
        Page head = Page.at(tune.next(), 0);
        assertThat(head.begins()).isEqualTo("OpusHead");
        assertThat(head.flags()).as("begins the stream").isEqualTo(2);
        assertThat(Page.at(tune.next(), 0).begins()).isEqualTo("OpusTags");
        for (int number = 2; number < 302; number++) {
            byte[] bytes = tune.next();
            Page page = Page.at(bytes, 0);
            assertThat(page.bytes()).hasSize(bytes.length);
            assertThat(page.isSound()).isTrue();
            assertThat(page.serial()).isEqualTo(SERIAL);
            assertThat(page.number()).isEqualTo(number);
            assertThat(page.flags()).isZero();
            assertThat(page.samples()).as("100 ms at 48 kHz a page").isEqualTo(4_800L * (number - 1));
        }
    }

    /** The tune was written by ffmpeg: its checksums are not ours. */
    @Test
    void countsChecksumsAsOthersDo() throws IOException {
        try (InputStream file = OpusLoop.class.getResourceAsStream("tune.ogg")) {
            byte[] bytes = file.readAllBytes();
            int pages = 0;
            for (int at = 0; at < bytes.length; pages++) {
                Page page = Page.at(bytes, at);
                assertThat(page.isSound()).isTrue();
                at += page.bytes().length;
            }
            assertThat(pages).isGreaterThan(2);
        }
    }
}
