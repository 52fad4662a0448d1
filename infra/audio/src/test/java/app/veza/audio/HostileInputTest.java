package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.audio.opus.OpusInput;
import app.veza.audio.opus.OpusPacket;
import app.veza.audio.opus.UnsupportedAudioException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send: it is audio, or refused with a reason, and never anything else. */
class HostileInputTest {

    private static final byte[] EBML = hex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581 02");
    private static final byte[] SEGMENT = hex("1853806701ffffffffffffff");

    @TempDir
    static Path folder;

    private static byte[] webm;
    private static byte[] ogg;

    @BeforeAll
    static void record() {
        webm = Tools.tone(folder, "webm", 440, 3);
        ogg = Tools.tone(folder, "ogg", 440, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 1_000_000})
    void howItIsCutIntoMessagesMakesNoDifference(int pieces) throws Exception {
        for (byte[] whole : List.of(webm, ogg)) {
            var input = new OpusInput();
            int samples = 0;
            for (int from = 0; from < whole.length; from += pieces) {
                for (OpusPacket packet :
                        input.take(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + pieces)))) {
                    samples += packet.samples();
                }
            }
            assertThat(input.head().orElseThrow().channels()).isEqualTo(1);
            assertThat(samples).isBetween(3 * 48_000, 3 * 48_000 + 4_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF....WAVEfmt ", "ID3\4....", "<html>hello", "ftypM4A isom", "\0\0\0\0\0\0\0\0"})
    void whatIsNeitherWebmNorOggIsRefused(String beginning) {
        refused(beginning.getBytes(StandardCharsets.ISO_8859_1), "neither WebM nor Ogg");
    }

    @Test
    void whatIsNotOneTrackOfOpusIsRefused() {
        refused(webm(track("V_VP8", 0)), "not Opus");
        refused(webm(join(track("A_OPUS", 0), track("A_OPUS", 0))), "One audio track");
        refused(webm(new byte[0]), "One audio track");
        refused(webm(track("A_OPUS", 8)), "one or two channels");
        refused(join(EBML, SEGMENT, hex("1f43b67501ffffffffffffffa385810000 80fc")), "said what it is");
        refused(oggPage("\177FLAC and more of it...."), "not Opus");
    }

    @Test
    void sizesThatNothingHasAreRefusedBeforeTheyAreWaitedFor() {
        refused(join(EBML, SEGMENT, hex("1654ae6b10ffffff")), "broken");
        refused(join(EBML, SEGMENT, hex("a308000fffffff")), "broken");
        refused(join(EBML, hex("0000000000")), "broken");
        refused(join(EBML, SEGMENT, hex("ec01ffffffffffffff")), "broken");
    }

    @Test
    void anOggWithAWrongChecksumIsRefused() {
        byte[] flipped = ogg.clone();
        flipped[flipped.length / 2] ^= 1;
        refused(flipped, "broken");
    }

    @Test
    void aSecondRecordingNeedsAConnectionOfItsOwn() {
        refused(join(webm, webm), "second recording");
        refused(join(ogg, ogg), "second stream");
    }

    @Test
    void whateverIsFlippedCutOrDoubledIsAudioOrRefused() {
        var random = new Random(42);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = (round % 2 == 0 ? webm : ogg).clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                bytes[random.nextInt(round % 3 == 0 ? 600 : bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] sent = Arrays.copyOfRange(bytes, 0, 1 + random.nextInt(bytes.length));
            assertThatCode(() -> takeAll(sent))
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isNull(),
                            failure -> assertThat(failure).isInstanceOf(UnsupportedAudioException.class));
        }
    }

    private static void takeAll(byte[] bytes) throws UnsupportedAudioException {
        var input = new OpusInput();
        for (int from = 0; from < bytes.length; from += 500) {
            input.take(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 500)));
        }
    }

    private static void refused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> takeAll(bytes))
                .isInstanceOf(UnsupportedAudioException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] webm(byte[] tracks) {
        return join(EBML, SEGMENT, element("1654ae6b", tracks));
    }

    /** @param channels of an Opus header; none when 0 */
    private static byte[] track(String codec, int channels) {
        byte[] fields = join(element("d7", new byte[] {1}), element("86", codec.getBytes(StandardCharsets.US_ASCII)));
        if (channels > 0) {
            fields = join(
                    fields,
                    element(
                            "63a2",
                            join(
                                    "OpusHead".getBytes(StandardCharsets.US_ASCII),
                                    hex("01"),
                                    new byte[] {(byte) channels},
                                    new byte[9])));
        }
        return element("ae", fields);
    }

    private static byte[] element(String id, byte[] content) {
        return join(
                hex(id),
                ByteBuffer.allocate(2)
                        .putShort((short) (0x4000 | content.length))
                        .array(),
                content);
    }

    /** The first page of a stream, with a checksum that is right for it. */
    private static byte[] oggPage(String packet) {
        byte[] content = packet.getBytes(StandardCharsets.ISO_8859_1);
        byte[] page = join(
                hex("4f6767530002000000000000000001000000000000000000000001"),
                new byte[] {(byte) content.length},
                content);
        int crc = 0;
        for (byte next : page) {
            crc ^= next << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
            }
        }
        ByteBuffer.wrap(page).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(22, crc);
        return page;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] join(byte[]... pieces) {
        var all = new ArrayList<byte[]>(List.of(pieces));
        ByteBuffer out =
                ByteBuffer.allocate(all.stream().mapToInt(piece -> piece.length).sum());
        all.forEach(out::put);
        return out.array();
    }
}
