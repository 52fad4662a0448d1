package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where sessions are over soon: what was opened in one goes with it. */
class ShortSessionTest {

    private static final Map<String, String> ACCOUNT =
            Map.of("username", "brief", "email", "brief@example.org", "password", "correct horse battery");

    @TempDir
    Path directory;

    private Product product;

    @BeforeEach
    void start() {
        product = new Product(directory, Map.of("veza.tokens.session-life", "20s", "veza.tokens.access-life", "20s"));
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void socketsAreClosedWhenTheirSessionIsOver() {
        assertThat(product.anonymous().post("/auth/register", ACCOUNT).status()).isEqualTo(201);
        Answer login = product.anonymous().post("/auth/login", ACCOUNT);
        Client client = product.anonymous().as(login.text("accessToken"));
        String address = "ws://" + product.gateway() + "/ws";
        String ticket = client.post("/auth/ws-ticket", Map.of()).text("ticket");
        try (Socket byToken = Socket.open(address, client.token());
                Socket byTicket = Socket.open(address + "?ticket=" + ticket, null)) {
            for (Socket socket : new Socket[] {byToken, byTicket}) {
                assertThat(socket.closeCode(Duration.ofSeconds(60))).isEqualTo(4401);
                assertThat(socket.received())
                        .extracting(frame -> frame.path("type").asString())
                        .containsExactly("session.ended");
            }
        }
        assertThat(client.get("/api/me").status()).isEqualTo(401);
        assertThat(product.anonymous()
                        .post("/auth/refresh", Map.of("refreshToken", login.text("refreshToken")))
                        .status())
                .isEqualTo(401);
    }
}
