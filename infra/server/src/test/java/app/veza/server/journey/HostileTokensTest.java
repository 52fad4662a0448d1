package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens that are forged, out of time or used twice. */
class HostileTokensTest extends HostileStage {

    @Test
    void tokensThatAreNotOurs() {
        var tokens = new Tokens(directory.resolve("node/keys"), client.token());
        tokens.forged().forEach((why, token) -> {
            Answer refused = client.as(token).get("/api/me");
            assertThat(refused.status()).as(why).isEqualTo(401);
            assertThat(LEAK.matcher(refused.body().toString()).find()).as(why).isFalse();
            assertThat(SocketRefusal.status("ws://" + product.gateway() + "/ws", token))
                    .as(why)
                    .isEqualTo(401);
        });
        assertThat(client.as(tokens.good()).get("/api/me").status())
                .as("signed as they are, so the forger knows how")
                .isEqualTo(200);
    }

    @Test
    void aTokenThatIsReplayedEndsItsSession() {
        Answer once = product.anonymous()
                .post("/auth/login", Map.of("username", "target", "password", "correct horse battery"));
        String stolen = once.text("refreshToken");
        Answer next = product.anonymous().post("/auth/refresh", Map.of("refreshToken", stolen));
        assertThat(next.status()).isEqualTo(200);

        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", stolen))
                        .status())
                .isEqualTo(401);
        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", next.text("refreshToken")))
                        .status())
                .isEqualTo(401);
        assertThat(client.as(next.text("accessToken")).get("/api/me").status()).isEqualTo(401);
        for (String nonsense :
                List.of(refreshToken + "x", "x", "'; --", "../" + refreshToken, "\u00e9".repeat(5_000))) {
            assertThat(product.anonymous()
                            .post("/auth/refresh", Map.of("refreshToken", nonsense))
                            .status())
                    .isIn(401, 422);
        }
    }
}
