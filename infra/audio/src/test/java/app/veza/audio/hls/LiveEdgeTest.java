package app.veza.audio.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How far listeners can go back, and what playlists say of what they cannot reach any more. */
class LiveEdgeTest {

    private static final int WINDOW = 3;
    private static final Instant FIRST = Instant.parse("2026-11-29T10:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-11-29T10:01:00Z");
    private static final List<byte[]> INITIALIZATIONS =
            Collections.nCopies(Rendition.ladder().size(), new byte[8]);

    private final LiveEdge edge = new LiveEdge(List.of(), WINDOW);

    @Test
    void theWindowSlidesAndWhatLeftItIsCounted() {
        edge.begin(FIRST.toEpochMilli(), INITIALIZATIONS);
        segments(4);
        String first = playlist(false);
        assertThat(one("#EXT-X-MEDIA-SEQUENCE:(\\d+)", first)).isEqualTo("1");
        assertThat(one("#EXT-X-DISCONTINUITY-SEQUENCE:(\\d+)", first)).isEqualTo("0");
        assertThat(all("(#EXTINF)", first)).hasSize(WINDOW);
        // Each begins where the one before it ends
        assertThat(all("#EXT-X-PROGRAM-DATE-TIME:(\\S+)", first))
                .containsExactly("2026-11-29T10:00:02.048Z", "2026-11-29T10:00:04.096Z", "2026-11-29T10:00:06.144Z");

        edge.begin(SECOND.toEpochMilli(), INITIALIZATIONS);
        segments(2);
        String across = playlist(false);
        assertThat(one("#EXT-X-MEDIA-SEQUENCE:(\\d+)", across)).isEqualTo("3");
        assertThat(one("#EXT-X-DISCONTINUITY-SEQUENCE:(\\d+)", across)).isEqualTo("0");
        assertThat(all("(#EXT-X-DISCONTINUITY)\n", across)).hasSize(1);
        assertThat(all("#EXT-X-MAP:URI=\"([^\"]+)\"", across)).hasSize(2);
        assertThat(all("#EXT-X-PROGRAM-DATE-TIME:(\\S+)", across))
                .containsExactly("2026-11-29T10:00:06.144Z", "2026-11-29T10:01:00.000Z", "2026-11-29T10:01:02.048Z");

        segments(1);
        String inside = playlist(false);
        // The discontinuity is before the first that is listed, and listed with it yet
        assertThat(one("#EXT-X-MEDIA-SEQUENCE:(\\d+)", inside)).isEqualTo("4");
        assertThat(all("(#EXT-X-DISCONTINUITY)\n", inside)).hasSize(1);
        assertThat(one("#EXT-X-DISCONTINUITY-SEQUENCE:(\\d+)", inside)).isEqualTo("0");

        segments(1);
        String behind = playlist(false);
        assertThat(all("(#EXT-X-DISCONTINUITY)\n", behind)).isEmpty();
        assertThat(one("#EXT-X-DISCONTINUITY-SEQUENCE:(\\d+)", behind)).isEqualTo("1");
    }

    @Test
    void playersAreToldHowFarFromTheEndTheyStayAndWhereTheOtherRenditionIs() {
        edge.begin(FIRST.toEpochMilli(), INITIALIZATIONS);
        segments(3);
        edge.append(slice());
        String playlist = playlist(false);
        double target = Double.parseDouble(one("#EXT-X-TARGETDURATION:(\\d+)", playlist));
        double part = Double.parseDouble(one("PART-TARGET=([0-9.]+)", playlist));
        assertThat(part).isEqualTo(0.512);
        assertThat(Double.parseDouble(one("[:,]HOLD-BACK=([0-9.]+)", playlist))).isGreaterThanOrEqualTo(3 * target);
        assertThat(Double.parseDouble(one("PART-HOLD-BACK=([0-9.]+)", playlist)))
                .isBetween(2 * part, 3 * part + 0.001);
        assertThat(playlist).contains("#EXT-X-RENDITION-REPORT:URI=\"../64k/index.m3u8\",LAST-MSN=3,LAST-PART=0\n");
        assertThat(all("EXTINF:([0-9.]+)", playlist))
                .allSatisfy(duration ->
                        assertThat(Math.round(Double.parseDouble(duration))).isLessThanOrEqualTo((long) target));
    }

    @Test
    void aListenersOwnPlaylistNamesTheMediaThatAllShare() {
        edge.begin(FIRST.toEpochMilli(), INITIALIZATIONS);
        segments(2);
        edge.append(slice());
        String own = playlist(true);
        var at = java.net.URI.create("https://veza.example/live/1/s/pass/128k/index.m3u8");
        assertThat(all("(?m)^([^#\\n]+)$|MAP:URI=\"([^\"]+)\"|TYPE=PART,URI=\"([^\"]+)\"|YES,URI=\"([^\"]+)\"", own))
                .hasSizeGreaterThan(10)
                .allSatisfy(address -> assertThat(at.resolve(address).getPath())
                        .startsWith("/live/1/128k/")
                        .doesNotContain("pass"));
        assertThat(own).contains("#EXT-X-RENDITION-REPORT:URI=\"../64k/index.m3u8\"");
        assertThat(own.replace("../../../128k/", "")).isEqualTo(playlist(false));
    }

    private void segments(int count) {
        for (int i = 0; i < count * Frames.PARTS_PER_SEGMENT; i++) {
            edge.append(slice());
        }
    }

    private static Slice slice() {
        return new Slice(
                Collections.nCopies(Rendition.ladder().size(), Collections.nCopies(Frames.PER_PART, new byte[100])));
    }

    private String playlist(boolean shared) {
        return new String(edge.playlist(edge.now(), 0, false, shared), StandardCharsets.UTF_8);
    }

    private static String one(String pattern, String text) {
        List<String> found = all(pattern, text);
        assertThat(found).as(pattern).hasSize(1);
        return found.getFirst();
    }

    /** What the first group that took part in each match holds. */
    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(LiveEdgeTest::group)
                .toList();
    }

    private static String group(MatchResult found) {
        for (int i = 1; i <= found.groupCount(); i++) {
            if (found.group(i) != null) {
                return found.group(i);
            }
        }
        throw new IllegalArgumentException("No group took part in " + found.group());
    }
}
