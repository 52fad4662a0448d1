package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody takes along is all of theirs and nothing of others, and when they are erased their files go too. */
class ExportTest extends SocketJourney {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] FILE = "a poem of four thousand and two words".getBytes(UTF_8);

    @Test
    void allOfThePersonsAndNothingOfOthers() throws Exception {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        String messages = "/api/rooms/" + room + "/messages";
        anna.client().send("PATCH", "/api/me", "{\"displayName\":\"Anna Exported\"}");
        String said = anna.client()
                .post(messages, Map.of("text", "first words of anna"))
                .text("messageId");
        anna.client().send("PATCH", messages + "/" + said, "{\"text\":\"second thoughts of anna\"}");
        Answer offered = anna.client().post("/api/uploads", Map.of("contentType", "text/plain", "size", FILE.length));
        String file = offered.text("attachmentId");
        assertThat(Client.upload(offered, "text/plain", FILE)).isEqualTo(200);
        anna.client().post(messages, Map.of("text", "with a poem", "attachments", java.util.List.of(file)));
        ben.client().post(messages, Map.of("text", "private words of ben"));
        ben.client().send("PUT", "/api/users/" + anna.id() + "/block", null);
        ben.client().send("PUT", messages + "/" + said + "/reactions/%F0%9F%91%8D", null);

        assertThat(product.anonymous().post("/api/me/export", Map.of()).status())
                .isEqualTo(401);
        Map<String, byte[]> archive = export(anna.client(), anna.token());

        JsonNode profile = JSON.readTree(archive.get("profile.json"));
        assertThat(profile.path("id").asString()).isEqualTo(anna.id());
        assertThat(profile.path("username").asString()).isEqualTo(anna.username());
        assertThat(profile.path("email").asString()).isEqualTo(anna.username() + "@example.org");
        assertThat(profile.path("displayName").asString()).isEqualTo("Anna Exported");
        assertThat(JSON.readTree(archive.get("history/chat.MessageSent.json")).findValuesAsString("text"))
                .containsExactly("first words of anna", "with a poem");
        assertThat(JSON.readTree(archive.get("history/chat.MessageEdited.json")).findValuesAsString("text"))
                .containsExactly("second thoughts of anna");
        assertThat(JSON.readTree(archive.get("history/identity.LoggedIn.json")).findValuesAsString("address"))
                .contains("127.0.0.1");
        assertThat(archive)
                .containsKeys("about.json", "history/identity.PersonRegistered.json", "history/chat.RoomCreated.json");
        assertThat(archive.get("attachments/" + file)).isEqualTo(FILE);

        StringBuilder all = new StringBuilder();
        archive.forEach((name, content) -> all.append(name).append(new String(content, UTF_8)));
        assertThat(all)
                .doesNotContain(
                        "private words of ben",
                        ben.username(),
                        "argon2",
                        "Hash",
                        "PersonBlocked",
                        "ReactionAdded",
                        "EmailVerificationRequested");

        Answer gone = anna.client().send("DELETE", "/api/me", null);
        assertThat(gone.status()).as(gone.toString()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            JsonNode certificate = product.anonymous()
                    .get(URI.create(gone.text("certificateUrl")).getPath())
                    .body();
            assertThat(certificate.path("complete").asBoolean())
                    .as(certificate.toString())
                    .isTrue();
            assertThat(certificate.toString())
                    .contains("0 of 1 are there")
                    .contains("rows of the read models (primary)", "rows of the read models (replica)");
        });
        assertThat(ben.client().get("/api/attachments/" + file).status()).isNotEqualTo(200);
        assertThat(ben.client().get(messages).status())
                .as("the room stays readable")
                .isEqualTo(200);
    }

    /** The files by their names. */
    static Map<String, byte[]> export(Client person, String token) throws Exception {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(person.base() + "/api/me/export"))
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(90))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        Map<String, byte[]> entries = new TreeMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
