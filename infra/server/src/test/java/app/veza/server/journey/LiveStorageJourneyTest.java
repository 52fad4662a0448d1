package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is stored of streams: while the storage is away, and when it is to be no more. */
class LiveStorageJourneyTest extends LiveAudioJourney {

    @Test
    void whoBeginsWhileTheStorageIsAwayIsHeardAndRecordedLater() throws Exception {
        Person anna = person();
        String stream = stream(anna, "public", true);
        storage.shut();
        try (var broadcaster = new Broadcaster(address(product, stream), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 6));
            await().atMost(PATIENCE).until(() -> state(anna, stream).equals("live"));
            await().atMost(PATIENCE)
                    .until(() -> text(product, stream, "128k/index.m3u8").contains("#EXTINF"));
            storage.open();
            end(anna, stream);
        }
        await().atMost(PATIENCE)
                .until(() -> anna.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        byte[] heard = Broadcaster.listen(url(product, stream, "recording.m4a"));
        assertThat(heard.length / (double) BYTES_A_SECOND).isBetween(5.8, 6.3);
    }

    @Test
    void whatIsDeletedWhileTheStorageIsAwayGoesLaterAndHoldsUpNoOthersEnd() throws Exception {
        Person anna = person();
        String recorded = recorded(anna);
        String live = stream(anna, "public", false);
        try (var broadcaster = new Broadcaster(address(product, live), anna.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 4));
            await().atMost(PATIENCE).until(() -> state(anna, live).equals("live"));
            storage.shut();
            assertThat(anna.client()
                            .send("DELETE", "/api/streams/" + recorded + "/recording", null)
                            .status())
                    .isEqualTo(204);
            end(anna, live);
            assertThat(broadcaster.closed().get(60, TimeUnit.SECONDS)).isEqualTo(1000);
        }
        // The node that was told of it is no more when the storage is back
        product.close();
        storage.open();
        assertThat(files(recorded)).isNotEmpty();
        product.start();
        await().atMost(PATIENCE).until(() -> files(recorded).isEmpty());
    }

    @Test
    void whoIsErasedLeavesNoRecording() {
        Person anna = person();
        String recorded = recorded(anna);
        assertThat(files(recorded)).isNotEmpty();
        Answer gone = anna.client().send("DELETE", "/api/me", null);
        assertThat(gone.status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> files(recorded).isEmpty());
        assertThat(product.anonymous()
                        .get(URI.create(gone.text("certificateUrl")).getPath())
                        .body()
                        .toString())
                .contains("something of 0 of 1 streams is there");
    }

    /** One that has ended, and of which the recording is there. */
    private static String recorded(Person owner) {
        String stream = stream(owner, "public", true);
        try (var broadcaster = new Broadcaster(address(product, stream), owner.token())) {
            broadcaster.send(Broadcaster.tone("webm", 440, 4));
            await().atMost(PATIENCE).until(() -> state(owner, stream).equals("live"));
            end(owner, stream);
        }
        await().atMost(PATIENCE)
                .until(() -> owner.client().get("/api/streams/" + stream).body().has("recordingUrl"));
        return stream;
    }
}
