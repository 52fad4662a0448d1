package app.veza.server.journey;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.command.History;
import app.veza.command.History.Dated;
import app.veza.command.http.Commands;
import app.veza.command.streaming.golive.GoLive;
import app.veza.command.streaming.interruptstream.InterruptStream;
import app.veza.command.streaming.resumestream.ResumeStream;
import app.veza.embedded.EmbeddedPlatform;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.eventstore.command.CommandOptions;
import app.veza.server.journey.Client.Answer;
import app.veza.server.journey.SocketJourney.Person;
import app.veza.server.streaming.OnAir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broadcasters and listeners who are gone without a word, with their node or without. Limits are short here. */
class OffAirTest {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration RESUME_WITHIN = Duration.ofSeconds(14);

    /** A second on a machine that has nothing else to do. */
    private static final Duration LATE = Duration.ofSeconds(4);

    private static final Duration LISTENS_FOR = Duration.ofSeconds(8);

    @TempDir
    static Path directory;

    private static Product product;

    private static StoreGate redis;

    @BeforeAll
    static void start() throws IOException {
        redis = new StoreGate(EmbeddedPlatform.shared().properties().get("veza.redis.url"));
        product = new Product(
                directory,
                Map.of(
                        "veza.redis.url",
                        redis.address(),
                        "veza.streaming.beat",
                        "300ms",
                        "veza.streaming.silent-after",
                        "4s",
                        "veza.streaming.resume-within",
                        RESUME_WITHIN.toSeconds() + "s",
                        "veza.streaming.listens-for",
                        LISTENS_FOR.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() throws IOException {
        product.close();
        redis.close();
    }

    private static UUID stream(Person ann) {
        return UUID.fromString(
                ann.client().post("/api/streams", Map.of("title", "Jazz")).text("streamId"));
    }

    private static OnAir.Taking goLive(Product node, Person ann, UUID stream, Runnable takenOver) {
        OnAir.Taking taking = node.part(OnAir.class).take(stream, takenOver);
        run(node, new GoLive(stream, UUID.fromString(ann.id()), "audio/webm"));
        return taking;
    }

    private static void run(Product node, Object command) {
        node.part(Commands.class).run(command, CommandOptions.none());
    }

    private static List<Dated> history(UUID stream) {
        return product.part(History.class)
                .readDated(events(
                        tag(STREAM, stream),
                        StreamWentLive.class,
                        StreamInterrupted.class,
                        StreamResumed.class,
                        StreamStopped.class));
    }

    private static List<Class<?>> happened(UUID stream) {
        return history(stream).stream()
                .<Class<?>>map(dated -> dated.event().getClass())
                .toList();
    }

    private static void awaitLast(UUID stream, Class<? extends VezaEvent> type) {
        await().atMost(SOON).until(() -> happened(stream).getLast() == type);
    }

    @Test
    void whoseNodeDiesIsInterruptedAndOffTheAirWhenTheTimeIsOverOnce(@TempDir Path another) {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        Product doomed = product.anotherNode(another);
        goLive(doomed, ann, stream, () -> {});
        // Its beats end without a word, as by kill -9
        doomed.close();
        Instant gone = Instant.now();

        awaitLast(stream, StreamStopped.class);

        List<Dated> history = history(stream);
        assertThat(happened(stream))
                .containsExactly(StreamWentLive.class, StreamInterrupted.class, StreamStopped.class);
        assertThat(Duration.between(history.get(0).at(), history.get(2).at())).isGreaterThanOrEqualTo(RESUME_WITHIN);
        assertThat(Duration.between(gone, history.get(2).at())).isLessThan(RESUME_WITHIN.plus(LATE));
        assertThat(product.causeOf("streaming.StreamStopped", "stream:" + stream))
                .isEqualTo("streaming.StreamInterrupted");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                ann.client().get("/api/streams/" + stream).text("state"))
                        .isEqualTo("ended"));
        assertThat(ann.client().get("/api/streams?state=live").body().path("items"))
                .isEmpty();
    }

    @Test
    void whoComesBackOnAnotherNodeGoesOn(@TempDir Path another) {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        Product doomed = product.anotherNode(another);
        goLive(doomed, ann, stream, () -> {});
        doomed.close();
        awaitLast(stream, StreamInterrupted.class);

        try (OnAir.Taking taking = product.part(OnAir.class).take(stream, () -> {})) {
            run(product, new ResumeStream(stream, 2000));

            await().during(RESUME_WITHIN.plusSeconds(2))
                    .atMost(SOON)
                    .until(() -> happened(stream)
                            .equals(List.of(StreamWentLive.class, StreamInterrupted.class, StreamResumed.class)));
        }
    }

    @Test
    void aNodeThatTakesAudioOfAStreamThatOthersGaveUpResumesIt() {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        try (OnAir.Taking taking = goLive(product, ann, stream, () -> {})) {
            taking.sends(() -> Duration.ofHours(1));
            run(product, new InterruptStream(stream, Long.MAX_VALUE));

            awaitLast(stream, StreamResumed.class);
        }
    }

    @Test
    void whoIsConnectedAgainAndSendsNothingIsNotBack() {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        try (OnAir.Taking taking = goLive(product, ann, stream, () -> {})) {
            run(product, new InterruptStream(stream, Long.MAX_VALUE));

            awaitLast(stream, StreamStopped.class);
        }
        List<Dated> history = history(stream);
        assertThat(happened(stream))
                .containsExactly(StreamWentLive.class, StreamInterrupted.class, StreamStopped.class);
        assertThat(Duration.between(history.get(1).at(), history.get(2).at()))
                .isBetween(
                        RESUME_WITHIN.multipliedBy(2),
                        RESUME_WITHIN.multipliedBy(2).plus(LATE));
    }

    @Test
    void aStreamIsTakenByOne() {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        AtomicInteger former = new AtomicInteger();
        AtomicInteger latter = new AtomicInteger();
        OnAir.Taking first = goLive(product, ann, stream, former::incrementAndGet);
        try (OnAir.Taking second = product.part(OnAir.class).take(stream, latter::incrementAndGet)) {
            first.close();

            await().during(Duration.ofSeconds(5))
                    .atMost(SOON)
                    .until(() -> happened(stream).equals(List.of(StreamWentLive.class)));
            assertThat(former).hasValue(1);
            assertThat(latter).hasValue(0);
        }
    }

    @Test
    void aBroadcasterWhoComesInElsewherePutsTheirFormerConnectionOut(@TempDir Path another) {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        AtomicInteger former = new AtomicInteger();
        goLive(product, ann, stream, former::incrementAndGet);
        try (Product other = product.anotherNode(another);
                OnAir.Taking taking = other.part(OnAir.class).take(stream, () -> {})) {
            await().atMost(SOON).until(() -> former.get() == 1);
            assertThat(happened(stream)).containsExactly(StreamWentLive.class);
        }
    }

    @Test
    void listenersWhoGiveNoSignAreGoneOnceAndTheOthersWhenItEnds() {
        Person ann = SocketJourney.person(product);
        Person bob = SocketJourney.person(product);
        UUID stream = stream(ann);
        String listen = "/api/streams/" + stream + "/listeners/me";
        try (OnAir.Taking taking = goLive(product, ann, stream, () -> {})) {
            bob.client().post(listen, Map.of());
            ann.client().post(listen, Map.of());
            await().atMost(SOON).pollInterval(Duration.ofMillis(500)).until(() -> {
                // Ann goes on listening, Bob does not
                ann.client().post(listen, Map.of());
                return !left(stream, bob).isEmpty();
            });
            ann.client().post("/api/streams/" + stream + "/stop", Map.of());
        }
        await().atMost(SOON).until(() -> !left(stream, ann).isEmpty());
        assertThat(left(stream, bob)).containsExactly(ListenerLeft.Reason.GONE);
        assertThat(left(stream, ann).getLast()).isEqualTo(ListenerLeft.Reason.STREAM_ENDED);
        assertThat(whatLedTo(stream, bob)).as("silence is no event").isEqualTo("none");
        assertThat(whatLedTo(stream, ann)).isEqualTo("streaming.StreamStopped");
    }

    @Test
    void listenersWhoseSignsRedisCouldNotTakeAreNotGone() throws IOException {
        Person ann = SocketJourney.person(product);
        Person bob = SocketJourney.person(product);
        UUID stream = stream(ann);
        String listen = "/api/streams/" + stream + "/listeners/me";
        try (OnAir.Taking taking = goLive(product, ann, stream, () -> {})) {
            String listening = bob.client().post(listen, Map.of()).text("listeningId");
            redis.shut();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(bob.client().post(listen, Map.of()).text("listeningId"))
                                    .isEqualTo(listening));
            await().during(LISTENS_FOR.minusSeconds(2))
                    .atMost(SOON)
                    .until(() -> left(stream, bob).isEmpty());
            redis.open();
            // Bob's last sign is too old now, and he cannot be expected to have given the next
            await().during(LISTENS_FOR.dividedBy(2))
                    .atMost(SOON)
                    .until(() -> left(stream, bob).isEmpty());
            await().atMost(SOON).until(() -> left(stream, bob).equals(List.of(ListenerLeft.Reason.GONE)));
        }
    }

    /** Redis still names the connection before; that nobody could tell it says nothing about the one that came since. */
    @Test
    void whoComesBackWhileRedisIsAwayIsNotPutOffTheAirByTheirOwnFormerConnection() throws IOException {
        Person ann = SocketJourney.person(product);
        UUID stream = stream(ann);
        OnAir.Taking former = goLive(product, ann, stream, () -> {});
        AtomicBoolean lost = new AtomicBoolean();
        redis.shut();
        former.close();
        try (OnAir.Taking again = product.part(OnAir.class).take(stream, () -> lost.set(true))) {
            redis.open();
            await().during(LISTENS_FOR).atMost(SOON).until(() -> !lost.get());
            assertThat(happened(stream).getLast()).isNotEqualTo(StreamStopped.class);
        }
    }

    @Test
    void whoIsInvitedAgainListensAnew() {
        Person ann = SocketJourney.person(product);
        Person bob = SocketJourney.person(product);
        UUID stream = UUID.fromString(ann.client()
                .post("/api/streams", Map.of("title", "Jazz", "visibility", "private"))
                .text("streamId"));
        String guest = "/api/streams/" + stream + "/guests/" + bob.id();
        String listen = "/api/streams/" + stream + "/listeners/me";
        ann.client().send("PUT", guest, null);
        try (OnAir.Taking taking = goLive(product, ann, stream, () -> {})) {
            String first = bob.client().post(listen, Map.of()).text("listeningId");
            ann.client().send("DELETE", guest, null);
            await().atMost(SOON).until(() -> !left(stream, bob).isEmpty());
            assertThat(whatLedTo(stream, bob)).isEqualTo("streaming.GuestRemoved");
            ann.client().send("PUT", guest, null);
            await().atMost(SOON).until(() -> {
                Answer joined = bob.client().post(listen, Map.of());
                return joined.status() == 200 && !joined.text("listeningId").equals(first);
            });
        }
    }

    private static String whatLedTo(UUID stream, Person listener) {
        return product.causeOf(
                product.events("streaming.ListenerLeft", "stream:" + stream + "&tag=person:" + listener.id())
                        .getLast());
    }

    private static List<ListenerLeft.Reason> left(UUID stream, Person person) {
        return product
                .part(History.class)
                .read(events(tags(STREAM, stream, PERSON, person.id()), ListenerLeft.class))
                .stream()
                .map(ListenerLeft.class::cast)
                .map(ListenerLeft::reason)
                .toList();
    }
}
