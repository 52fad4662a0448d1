package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.chat.MessageSent;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.server.journey.Client.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A read model is filled anew while people write and read, seen as they see it; and whoever asked for it sees how far it is. */
class RebuildUnderLoadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHAT = "/api/admin/projections/chat";
    private static final int SAID_BEFORE = 40_000;
    private static final int AN_APPEND = 100;
    private static final int PAGE = 30;

    @TempDir
    Path directory;

    private final AtomicBoolean over = new AtomicBoolean();
    private Product product;
    private Client engineer;
    private Client person;
    private String roomId;

    @BeforeEach
    void start() {
        product = new Product(directory);
        engineer = product.anonymous().as(Product.OPERATOR_TOKEN);
        Map<String, String> account =
                Map.of("username", "narrator", "email", "narrator@example.org", "password", "correct horse battery");
        Answer registered = product.anonymous().post("/auth/register", account);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        person = product.anonymous()
                .as(product.anonymous().post("/auth/login", account).text("accessToken"));
        roomId = person.post("/api/rooms", Map.of("name", "Read aloud", "visibility", "public"))
                .text("roomId");
        sayMuch(UUID.fromString(roomId), UUID.fromString(registered.text("userId")));
    }

    @AfterEach
    void stop() {
        over.set(true);
        product.close();
    }

    /** As they stand in the log when people have talked for long; over HTTP it would take minutes. */
    private void sayMuch(UUID room, UUID sender) {
        EventLog log = product.part(EventLog.class);
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int first = 0; first < SAID_BEFORE; first += AN_APPEND) {
            List<NewEvent> events = new ArrayList<>();
            for (int number = first; number < first + AN_APPEND; number++) {
                events.add(said(room, sender, "Long ago " + number));
            }
            appended.add(log.append(AppendRequest.of(events)));
        }
        CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new)).join();
        await().atMost(PATIENCE).until(() -> newest().path("text").asString().equals("Long ago " + (SAID_BEFORE - 1)));
    }

    private NewEvent said(UUID room, UUID sender, String text) {
        UUID message = UUID.randomUUID();
        String type = EventTypes.nameOf(MessageSent.class);
        String revision = MessageSent.class.getAnnotation(Event.class).version();
        MessageSent sent = new MessageSent(room, message, sender, text, text.length(), null, List.of(), List.of());
        return new NewEvent(
                UUID.randomUUID().toString(),
                type,
                revision,
                Instant.now(),
                List.of(
                        new Tag(EventTags.ROOM, room.toString()),
                        new Tag(EventTags.MESSAGE, message.toString()),
                        new Tag(EventTags.PERSON, sender.toString())),
                Map.of(),
                product.part(JacksonEventCodec.class).encode(type, revision, sent));
    }

    private JsonNode newest() {
        return read(0).body().at("/items/0");
    }

    private Answer read(long atLeast) {
        String path = "/api/rooms/" + roomId + "/messages?limit=" + PAGE;
        return atLeast == 0 ? person.get(path) : person.get(path, "Veza-Min-Position", Long.toString(atLeast));
    }

    /** One after the other, so that whoever reads knows which must come before which. */
    private int write() {
        int number = 0;
        while (!over.get()) {
            Answer said = person.post("/api/rooms/" + roomId + "/messages", Map.of("text", "Now " + number++));
            assertThat(said.status()).as(said.toString()).isEqualTo(201);
            Answer read = read(said.position());
            assertPage(read);
            assertThat(read.body().path("items").findValuesAsString("text")).contains("Now " + (number - 1));
        }
        return number;
    }

    /** Whatever a page shows is what was said, without a gap, and nothing of it is ever older than what was read before. */
    private int read() {
        long position = 0;
        int reads = 0;
        while (!over.get()) {
            Answer page = read(0);
            assertPage(page);
            assertThat(page.position()).as("the position of what is served").isGreaterThanOrEqualTo(position);
            position = page.position();
            reads++;
        }
        return reads;
    }

    private static void assertPage(Answer page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        List<JsonNode> items = page.body().path("items").valueStream().toList();
        assertThat(items).hasSize(PAGE);
        int before = number(items.getFirst()) + 1;
        for (JsonNode item : items) {
            assertThat(number(item)).as("%s", page).isEqualTo(--before);
        }
    }

    /** How many were said before it. */
    private static int number(JsonNode message) {
        String text = message.path("text").asString();
        int number = Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
        return text.startsWith("Now ") ? SAID_BEFORE + number : number;
    }

    @Test
    void nobodyWhoReadsNoticesAndWhoAskedSeesHowFarItIs() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> writer = threads.submit(this::write);
            List<Future<Integer>> readers = List.of(threads.submit(() -> read()), threads.submit(() -> read()));
            List<JsonNode> told;
            try {
                Answer accepted = engineer.post(CHAT + "/rebuild", Map.of());
                assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
                told = follow(accepted.pointsTo());
                int generation = told.getLast().path("generation").asInt();
                await().atMost(PATIENCE)
                        .until(() -> engineer.get(CHAT)
                                        .body()
                                        .at("/projection/generation")
                                        .asInt()
                                == generation);
                // they go on with what is served now
                long from = newest().path("position").asLong();
                await().atMost(PATIENCE).until(() -> newest().path("position").asLong() > from + 20);
            } finally {
                over.set(true);
            }
            assertThat(writer.get()).isPositive();
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isGreaterThan(20);
            }
            assertTold(told);
        }
        Answer verified = engineer.post(CHAT + "/verify", Map.of());
        JsonNode verdict = follow(verified.pointsTo()).getLast();
        assertThat(verdict.path("differences").asLong(-1)).as("%s", verdict).isZero();
    }

    /** All that the stream of a job tells, until it ends. */
    private List<JsonNode> follow(String job) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(engineer.base() + job + "/stream"))
                .header("Authorization", "Bearer " + Product.OPERATOR_TOKEN)
                .header("Accept", "text/event-stream")
                .timeout(PATIENCE)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return answer.body()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> JsonMapper.shared().readTree(line.substring(6)))
                    .toList();
        }
    }

    private static void assertTold(List<JsonNode> told) {
        JsonNode last = told.getLast();
        assertThat(last.path("state").asString()).as("%s", last).isEqualTo("DONE");
        assertThat(last.path("position").asLong()).isGreaterThan(SAID_BEFORE);
        List<JsonNode> underWay = told.stream()
                .filter(one -> one.path("state").asString().equals("RUNNING"))
                .toList();
        assertThat(told.subList(0, told.size() - 1))
                .as("it has ended with the last")
                .noneMatch(one -> one.path("state").asString().equals("DONE"));
        assertThat(underWay)
                .as("how far, how fast and how long still: %s", told)
                .anySatisfy(one -> {
                    assertThat(one.path("position").asLong())
                            .isPositive()
                            .isLessThan(one.path("to").asLong());
                    assertThat(one.path("rate").asDouble()).isPositive();
                    assertThat(one.path("etaSeconds").isIntegralNumber()).isTrue();
                });
        long before = 0;
        for (JsonNode one : underWay) {
            assertThat(one.path("position").asLong()).isGreaterThanOrEqualTo(before);
            before = one.path("position").asLong();
        }
    }
}
