package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a session that began a while ago is good for, and what it is not any more. */
class OldSessionTest extends SocketJourney {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Answer refreshed(Person person, Duration ago) {
        String token = FormerSessions.begin(product, person.id(), ago);
        return product.anonymous().post("/auth/refresh", Map.of("refreshToken", token));
    }

    @Test
    void whoWasAwayForTwoWeeksSignsInAgain() {
        Person anna = person();
        Answer near = refreshed(anna, Duration.ofDays(14).minusMinutes(10));
        assertThat(near.status()).as(near.toString()).isEqualTo(200);
        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", near.text("refreshToken")))
                        .status())
                .as("it was used a moment ago, however old it is")
                .isEqualTo(200);
        assertThat(refreshed(anna, Duration.ofDays(14)).status()).isEqualTo(401);
    }

    @Test
    void whatOpensTheAccountIsChangedByWhoProvesAnewThatItIsThem() {
        Person anna = person();
        String recent = refreshed(anna, Duration.ofMinutes(5)).text("accessToken");
        Client old =
                product.anonymous().as(refreshed(anna, Duration.ofMinutes(10)).text("accessToken"));
        var app = new Authenticator(old.post("/auth/totp/begin", Map.of()).text("secret"));
        assertThat(old.post("/auth/totp/confirm", Map.of("code", app.code(-1))).problem())
                .isEqualTo("proof-required");
        Answer wrong = old.post("/auth/totp/confirm", Map.of("code", app.code(-1), "password", "wrong one"));
        assertThat(wrong.body().at("/errors/0/pointer").asString()).isEqualTo("/password");
        assertThat(product.anonymous()
                        .as(recent)
                        .post("/auth/totp/confirm", Map.of("code", "nonsense"))
                        .status())
                .as("nothing is asked for in a session that began a moment ago")
                .isEqualTo(422);
        await().atMost(PATIENCE)
                .until(() -> old.post("/auth/totp/confirm", Map.of("code", app.code(-1), "password", PASSWORD))
                                .status()
                        == 200);
    }
}
