package app.veza.bench.demo;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One person's stream. */
final class Broadcast {

    private final Person broadcaster;
    private final String id;
    private final URI ingest;
    private final String playback;

    private Broadcast(Person broadcaster, String id, URI ingest, String playback) {
        this.broadcaster = broadcaster;
        this.id = id;
        this.ingest = ingest;
        this.playback = playback;
    }

    /** That of the run before, if it has not ended; each has its number in its key. */
    static Broadcast open(Person broadcaster) throws InterruptedException {
        for (int number = 1; ; number++) {
            JsonNode created = broadcaster
                    .client()
                    .command(
                            "POST",
                            "/api/streams",
                            Map.of(
                                    "title",
                                    "Harbour radio",
                                    "description",
                                    "A tune that goes round, from the demo",
                                    "visibility",
                                    "public",
                                    "record",
                                    false),
                            "demo-stream-" + number);
            String id = created.path("streamId").asString();
            String state = broadcaster.client().get("/api/streams/" + id).text("state");
            if (!state.equals("ended")) {
                return new Broadcast(
                        broadcaster,
                        id,
                        URI.create(created.path("ingestUrl").asString()),
                        created.path("playbackUrl").asString());
            }
        }
    }

    String id() {
        return id;
    }

    String playback() {
        return playback;
    }

    boolean isOnAir() throws InterruptedException {
        return broadcaster.client().get("/api/streams/" + id).text("state").equals("live");
    }

    /** It is on a list of listeners, whoever of them really plays it. */
    void join(Person listener) throws InterruptedException {
        listener.client().command("POST", "/api/streams/" + id + "/listeners/me", null, "demo-listens-" + id);
    }

    Feed feed() {
        return new Feed(ingest, broadcaster.client().token());
    }

    void stop() throws InterruptedException {
        broadcaster.client().command("POST", "/api/streams/" + id + "/stop", null, "demo-stop-" + id);
    }
}
