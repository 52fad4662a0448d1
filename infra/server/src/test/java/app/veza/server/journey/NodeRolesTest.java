package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several nodes may share the roles out: each starts with any of them, is healthy, and serves what its roles say and nothing else. */
class NodeRolesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, String> NOBODY = Map.of();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    command            | 422
                    query              | 404
                    projections        | 404
                    gateway            | 404
                    command,gateway    | 422
                    query,projections  | 404
                    """)
    void aNodeStartsWithAnyRoles(String roles, int registering) {
        try (Product product = new Product(directory, Map.of("veza.roles", roles))) {
            Client client = product.anonymous();
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(client.get("/api/health"))
                            .extracting(Client.Answer::status, answer -> answer.text("status"))
                            .containsExactly(200, "UP"));
            assertThat(client.post("/auth/register", NOBODY).status()).isEqualTo(registering);
            assertThat(client.get("/api/rooms").status()).isEqualTo(401);
            assertThat(client.get("/openapi.json").status()).isEqualTo(200);
            if (roles.contains("gateway")) {
                assertThat(new Client("http://" + product.gateway(), null)
                                .get("/health")
                                .status())
                        .isEqualTo(200);
            }
        }
    }
}
