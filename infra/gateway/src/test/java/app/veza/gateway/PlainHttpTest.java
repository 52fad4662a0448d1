package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainHttpTest {
    private static final List<CompletableFuture<HttpAnswer>> held = new CopyOnWriteArrayList<>();
    private static Fixture fixture;

    @BeforeAll
    static void start() {
        fixture = Fixture.start(
                Fixture.config().build(),
                builder -> builder.http("/held/{name}", call -> {
                            CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
                            held.add(answer);
                            return answer;
                        })
                        .http(
                                "/files/{name}",
                                HttpHandler.blocking(call -> HttpAnswer.json(
                                        200,
                                        call.pathVariables().get("name")
                                                + call.queryParameter("v").orElse("")))));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    @Test
    void healthIsServedBesideTheSockets() {
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            RawClient.Answer answer = client.write(get("/health")).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("content-type", "application/json");
            assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredOneAfterTheOther() {
        held.clear();
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            client.write(get("/held/x") + get("/files/second?v=2") + get("/nowhere") + get("/ws"));
            org.awaitility.Awaitility.await().until(() -> held.size() == 1);
            held.getFirst().complete(HttpAnswer.json(200, "first"));
            assertThat(client.answer().body()).isEqualTo("first");
            assertThat(client.answer().body()).isEqualTo("second2");
            RawClient.Answer missing = client.answer();
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.headers()).containsEntry("content-type", "application/problem+json");
            assertThat(client.answer().status()).isEqualTo(426);
        }
    }

    @Test
    void otherMethodsAndBodiesAreRefused() {
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            RawClient.Answer answer =
                    client.write("DELETE /health HTTP/1.1\r\nHost: a\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
        }
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            assertThat(client.write("GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                            .answer()
                            .status())
                    .isEqualTo(413);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aHandlerThatFailsIsAnInternalError() {
        held.clear();
        try (RawClient client = RawClient.socket(fixture.server.port())) {
            client.write(get("/held/y"));
            org.awaitility.Awaitility.await().until(() -> held.size() == 1);
            held.getFirst().completeExceptionally(new IllegalStateException("broken on purpose"));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("internal").doesNotContain("on purpose");
        }
    }
}
