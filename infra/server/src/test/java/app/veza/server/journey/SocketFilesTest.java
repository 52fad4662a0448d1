package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.server.node.UploadCleaning;
import app.veza.stores.ObjectStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files that go with messages: from their senders to the bucket, and no other content than was sent. */
class SocketFilesTest extends SocketJourney {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aFileGoesFromItsSenderToTheBucketAndWithAMessage() throws Exception {
        Person anna = person();
        String room = room(anna, "public");
        Socket annas = socket(anna);
        follow(annas, room);
        byte[] file = "\u0089PNG and so on".getBytes(StandardCharsets.ISO_8859_1);
        Answer offered = anna.client().post("/api/uploads", Map.of("contentType", "image/png", "size", file.length));
        assertThat(offered.status()).as(offered.toString()).isEqualTo(201);
        String id = offered.text("attachmentId");
        Map<String, Object> message = Map.of("roomId", room, "text", "Look", "attachments", List.of(id));
        assertThat(problem(annas.ask("message.send", message))).isEqualTo("invalid");

        assertThat(Client.upload(offered, "image/png", new byte[file.length + 1]))
                .as("more than was offered")
                .isEqualTo(403);
        assertThat(Client.upload(offered, "text/html", file)).isEqualTo(403);
        assertThat(Client.upload(offered, "image/png", file)).isEqualTo(200);
        accepted(annas.ask("message.send", message));

        JsonNode attachment =
                annas.events(1).getFirst().path("message").path("attachments").path(0);
        assertThat(attachment.path("id").asString()).isEqualTo(id);
        assertThat(attachment.path("size").asInt()).isEqualTo(file.length);
        assertThat(attachment.path("url").asString()).startsWith("http").endsWith("/api/attachments/" + id);
    }

    /** The address that takes the file is good for some minutes more. */
    @Test
    void whatItsSenderUploadsAfterwardsChangesNoMessage() throws Exception {
        Person anna = person();
        String room = room(anna, "public");
        Answer offered = anna.client().post("/api/uploads", Map.of("contentType", "text/plain", "size", 4));
        String id = offered.text("attachmentId");
        assertThat(Client.upload(offered, "text/plain", "typo".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(200);
        assertThat(Client.upload(offered, "text/plain", "said".getBytes(StandardCharsets.UTF_8)))
                .as("not sent yet")
                .isEqualTo(200);
        Map<String, Object> message = Map.of("text", "Read this", "attachments", List.of(id));
        Answer sent = anna.client().post("/api/rooms/" + room + "/messages", message);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);

        assertThat(Client.upload(offered, "text/plain", "lies".getBytes(StandardCharsets.UTF_8)))
                .as("a storage takes it")
                .isEqualTo(200);
        Answer again = anna.client().post("/api/rooms/" + room + "/messages", message);

        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        Answer link = anna.client().get("/api/attachments/" + id, "Veza-Min-Position", Long.toString(again.position()));
        assertThat(content(link.headers().firstValue("Location").orElseThrow())).isEqualTo("said");
    }

    private static String content(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void filesThatNoMessageBearsAreThrownAwayInTheEnd() throws Exception {
        Person anna = person();
        String room = room(anna, "public");
        Socket annas = socket(anna);
        byte[] file = "a file".getBytes(StandardCharsets.UTF_8);
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Answer offered = anna.client().post("/api/uploads", Map.of("contentType", "text/plain", "size", 6));
            assertThat(Client.upload(offered, "text/plain", file)).isEqualTo(200);
            files.add(offered.text("attachmentId"));
        }
        accepted(annas.ask(
                "message.send", Map.of("roomId", room, "text", "Keep", "attachments", List.of(files.get(0)))));
        JsonNode taken = accepted(annas.ask(
                "message.send", Map.of("roomId", room, "text", "Drop", "attachments", List.of(files.get(1)))));
        accepted(annas.ask(
                "message.delete",
                Map.of("roomId", room, "messageId", taken.path("messageId").asString())));
        ObjectStore bucket = product.part(ObjectStore.class);
        UploadCleaning cleaning = product.part(UploadCleaning.class);

        cleaning.clean(Instant.now().plus(Duration.ofHours(22)));
        assertThat(files).allMatch(id -> bucket.size("uploads/" + id).isPresent());
        assertThat(files.stream().map(id -> bucket.size("attachments/" + id).isPresent()))
                .containsExactly(true, true, false);
        await().atMost(SOON).untilAsserted(() -> {
            cleaning.clean(Instant.now().plus(Duration.ofHours(25)));
            assertThat(files.stream().map(id -> bucket.size("attachments/" + id).isPresent()))
                    .containsExactly(true, false, false);
            assertThat(files).noneMatch(id -> bucket.size("uploads/" + id).isPresent());
        });
    }
}
