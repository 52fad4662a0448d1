package app.veza.server.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.query.http.Caller;
import app.veza.server.streaming.PlaybackLinks.Pass;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlaybackLinksTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final PlaybackLinks links = new PlaybackLinks(URI.create("https://veza.example/base"), new byte[32]);
    private final Pass pass =
            new Pass(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), NOW.plusSeconds(60));

    private final Caller caller = new Caller(pass.personId(), pass.sessionId(), List.of());

    private static String segment(URI link) {
        return link.getPath().split("/")[5];
    }

    @Test
    void aLinkStandsForItsListeningUntilItExpires() {
        URI link = links.sign(pass);

        assertThat(link.toString())
                .startsWith("https://veza.example/base/live/" + pass.streamId() + "/s/")
                .endsWith("/master.m3u8");
        assertThat(links.verify(pass.streamId(), segment(link), NOW)).contains(pass);
        assertThat(links.verify(pass.streamId(), segment(link), pass.expiresAt().minusSeconds(1)))
                .contains(pass);
        assertThat(links.verify(pass.streamId(), segment(link), pass.expiresAt()))
                .isEmpty();
    }

    @Test
    void itIsGoodForNoOtherStream() {
        assertThat(links.verify(UUID.randomUUID(), segment(links.sign(pass)), NOW))
                .isEmpty();
    }

    @Test
    void nobodyMakesOrStretchesOne() {
        String good = segment(links.sign(pass));
        String longer = good.replace(
                Long.toString(pass.expiresAt().getEpochSecond()),
                Long.toString(pass.expiresAt().getEpochSecond() + 1));
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        String anothers = segment(new PlaybackLinks(URI.create("https://veza.example/base"), otherKey).sign(pass));

        assertThat(links.verify(pass.streamId(), longer, NOW)).isEmpty();
        assertThat(links.verify(pass.streamId(), anothers, NOW)).isEmpty();
        assertThat(links.verify(pass.streamId(), good + "A", NOW)).isEmpty();
        assertThat(links.verify(pass.streamId(), "", NOW)).isEmpty();
    }

    @Test
    void whatWasRecordedInPublicIsOpenToAnybody() {
        assertThat(links.openRecording(pass.streamId()))
                .isEqualTo(URI.create("https://veza.example/base/live/" + pass.streamId() + "/recording.m4a"));
    }

    @Test
    void whatWasRecordedInPrivateIsHeardByALinkThatEnds() {
        URI link = links.signRecording(pass.personId(), pass.sessionId(), pass.streamId(), pass.expiresAt());

        assertThat(link.toString()).endsWith("/recording.m4a");
        assertThat(links.verify(pass.streamId(), segment(link), NOW))
                .hasValueSatisfying(whose -> assertThat(whose.personId()).isEqualTo(pass.personId()));
        assertThat(links.verify(pass.streamId(), segment(link), pass.expiresAt()))
                .isEmpty();
    }

    @Test
    void whatIsLiveComesFromTheCdnAndWhatWasRecordedFromTheProduct() {
        assertThat(published(NOW).live(pass.streamId()).toString())
                .startsWith("https://cdn.example/live/" + pass.streamId());
        assertThat(published(NOW).recording(pass.streamId()).toString())
                .startsWith("https://veza.example/base/live/" + pass.streamId());
        assertThat(published(NOW).recordingFor(caller, pass.streamId()).toString())
                .startsWith("https://veza.example/base/live/" + pass.streamId() + "/s/");
    }

    private PublishedLinks published(Instant now) {
        var cdn = new PlaybackLinks(URI.create("https://cdn.example"), new byte[32]);
        return new PublishedLinks(cdn, links, Duration.ofHours(6), () -> now);
    }

    @Test
    void itIsTheSameForAnHour() {
        URI atNoon = published(NOW).recordingFor(caller, pass.streamId());
        URI later = published(NOW.plusSeconds(3_599)).recordingFor(caller, pass.streamId());

        assertThat(later).isEqualTo(atNoon);
        assertThat(links.verify(pass.streamId(), segment(atNoon), NOW.plus(Duration.ofHours(6))))
                .isPresent();
        assertThat(links.verify(pass.streamId(), segment(atNoon), NOW.plus(Duration.ofHours(7))))
                .isEmpty();
    }
}
