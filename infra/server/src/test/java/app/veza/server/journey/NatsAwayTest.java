package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** NATS ends under a product that runs: who sends a command is told so, and what to do; done again afterwards, it happens once. */
class NatsAwayTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A few milliseconds on a machine that has nothing else to do. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** An append may take five seconds, and whoever asks on the way there a few more. */
    private static final Duration IN_TIME = Duration.ofSeconds(15);

    @TempDir
    static Path directory;

    private static NatsServer nats;
    private static Product product;

    private Person anna;
    private String room;

    @BeforeAll
    static void start() {
        nats = NatsServer.start(NatsServerOptions.temporary());
        // It is back when the test says so
        nats.supervised(false);
        product = new Product(directory, Map.of("veza.nats.url", nats.url()));
    }

    @AfterAll
    static void stop() {
        product.close();
        nats.close();
    }

    @BeforeEach
    void enter() {
        anna = SocketJourney.person(product);
        room = SocketJourney.room(anna, "public");
    }

    @AfterEach
    void goOn() {
        if (!nats.isRunning()) {
            nats.restart();
        }
    }

    private Answer say(String text) {
        return anna.client()
                .post(
                        "/api/rooms/" + room + "/messages",
                        Map.of("text", text),
                        "Idempotency-Key",
                        text.replace(" ", "-"));
    }

    private List<String> said() {
        Answer last = say("that is all");
        assertThat(last.status()).as(last.toString()).isEqualTo(201);
        return anna
                .client()
                .get("/api/rooms/" + room + "/messages?order=asc&limit=100", "Veza-Min-Position", "" + last.position())
                .body()
                .path("items")
                .findValuesAsString("text")
                .stream()
                .filter(text -> !text.equals("that is all"))
                .toList();
    }

    private static void isToldToSendItAgain(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        switch (answer.problem()) {
            case "unavailable" ->
                assertThat(answer.text("detail")).contains("Nothing was stored").contains("Try again");
            case "outcome-unknown" ->
                assertThat(answer.text("detail"))
                        .contains("may have been stored")
                        .contains("repeat it with the same Idempotency-Key");
            default -> throw new AssertionError(answer.toString());
        }
    }

    private Answer saidAtLast(String text) {
        return await().atMost(SOON).until(() -> say(text), answer -> answer.status() == 201);
    }

    @Test
    void whoSendsWhileItIsAwayIsToldSoAtOnceAndSendsItAgain() {
        assertThat(say("before").status()).isEqualTo(201);
        nats.kill();
        await().atMost(IN_TIME).until(() -> say("noticed").problem().equals("unavailable"));

        long sent = System.nanoTime();
        Answer refused = say("meanwhile");
        assertThat(Duration.ofNanos(System.nanoTime() - sent))
                .as("nothing to wait for")
                .isLessThan(IN_TIME);
        isToldToSendItAgain(refused);
        assertThat(refused.problem()).isEqualTo("unavailable");
        assertThat(anna.client().get("/api/rooms/" + room + "/messages").status())
                .as("what is stored is read all the same")
                .isEqualTo(200);
        theHealthOfBothPortsIsBadAndToBeLookedAtAgain();

        nats.restart();
        Answer stored = saidAtLast("meanwhile");
        assertThat(say("meanwhile").body()).isEqualTo(stored.body());
        saidAtLast("noticed");
        assertThat(said()).containsExactly("before", "meanwhile", "noticed");
    }

    private void theHealthOfBothPortsIsBadAndToBeLookedAtAgain() {
        var gateway = new Client("http://" + product.gateway(), null);
        await().atMost(IN_TIME)
                .untilAsserted(() -> assertThat(List.of(product.anonymous().get("/api/health"), gateway.get("/health")))
                        .allSatisfy(health -> {
                            assertThat(health.status()).as(health.toString()).isEqualTo(503);
                            assertThat(health.headers().firstValueAsLong("Retry-After"))
                                    .hasValue(1);
                        }));
    }

    @Test
    void whatIsUnderWayWhenItEndsIsAnsweredInTimeAndHappensOnceHoweverOftenItIsSent() throws Exception {
        List<String> texts =
                IntStream.range(0, 40).mapToObj(i -> "message " + i).toList();
        List<CompletableFuture<Answer>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long sent = System.nanoTime();
            answers = texts.stream()
                    .map(text -> CompletableFuture.supplyAsync(() -> say(text), threads))
                    .toList();
            CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
            nats.kill();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(IN_TIME);
        }
        nats.restart();

        for (int i = 0; i < texts.size(); i++) {
            Answer first = answers.get(i).join();
            if (first.status() != 201) {
                isToldToSendItAgain(first);
            }
            JsonNode stored = saidAtLast(texts.get(i)).body();
            assertThat(first.status() == 201 ? first.body() : stored).isEqualTo(stored);
            assertThat(say(texts.get(i)).body()).isEqualTo(stored);
        }
        assertThat(said()).containsExactlyInAnyOrderElementsOf(texts);
    }
}
