package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.InvalidInput;
import app.veza.event.notification.WebhookRegistered;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class WebhookDoorsTest {

    private static Doors doors;
    private static String ann;

    @BeforeAll
    static void open() {
        doors = new Doors();
        String credentials = "\"username\": \"ann\", \"password\": \"correct horse\"";
        doors.post("/auth/register", null, "{%s, \"email\": \"ann@example.org\"}".formatted(credentials));
        ann = doors.post("/auth/login", null, "{" + credentials + "}").json("$.accessToken");
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    private static Doors.Answer register(String host, String... headers) {
        return doors.post(
                "/api/webhooks",
                ann,
                "{\"url\": \"https://%s/\", \"types\": [\"stream.stopped\", \"stream.started\", \"stream.stopped\"]}"
                        .formatted(host),
                headers);
    }

    private static List<String> pointers(Doors.Answer answer) {
        assertThat(answer.rejection()).isInstanceOf(InvalidInput.class);
        return ((InvalidInput) answer.rejection())
                .faults().stream().map(InvalidInput.Fault::pointer).toList();
    }

    @Test
    void aRepeatIsAnsweredAsAtFirstWhateverTheNameSaysByNow() {
        Doors.Answer first = register("first.example", "Idempotency-Key", "k-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.headers()).containsEntry("Cache-Control", "no-store");
        doors.bean(KnownHosts.class).moveInwards("first.example");

        Doors.Answer again = register("first.example", "Idempotency-Key", "k-1");
        assertThat(again.body()).isEqualTo(first.body());
        Doors.Answer anew = register("first.example", "Idempotency-Key", "k-2");
        assertThat(anew.status()).isEqualTo(422);
        assertThat(pointers(anew)).containsExactly("/url");
    }

    @Test
    void aSecretIsRandomAndStandsInItsEventAlone() {
        Doors.Answer one = register("one.example");
        Doors.Answer other = register("one.example");
        String secret = one.json("$.secret");

        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=").isNotEqualTo(other.<String>json("$.secret"));
        assertThat(doors.events())
                .filteredOn(WebhookRegistered.class::isInstance)
                .map(event -> ((WebhookRegistered) event).secret())
                .contains(secret);
        assertThat(doors.send(HttpMethod.GET, "/api/webhooks", ann, null).body())
                .contains(one.<String>json("$.webhookId"))
                .doesNotContain("whsec_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /url /types",
                "{\"url\": \"https://h.example/\", \"types\": []} | /types",
                "{\"url\": \"https://h.example/\", \"types\": [\"message.sent\"]} | /types",
                "{\"url\": \"https://h.example/\", \"types\": [\"stream.started\", \"everything\", null]} | /types/1 /types/2",
                "{\"url\": \"https://h.example/\", \"types\": [\"stream.started\"], \"roomId\": \"1\"} | /roomId"
            })
    void whatIsWrongIsTold(String body, String pointers) {
        assertThat(pointers(doors.post("/api/webhooks", ann, body))).containsExactly(pointers.split(" "));
    }

    @Test
    void aChangeNamesSomething() {
        String webhook = register("changed.example").json("$.webhookId");
        Doors.Answer nothing = doors.send(HttpMethod.PATCH, "/api/webhooks/" + webhook, ann, "{}");

        assertThat(nothing.status()).isEqualTo(422);
        assertThat(doors.send(HttpMethod.PATCH, "/api/webhooks/" + webhook, ann, "{\"enabled\": false}")
                        .status())
                .isEqualTo(204);
        assertThat(doors.send(HttpMethod.GET, "/api/webhooks/" + webhook, ann, null)
                        .<String>json("$.disabledBecause"))
                .isEqualTo("by_owner");
    }
}
