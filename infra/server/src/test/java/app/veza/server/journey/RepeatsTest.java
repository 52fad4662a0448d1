package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sends a command again, by its key or by the message's own id, gets the first answer, and nothing happens twice. */
class RepeatsTest extends SocketJourney {

    @Test
    void sameKeyAndBodyGiveTheSameAnswer() {
        Person anna = person();
        Map<String, ?> body = Map.of("name", "Once", "visibility", "private");
        Answer first = anna.client().post("/api/rooms", body, "Idempotency-Key", "k-1");
        Answer again = anna.client().post("/api/rooms", body, "Idempotency-Key", "k-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.position()).isEqualTo(first.position());
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        Person anna = person();
        anna.client().post("/api/rooms", Map.of("name", "One", "visibility", "private"), "Idempotency-Key", "k");
        Answer other = anna.client()
                .post("/api/rooms", Map.of("name", "Two", "visibility", "private"), "Idempotency-Key", "k");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void keysAreTheCallersOwn() {
        Map<String, ?> body = Map.of("name", "Mine", "visibility", "private");
        Answer annas = person().client().post("/api/rooms", body, "Idempotency-Key", "shared");
        Answer bens = person().client().post("/api/rooms", body, "Idempotency-Key", "shared");
        assertThat(bens.text("roomId")).isNotEqualTo(annas.text("roomId"));
    }

    @Test
    void aRestartForgetsNothing() {
        Person anna = person();
        String room = room(anna, "private");
        Map<String, ?> body = Map.of("text", "once", "clientMessageId", "c-1");
        Answer first = anna.client().post("/api/rooms/" + room + "/messages", body);
        product.restart();
        Client again = product.anonymous().as(login(anna.username(), PASSWORD).text("accessToken"));
        Answer repeated = again.post("/api/rooms/" + room + "/messages", body);
        assertThat(repeated.body()).isEqualTo(first.body());
    }
}
