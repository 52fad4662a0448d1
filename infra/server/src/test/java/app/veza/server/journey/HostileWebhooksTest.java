package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Webhooks by which somebody would have the platform ask what they cannot reach themselves. */
class HostileWebhooksTest extends HostileStage {

    /** Of this machine, of its neighbours, of clouds' metadata, of nobody, in all ways to write them; and what is no address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://localhost:8443/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[64:ff9b::10.0.0.1]/",
                "https://[2002:7f00:1::]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://nowhere.invalid/",
                "http://8.8.8.8/",
                "https://8.8.8.8:22/",
                "https://user:word@8.8.8.8/",
                "https://8.8.8.8/#there",
                "https://8.8.8.8@127.0.0.1/",
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "//8.8.8.8/",
                "nonsense"
            })
    void webhooksIntoPrivateNetworks(String url) {
        String webhook = webhook();
        long before = head();
        Answer registered =
                client.post("/api/webhooks", Map.of("url", url, "types", List.of("message.sent"), "roomId", room));
        Answer moved = client.send("PATCH", "/api/webhooks/" + webhook, json(Map.of("url", url)));

        for (Answer refused : List.of(registered, moved)) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/url");
            assertThat(refused.body().toString()).doesNotContain(url);
            assertThat(LEAK.matcher(refused.body().toString()).find()).isFalse();
        }
        assertThat(head()).isEqualTo(before);
        assertThat(client.get("/api/webhooks/" + webhook).text("url")).isEqualTo("https://8.8.8.8/");
        assertThat(client.send("DELETE", "/api/webhooks/" + webhook, null).status())
                .isEqualTo(204);
    }

    /** The same words for what is there and what is not: nobody maps the network within. */
    @Test
    void whatIsWithinLooksLikeWhatIsNowhere() {
        List<JsonNode> answers = List.of("https://127.0.0.1/", "https://10.0.0.1/", "https://nowhere.invalid/").stream()
                .map(url -> client.post("/api/webhooks", Map.of("url", url, "types", List.of("stream.started"))))
                .map(answer -> answer.body().path("errors"))
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
    }

    private static String webhook() {
        Answer registered = client.post(
                "/api/webhooks", Map.of("url", "https://8.8.8.8/", "types", List.of("message.sent"), "roomId", room));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        return registered.text("webhookId");
    }
}
