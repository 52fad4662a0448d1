package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.command.http.Commands;
import app.veza.command.streaming.golive.GoLive;
import app.veza.command.streaming.interruptstream.InterruptStream;
import app.veza.command.streaming.markrecordingready.MarkRecordingReady;
import app.veza.command.streaming.resumestream.ResumeStream;
import app.veza.eventstore.command.CommandOptions;
import app.veza.server.journey.Client.Answer;
import app.veza.server.streaming.OnAir;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A stream from its opening to its recording, as its broadcaster and its listeners see it over HTTP and sockets. */
class StreamJourneyTest extends SocketJourney {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static String stream(Person broadcaster, String visibility) {
        Answer created =
                broadcaster.client().post("/api/streams", Map.of("title", "Evening jazz", "visibility", visibility));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.text("streamId");
    }

    private static long run(Object command) {
        return product.part(Commands.class).run(command, CommandOptions.none()).position();
    }

    /** As the node does that takes its audio. */
    private static OnAir.Taking goLive(Person broadcaster, String stream) {
        OnAir.Taking taking = product.part(OnAir.class).take(UUID.fromString(stream), () -> {});
        run(new GoLive(UUID.fromString(stream), UUID.fromString(broadcaster.id()), "audio/webm"));
        return taking;
    }

    private static JsonNode follow(Socket socket, Map<String, ?> stream) {
        return accepted(socket.ask("stream.subscribe", stream));
    }

    private static List<JsonNode> told(Socket socket, String type) {
        return socket.events().stream()
                .filter(event -> event.path("type").asString().equals(type))
                .toList();
    }

    private static JsonNode awaited(Socket socket, String type, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(told(socket, type)).hasSize(count));
        return told(socket, type).getLast();
    }

    private static Answer playlist(Person person, String stream) {
        return person.client().get("/live/" + stream + "/master.m3u8");
    }

    private static JsonNode seen(Person person, String stream, long position) {
        Answer answer = person.client().get("/api/streams/" + stream, "Veza-Min-Position", Long.toString(position));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void itIsFollowedFromItsOpeningToItsRecording(@TempDir Path directory) {
        Person ann = person();
        Person bob = person();
        String id = stream(ann, "public");
        UUID stream = UUID.fromString(id);
        try (Product another = product.anotherNode(directory)) {
            Socket bobs = socket(bob);
            Socket anns = socket(ann, another);
            JsonNode subscribed = follow(bobs, Map.of("streamId", id));
            follow(anns, Map.of("streamId", id));
            assertThat(subscribed.path("stream").path("state").asString()).isEqualTo("created");
            assertThat(subscribed
                            .path("stream")
                            .path("broadcaster")
                            .path("username")
                            .asString())
                    .isEqualTo(ann.username());

            assertThat(playlist(bob, id).status()).isEqualTo(404);
            try (OnAir.Taking taking = goLive(ann, id)) {
                JsonNode started = awaited(bobs, "stream.started", 1);
                Answer none = playlist(bob, id);
                assertThat(none.status()).as("audio is on the way").isEqualTo(503);
                assertThat(none.headers().firstValue("Retry-After")).hasValue("1");
                assertThat(started.path("stream").path("state").asString()).isEqualTo("live");
                assertThat(seen(bob, id, started.path("position").asLong())).isEqualTo(started.path("stream"));

                Answer joined = bob.client().post("/api/streams/" + id + "/listeners/me", Map.of());
                assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
                assertThat(joined.text("playbackUrl")).contains("/live/" + id + "/s/");
                Answer again = bob.client().post("/api/streams/" + id + "/listeners/me", Map.of());
                assertThat(again.text("listeningId")).isEqualTo(joined.text("listeningId"));
                await().atMost(SOON)
                        .until(() -> told(anns, "stream.listeners").stream()
                                .anyMatch(told -> told.path("listeners").asInt() == 1));
                JsonNode heard = seen(ann, id, joined.position());
                assertThat(heard.path("listeners").asInt()).isEqualTo(1);
                assertThat(heard.path("peakListeners").asInt()).isEqualTo(1);

                Answer told = ann.client().send("PATCH", "/api/streams/" + id, "{\"nowPlaying\": \"So What\"}");
                assertThat(told.status()).as(told.toString()).isEqualTo(204);
                assertThat(awaited(anns, "stream.updated", 1)
                                .path("stream")
                                .path("nowPlaying")
                                .asString())
                        .isEqualTo("So What");
                run(new InterruptStream(stream, Long.MAX_VALUE));
                assertThat(awaited(bobs, "stream.updated", 2)
                                .path("stream")
                                .path("state")
                                .asString())
                        .isEqualTo("interrupted");
                run(new ResumeStream(stream, 1200));
                assertThat(awaited(bobs, "stream.updated", 3)
                                .path("stream")
                                .path("state")
                                .asString())
                        .isEqualTo("live");
            }
            assertThat(ann.client()
                            .post("/api/streams/" + id + "/stop", Map.of())
                            .status())
                    .isEqualTo(200);
            JsonNode stopped = awaited(bobs, "stream.stopped", 1);
            assertThat(stopped.path("stream").path("listeners").asInt()).isZero();
            assertThat(stopped.path("stream").path("peakListeners").asInt()).isEqualTo(1);
            assertThat(stopped.path("stream").has("nowPlaying")).isFalse();
            assertThat(awaited(anns, "stream.stopped", 1)).isEqualTo(stopped);
            assertThat(bob.client()
                            .post("/api/streams/" + id + "/listeners/me", Map.of())
                            .problem())
                    .isEqualTo("stream-ended");

            run(new MarkRecordingReady(stream, 60_000, 960_000));
            JsonNode recorded = awaited(bobs, "stream.updated", 4);
            assertThat(seen(bob, id, recorded.path("position").asLong())).isEqualTo(recorded.path("stream"));
            assertThat(recorded.path("stream").has("recordingUrl")).isTrue();
            Answer deleted = ann.client().send("DELETE", "/api/streams/" + id + "/recording", null);
            assertThat(deleted.status()).as(deleted.toString()).isEqualTo(204);
            assertThat(awaited(anns, "stream.updated", 5).path("stream").has("recordingUrl"))
                    .isFalse();
        }
    }

    @Test
    void aPrivateOneIsForWhomItsBroadcasterLetsIn() {
        Person ann = person();
        Person bob = person();
        String id = stream(ann, "private");
        Map<String, String> it = Map.of("streamId", id);
        String guest = "/api/streams/" + id + "/guests/" + bob.id();
        String listen = "/api/streams/" + id + "/listeners/me";
        Socket bobs = socket(bob);
        assertThat(problem(bobs.ask("stream.subscribe", it))).isEqualTo("not-found");
        assertThat(bob.client().post(listen, Map.of()).status()).isEqualTo(404);
        assertThat(bob.client().get("/api/streams/" + id).status()).isEqualTo(404);

        Answer invited = ann.client().send("PUT", guest, null);
        assertThat(invited.status()).as(invited.toString()).isEqualTo(204);
        follow(bobs, it);
        assertThat(seen(bob, id, invited.position()).has("playbackUrl"))
                .as("of a private stream it is signed for each")
                .isFalse();
        try (OnAir.Taking taking = goLive(ann, id)) {
            awaited(bobs, "stream.started", 1);
            assertThat(bob.client().post(listen, Map.of()).status()).isEqualTo(200);

            Answer removed = ann.client().send("DELETE", guest, null);
            assertThat(removed.status()).as(removed.toString()).isEqualTo(204);
            assertThat(bob.client().post(listen, Map.of()).status()).isEqualTo(404);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(seen(ann, id, 0).path("listeners").asInt())
                                    .isZero());
            ann.client().send("PATCH", "/api/streams/" + id, "{\"nowPlaying\": \"Among ourselves\"}");
            Socket anns = socket(ann);
            follow(anns, it);
            assertThat(told(bobs, "stream.updated")).isEmpty();
            assertThat(problem(bobs.ask("stream.subscribe", it))).isEqualTo("not-found");
        }
    }

    @Test
    void whoLeavesIsNoListenerAndWhoUnsubscribesIsToldNothing() {
        Person ann = person();
        Person bob = person();
        String id = stream(ann, "public");
        Socket bobs = socket(bob);
        follow(bobs, Map.of("streamId", id));
        bob.client().post("/api/streams/" + id + "/listeners/me", Map.of());
        awaited(bobs, "stream.listeners", 1);

        Answer left = bob.client().send("DELETE", "/api/streams/" + id + "/listeners/me", null);
        assertThat(left.status()).as(left.toString()).isEqualTo(204);
        assertThat(awaited(bobs, "stream.listeners", 2).path("listeners").asInt())
                .isZero();
        assertThat(seen(bob, id, left.position()).path("listeners").asInt()).isZero();
        assertThat(bob.client()
                        .send("DELETE", "/api/streams/" + id + "/listeners/me", null)
                        .status())
                .isEqualTo(204);

        accepted(bobs.ask("stream.unsubscribe", Map.of("streamId", id)));
        ann.client().post("/api/streams/" + id + "/stop", Map.of());
        Socket later = socket(bob);
        assertThat(follow(later, Map.of("streamId", id))
                        .path("stream")
                        .path("state")
                        .asString())
                .isEqualTo("ended");
        assertThat(told(bobs, "stream.stopped")).isEmpty();
        assertThat(problem(bobs.ask("stream.subscribe", Map.of("streamId", "jazz"))))
                .isEqualTo("invalid");
    }
}
