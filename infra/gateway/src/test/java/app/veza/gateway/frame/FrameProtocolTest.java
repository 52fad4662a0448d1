package app.veza.gateway.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.gateway.Fixture;
import app.veza.gateway.GatewayConfig;
import app.veza.gateway.Problem;
import app.veza.gateway.RawClient;
import app.veza.gateway.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FrameProtocolTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Reply>> late = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Fixture fixture;
    private RawClient client;

    @BeforeEach
    void start() {
        GatewayConfig config = Fixture.config().maxPendingFrames(8).build();
        FrameProtocol protocol = FrameProtocol.builder(config)
                .replyTimeout(Duration.ofMillis(200))
                .problems(failure -> failure instanceof IllegalArgumentException
                        ? Optional.of(Problem.of(409, "conflict", "Conflict", failure.getMessage()))
                        : Optional.empty())
                .blocking("slow", frame -> {
                    begun.add(frame.string("n"));
                    Thread.yield();
                    return Reply.ack(Map.of("n", frame.string("n")));
                })
                .blocking("gated", frame -> {
                    begun.add(frame.string("n"));
                    gate.await();
                    return Reply.ack();
                })
                .blocking("conflict", frame -> {
                    throw new IllegalArgumentException("no");
                })
                .blocking("broken", frame -> {
                    throw new java.io.IOException("on purpose");
                })
                .blocking("unwritable", frame -> Reply.ack(Map.of("self", new Unwritable())))
                .async("null", frame -> CompletableFuture.completedFuture(null))
                .async("thrown", frame -> {
                    throw new IllegalArgumentException("at once");
                })
                .async("late", frame -> {
                    CompletableFuture<Reply> reply = new CompletableFuture<>();
                    late.add(reply);
                    return reply;
                })
                .blocking(
                        "then",
                        frame -> Reply.of("subscribed", Map.of("position", 7L)).then(() -> {
                            for (int i = 0; i < 100; i++) {
                                frame.connection()
                                        .send(("{\"n\":" + i + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
                            }
                        }))
                .build();
        fixture = Fixture.start(config, builder -> builder.route(Route.text("/frames", Fixture.byToken(), protocol)));
        client = fixture.connect("/frames");
    }

    record Unwritable() {
        public String getValue() {
            throw new IllegalStateException("on purpose");
        }
    }

    @AfterEach
    void stop() {
        gate.countDown();
        client.close();
        fixture.close();
    }

    private JsonNode read() {
        return JSON.readTree(client.read().text());
    }

    @Test
    void repliesComeInOrderWithTheirIds() {
        for (int i = 0; i < 100; i++) {
            client.text("{\"id\":" + i + ",\"type\":\"" + (i % 3 == 0 ? "ping" : "slow") + "\",\"n\":\"" + i + "\"}");
        }
        for (int i = 0; i < 100; i++) {
            JsonNode reply = read();
            assertThat(reply.get("id").intValue()).isEqualTo(i);
            assertThat(reply.get("type").stringValue()).isEqualTo("ack");
        }
        assertThat(begun).hasSize(66).isSortedAccordingTo(java.util.Comparator.comparingInt(Integer::parseInt));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"x\",\"type\":\"nonsense\"} | x | unknown-type | 400",
                "{\"id\":\"x\"} | x | malformed | 400",
                "{\"id\":\"x\",\"type\":5} | x | malformed | 400",
                "{\"type\":\"ping\"} | | malformed | 400",
                "{\"id\":\"\",\"type\":\"ping\"} | | malformed | 400",
                "{\"id\":{},\"type\":\"ping\"} | | malformed | 400",
                "{\"id\":1.5,\"type\":\"ping\"} | | malformed | 400",
                "{\"id\":\"x\",\"type\":\"ping\" | | malformed | 400",
                "{\"id\":\"x\",\"id\":\"y\",\"type\":\"ping\"} | | malformed | 400",
                "[] | | malformed | 400",
                "nonsense | | malformed | 400",
                "{\"id\":\"x\",\"type\":\"slow\"} | x | invalid | 422",
                "{\"id\":\"x\",\"type\":\"slow\",\"n\":3} | x | malformed | 400",
                "{\"id\":\"x\",\"type\":\"conflict\"} | x | conflict | 409",
                "{\"id\":\"x\",\"type\":\"broken\"} | x | internal | 500",
                "{\"id\":\"x\",\"type\":\"unwritable\"} | x | internal | 500",
                "{\"id\":\"x\",\"type\":\"null\"} | x | internal | 500",
                "{\"id\":\"x\",\"type\":\"thrown\"} | x | conflict | 409",
                "{\"id\":\"x\",\"type\":\"late\"} | x | unavailable | 503"
            })
    void whatIsWrongIsOneErrorWithAProblem(String text, String id, String slug, int status) {
        client.text(text).text("{\"id\":\"after\",\"type\":\"ping\"}");
        JsonNode first = read();
        JsonNode second = read();
        // A late reply does not hold up the next frame
        boolean swapped = "after".equals(first.path("id").asString());
        JsonNode error = swapped ? second : first;
        JsonNode ack = swapped ? first : second;
        assertThat(error.get("type").stringValue()).isEqualTo("error");
        assertThat(error.has("id")).isEqualTo(id != null);
        if (id != null) {
            assertThat(error.get("id").stringValue()).isEqualTo(id);
        }
        assertThat(error.get("problem").get("type").stringValue()).isEqualTo("https://veza.app/problems/" + slug);
        assertThat(error.get("problem").get("status").intValue()).isEqualTo(status);
        assertThat(error.toString()).doesNotContain("on purpose");
        assertThat(ack.get("type").stringValue()).isEqualTo("ack");
    }

    @Test
    void anAsyncReplyComesOnceEvenAfterItsTimeout() {
        client.text("{\"id\":1,\"type\":\"late\"}");
        assertThat(read().get("type").stringValue()).isEqualTo("error");
        late.getFirst().complete(Reply.ack());
        client.text("{\"id\":2,\"type\":\"ping\"}");
        assertThat(read().get("id").intValue()).isEqualTo(2);
    }

    @Test
    void whatFollowsAReplyComesAfterIt() {
        client.text("{\"id\":1,\"type\":\"then\"}");
        JsonNode reply = read();
        assertThat(reply.get("type").stringValue()).isEqualTo("subscribed");
        assertThat(reply.get("position").longValue()).isEqualTo(7);
        for (int i = 0; i < 100; i++) {
            assertThat(read().get("n").intValue()).isEqualTo(i);
        }
    }

    @Test
    void aClientFasterThanItsHandlersIsNotReadFrom() {
        AtomicInteger sent = new AtomicInteger();
        byte[] padding = new byte[30_000];
        java.util.Arrays.fill(padding, (byte) ' ');
        String pad = new String(padding, java.nio.charset.StandardCharsets.UTF_8);
        Thread writer = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 2_000; i++) {
                client.text("{\"id\":" + i + ",\"type\":\"gated\",\"n\":\"" + i + "\"" + pad + "}");
                sent.incrementAndGet();
            }
        });
        // 60 MB are more than the kernel's buffers take: the writer stands still, and only a few frames were read
        await().until(() -> begun.size() == 1);
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> {
            double read = fixture.count("gateway.frames", "direction", "in");
            return read >= 8 && read < 20 && sent.get() < 2_000;
        });
        gate.countDown();
        for (int i = 0; i < 2_000; i++) {
            assertThat(read().get("id").intValue()).isEqualTo(i);
        }
        await().until(() -> !writer.isAlive());
    }
}
