package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the product does not do, it refuses with the status and the name of the contract. */
class RefusalsTest extends SocketJourney {

    @Test
    void takenName() {
        Person anna = person();
        Answer taken = register(anna.username().toUpperCase(Locale.ROOT));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.problem()).isEqualTo("username-taken");
    }

    @Test
    void unknownUserAndWrongPasswordAnswerAlike() {
        Answer wrong = login(person().username(), "not my password");
        Answer unknown = login("nobody-of-this-name", PASSWORD);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void noTokenOrAWrongOne() {
        Answer none = product.anonymous().get("/api/me");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(product.anonymous().as("not.a.token").get("/api/me").status())
                .isEqualTo(401);
    }

    @Test
    void privateRoomsAreNotKnownToOthers() {
        String room = room(person(), "private");
        Client stranger = person().client();
        assertThat(stranger.get("/api/rooms/" + room).status()).isEqualTo(404);
        assertThat(stranger.get("/api/rooms/" + room + "/messages").status()).isEqualTo(404);
        assertThat(stranger.send("PUT", "/api/rooms/" + room + "/members/me", null)
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/rooms/" + room + "/messages", Map.of("text", "hm"))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-7000-8000-000000000000, 404, not-found",
        "not-an-id, 400, malformed",
    })
    void wrongRoom(String room, int status, String problem) {
        Answer refused = person().client().post("/api/rooms/" + room + "/messages", Map.of("text", "anybody?"));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.problem()).isEqualTo(problem);
    }

    @Test
    void wrongTexts() {
        Person anna = person();
        String messages = "/api/rooms/" + room(anna, "private") + "/messages";
        Answer empty = anna.client().post(messages, Map.of("text", ""));
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.body().path("errors").path(0).path("pointer").asString())
                .isEqualTo("/text");
        assertThat(anna.client()
                        .post(messages, Map.of("text", "x".repeat(20_000)))
                        .status())
                .isEqualTo(422);
        assertThat(anna.client()
                        .post(messages, Map.of("text", "x".repeat(10_000)))
                        .status())
                .isEqualTo(201);
        assertThat(anna.client().post(messages, Map.of()).status()).isEqualTo(422);
    }

    @Test
    void bodiesThatAreNotTheJsonThatIsExpected() {
        Person anna = person();
        String messages = "/api/rooms/" + room(anna, "private") + "/messages";
        Answer malformed = anna.client().send("POST", messages, "{\"text\": ");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.problem()).isEqualTo("malformed");
        assertThat(anna.client().send("POST", messages, "{\"text\": {}}").status())
                .isEqualTo(400);
        assertThat(anna.client()
                        .send("POST", messages, "{\"text\": \"" + "x".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
        Answer deep = anna.client().send("POST", messages, "{\"other\": " + "[".repeat(40) + "]".repeat(40) + "}");
        assertThat(deep.status()).isEqualTo(400);
        assertThat(deep.text("detail")).contains("32 levels");
        assertThat(anna.client()
                        .send("POST", messages, "{\"text\": \"Packed?\"}", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.9", "1e30", "12345678901234567890123"})
    void numbersThatWouldHaveToBeCut(String seconds) {
        Person anna = person();
        String room = room(anna, "private");
        Answer answer =
                anna.client().send("PUT", "/api/rooms/" + room + "/slow-mode", "{\"seconds\": " + seconds + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/seconds");
    }

    @Test
    void unknownPathsAndMethods() {
        Person anna = person();
        Answer nowhere = anna.client().get("/api/nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.problem()).isEqualTo("not-found");
        assertThat(anna.client().send("DELETE", "/api/me/", null).status()).isEqualTo(404);
        assertThat(anna.client().send("PUT", "/api/rooms", "{}").status()).isEqualTo(405);
    }
}
