package app.veza.reaction.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.identity.PersonErased;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.event.notification.WebhookType;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.kit.History;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.webhook.WebhookTransport.Answer;
import app.veza.stores.Migrations;
import com.standardwebhooks.Webhook;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Step by step, as its thread takes them, on a real database. */
class WebhookReactionTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String FORMER = "whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    private static final Answer GOOD = new Answer(204, null);
    private static final Answer BROKEN = new Answer(500, null);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static FreshDatabase fresh;
    private static PGSimpleDataSource database;

    private final UUID room = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final History log = new History();
    private final Turns turns = new Turns(database);
    private final List<Post> posts = Collections.synchronizedList(new ArrayList<>());
    private final Map<UUID, Cause> disabled = new HashMap<>();
    private final Set<UUID> strangers = new java.util.HashSet<>();
    private List<String> secrets = List.of(SECRET);
    private Function<Post, Answer> answer = post -> GOOD;

    private record Post(String webhook, String id, JsonNode body, Map<String, String> headers, String raw) {

        String type() {
            return body.path("type").asString();
        }

        long position() {
            return body.at("/data/position").asLong();
        }
    }

    @BeforeAll
    static void open() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
        database = new PGSimpleDataSource();
        database.setUrl(fresh.properties().get("veza.postgres.primary.url"));
        database.setUser(fresh.properties().get("veza.postgres.primary.username"));
        database.setPassword(fresh.properties().get("veza.postgres.primary.password"));
        Migrations.run(database, "app/veza/reaction/migrations", "reaction");
    }

    @AfterAll
    static void close() {
        fresh.close();
    }

    @BeforeEach
    void forgetTheOthers() throws SQLException {
        sql("truncate reaction.position, reaction.outbox, reaction.webhook");
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static List<String> rows(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement();
                ResultSet row = run.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    private WebhookReaction reaction() {
        return reaction(log, Runnable::run);
    }

    private WebhookReaction reaction(EventLog events, Executor workers) {
        var webhooks = new Webhooks() {
            @Override
            public Optional<Recipient> recipient(UUID webhookId) {
                return strangers.contains(webhookId) || disabled.containsKey(webhookId)
                        ? Optional.empty()
                        : Optional.of(new Recipient(
                                URI.create("https://hooks.example/" + webhookId),
                                List.of("message.sent", "member.left", "stream.started"),
                                secrets));
            }

            @Override
            public Optional<Content> content(LoggedEvent event) {
                var data = JSON.createObjectNode().put("position", event.position());
                return switch (event.payload()) {
                    case MessageSent sent -> Optional.of(new Content("message.sent", data.put("text", sent.text())));
                    case MemberLeft left -> Optional.of(new Content("member.left", data));
                    case StreamWentLive live -> Optional.of(new Content("stream.started", data));
                    case WebhookTestRequested tested -> Optional.of(new Content("webhook.test", data));
                    case null, default -> Optional.empty();
                };
            }

            @Override
            public void disable(UUID webhookId, Cause cause) {
                disabled.put(webhookId, cause);
            }
        };
        WebhookTransport transport = (url, headers, body) -> {
            String raw = new String(body, StandardCharsets.UTF_8);
            var post =
                    new Post(url.getPath().substring(1), headers.get("webhook-id"), JSON.readTree(body), headers, raw);
            posts.add(post);
            return answer.apply(post);
        };
        return new WebhookReaction(events, turns, webhooks, transport, InstantSource.system(), workers, 2, () -> {});
    }

    private static void deliverAll(WebhookReaction reaction) throws SQLException {
        while (reaction.deliver()) {}
    }

    /** Until all that rests or is to be tried again may be, in its order. */
    private static void waitLong() throws SQLException {
        sql("update reaction.webhook set due_at = due_at - interval '2 days'");
        sql("update reaction.outbox set retry_at = retry_at - interval '2 days' where outcome is null");
    }

    private WebhookReaction following(EventLog events) throws SQLException {
        WebhookReaction reaction = reaction(events, Runnable::run);
        reaction.follow();
        return reaction;
    }

    private WebhookRegistered registered(UUID id, @Nullable UUID ofRoom, WebhookType... types) {
        return new WebhookRegistered(id, ann, ofRoom, List.of(types), "https://hooks.example/", null, SECRET);
    }

    private MessageSent said(UUID where, String text) {
        return new MessageSent(where, UUID.randomUUID(), ann, text, text.length(), null, null, List.of(), List.of());
    }

    private List<Long> told(UUID webhook) {
        return posts.stream()
                .filter(post -> post.webhook().equals(webhook.toString()))
                .map(Post::position)
                .toList();
    }

    private static Map<String, Long> outcomes() throws SQLException {
        return rows("select coalesce(outcome, 'waits') from reaction.outbox").stream()
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    @Nested
    class WhatIsTold {

        @Test
        void isSignedAndComplete() throws Exception {
            WebhookReaction reaction = following(log);
            secrets = List.of(SECRET, FORMER);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "Gr\u00fc\u00dfe \ud83d\udc4b"));
            reaction.follow();
            deliverAll(reaction);

            Post post = posts.getFirst();
            assertThat(post.id()).isEqualTo(log.logId() + "-2-" + one).doesNotContain(".");
            assertThat(post.body().propertyNames()).containsExactly("type", "timestamp", "data");
            assertThat(post.type()).isEqualTo("message.sent");
            assertThat(post.body().path("timestamp").asString())
                    .isEqualTo(History.timeOf(2).toString());
            assertThat(post.body().at("/data/text").asString()).isEqualTo("Gr\u00fc\u00dfe \ud83d\udc4b");
            HttpHeaders headers = HttpHeaders.of(
                    post.headers().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                    (name, value) -> true);
            new Webhook(SECRET).verify(post.raw(), headers);
            new Webhook(FORMER).verify(post.raw(), headers);
        }

        @Test
        void isWhatIsWantedOfThatRoomSinceThen() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(
                    said(room, "before"),
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    registered(other, room, WebhookType.MEMBER_LEFT),
                    said(room, "wanted"),
                    said(UUID.randomUUID(), "elsewhere"),
                    new MemberLeft(room, UUID.randomUUID(), ann),
                    new WebhookChanged(one, ann, List.of(WebhookType.MEMBER_LEFT), "https://hooks.example/", null),
                    said(room, "no longer wanted"),
                    new MemberLeft(room, UUID.randomUUID(), ann));
            reaction.follow();
            deliverAll(reaction);

            assertThat(told(one)).containsExactly(4L, 9L);
            assertThat(told(other)).containsExactly(6L, 9L);
        }

        @Test
        void isOfOnesOwnStreams() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(
                    registered(one, null, WebhookType.STREAM_STARTED),
                    new StreamWentLive(UUID.randomUUID(), ann, "audio/webm"),
                    new StreamWentLive(UUID.randomUUID(), UUID.randomUUID(), "audio/webm"));
            reaction.follow();
            deliverAll(reaction);

            assertThat(told(one)).containsExactly(2L);
        }

        @Test
        void isNothingThatHappenedBeforeItWasFollowed() throws SQLException {
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "over"));
            WebhookReaction reaction = following(log);
            log.append(said(room, "now"));
            reaction.follow();
            deliverAll(reaction);

            assertThat(told(one)).as("registered before, too").containsExactly(3L);
        }

        @Test
        void isNothingToOneThatIsDisabledOrGoneOrWhoseOwnerIs() throws SQLException {
            WebhookReaction reaction = following(log);
            UUID third = UUID.randomUUID();
            log.append(
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    registered(other, room, WebhookType.MESSAGE_SENT),
                    new WebhookDisabled(one, ann, Cause.BY_OWNER),
                    new WebhookRemoved(other, ann),
                    said(room, "to nobody"),
                    new WebhookEnabled(one, ann),
                    said(room, "to one"),
                    registered(third, room, WebhookType.MESSAGE_SENT),
                    new PersonErased(ann),
                    said(room, "to nobody again"));
            reaction.follow();
            deliverAll(reaction);

            assertThat(posts).hasSize(1);
            assertThat(told(one)).containsExactly(7L);
        }

        @Test
        void isNothingToOneWhoseOwnerMayKnowItNoMore() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
            reaction.follow();
            strangers.add(one);
            deliverAll(reaction);

            assertThat(posts).isEmpty();
            assertThat(outcomes()).isEqualTo(Map.of("needless", 2L));
        }
    }

    @Nested
    class WhatIsNotTaken {

        @Test
        void isTriedAgainUnderTheSameIdAndAllElseWaitsWithIt() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    registered(other, room, WebhookType.MESSAGE_SENT),
                    said(room, "first"));
            reaction.follow();
            answer = post -> post.webhook().equals(one.toString()) ? BROKEN : GOOD;
            deliverAll(reaction);
            log.append(said(room, "second"));
            reaction.follow();
            deliverAll(reaction);

            assertThat(told(one)).containsExactly(3L);
            assertThat(told(other)).containsExactly(3L, 4L);

            answer = post -> GOOD;
            waitLong();
            deliverAll(reaction());
            assertThat(told(one)).containsExactlyInAnyOrder(3L, 3L, 4L);
            assertThat(posts.stream()
                            .filter(post -> post.webhook().equals(one.toString()) && post.position() == 3)
                            .map(Post::id)
                            .distinct())
                    .hasSize(1);
            deliverAll(reaction());
            assertThat(outcomes()).isEqualTo(Map.of("sent", 4L));
        }

        @Test
        void isTriedTenTimesAndThenTheWebhookIsDisabled() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "never taken"));
            reaction.follow();
            answer = post -> new Answer(null, "timeout");
            for (Duration pause : PAUSES) {
                deliverAll(reaction);
                assertThat(disabled).isEmpty();
                long rest = Long.parseLong(
                        rows("select (extract(epoch from due_at - now()) * 1000)::bigint from reaction.webhook")
                                .getFirst());
                assertThat(rest).isBetween(pause.toMillis() - 2_000, (long) (pause.toMillis() * 1.1) + 1);
                waitLong();
            }
            deliverAll(reaction);

            assertThat(posts).hasSize(10);
            assertThat(disabled).isEqualTo(Map.of(one, Cause.FAILING));
            assertThat(turns.last(Set.of(one, other)).get(one).answer()).isEqualTo("timeout");
            waitLong();
            deliverAll(reaction);
            assertThat(posts).hasSize(10);
        }

        @Test
        void isGivenUpAloneWhereAllElseIsTaken() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "poison"));
            reaction.follow();
            answer = post -> post.position() == 2 ? BROKEN : GOOD;
            for (int attempt = 1; attempt <= 10; attempt++) {
                deliverAll(reaction);
                log.append(said(room, "good"));
                reaction.follow();
                waitLong();
                deliverAll(reaction);
            }

            assertThat(told(one).stream().filter(position -> position == 2)).hasSize(10);
            assertThat(outcomes()).isEqualTo(Map.of("given-up", 1L, "sent", 10L));
            assertThat(disabled).isEmpty();
        }

        @Test
        void disablesAtOnceWhatSaysThatItIsGone() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
            reaction.follow();
            answer = post -> new Answer(410, null);
            deliverAll(reaction);

            assertThat(told(one)).containsExactly(2L);
            assertThat(disabled).isEqualTo(Map.of(one, Cause.GONE));
            assertThat(outcomes()).isEqualTo(Map.of("given-up", 1L, "needless", 1L));
        }

        @Test
        void isNotKeptWithoutBound() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    registered(other, room, WebhookType.MESSAGE_SENT),
                    said(room, "first"));
            reaction.follow();
            String waiting = """
                    insert into reaction.outbox (log_id, position, channel, recipient, due_at)
                    select 'a log', n, 'webhook', '%s', 'infinity' from generate_series(1, %d) n""";
            sql(waiting.formatted(one, 100_000));
            sql(waiting.formatted(other, 99_999));
            reaction.tidy();

            assertThat(disabled).isEqualTo(Map.of(one, Cause.FAILING));
            assertThat(outcomes()).isEqualTo(Map.of("needless", 100_001L, "waits", 100_000L));
        }

        @Test
        void isARedirectToo() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "elsewhere"));
            reaction.follow();
            answer = post -> new Answer(301, null);
            deliverAll(reaction);

            assertThat(outcomes()).isEqualTo(Map.of("waits", 1L));
            assertThat(turns.oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }

        @Test
        void needNotWaitOnceAPersonTests() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
            reaction.follow();
            answer = post -> BROKEN;
            deliverAll(reaction);
            waitLong();
            deliverAll(reaction);
            answer = post -> GOOD;
            log.append(new WebhookTestRequested(one, ann));
            reaction.follow();
            deliverAll(reaction);

            assertThat(told(one)).containsExactlyInAnyOrder(2L, 2L, 2L, 3L);
            assertThat(posts.getLast().type()).isEqualTo("webhook.test");
        }

        @Test
        void isForgottenWhenTheWebhookIsDisabledByHand() throws SQLException {
            WebhookReaction reaction = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
            reaction.follow();
            answer = post -> BROKEN;
            deliverAll(reaction);
            log.append(
                    new WebhookDisabled(one, ann, Cause.BY_OWNER), new WebhookEnabled(one, ann), said(room, "second"));
            reaction.follow();
            answer = post -> GOOD;
            deliverAll(reaction);

            assertThat(told(one)).as("at once, and nothing of before").containsExactly(2L, 5L);
        }
    }

    @Nested
    class WithOthers {

        @Test
        void eachIsToldOnce() throws SQLException {
            WebhookReaction here = following(log);
            WebhookReaction there = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
            here.follow();
            there.follow();
            here.follow();
            deliverAll(there);
            deliverAll(here);

            assertThat(told(one)).containsExactly(2L, 3L);
        }

        /** Both read the same events at once; the slower one then sees the webhook disabled that is enabled again. */
        @Test
        void oneThatIsLateDropsNothingThatCameSince() throws SQLException {
            WebhookReaction here = following(log);
            WebhookReaction there = following(log);
            log.append(
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    new WebhookDisabled(one, ann, Cause.BY_OWNER),
                    new WebhookEnabled(one, ann),
                    said(room, "first"));
            here.follow();
            List<? extends LoggedEvent> batch = log.read(0, 10);
            there.continueAt(log.logId(), 0);
            for (LoggedEvent event : batch) {
                there.recipients(event);
            }
            deliverAll(here);

            assertThat(told(one)).containsExactly(4L);
        }

        @Test
        void oneThatHasNotReadThatFarYetLosesNothing() throws SQLException {
            var late = new Object() {
                boolean isLate = true;
            };
            EventLog behind = (EventLog) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {EventLog.class},
                    (proxy, method, arguments) ->
                            late.isLate && method.getName().equals("read") ? List.of() : method.invoke(log, arguments));
            WebhookReaction here = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
            here.follow();
            WebhookReaction there = reaction(behind, Runnable::run);
            deliverAll(there);
            assertThat(posts).isEmpty();
            assertThat(outcomes()).isEqualTo(Map.of("waits", 1L));

            late.isLate = false;
            waitLong();
            deliverAll(there);
            assertThat(told(one)).containsExactly(2L);
        }

        @Test
        void whoDiesBehindTheSendingHasItSentAgainUnderTheSameId() throws SQLException {
            WebhookReaction dying = following(log);
            log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
            dying.follow();
            answer = post -> {
                throw new IllegalStateException("killed");
            };
            dying.deliver();
            deliverAll(reaction());
            assertThat(posts).as("for a while it is that one's").hasSize(1);

            answer = post -> GOOD;
            waitLong();
            deliverAll(reaction());
            deliverAll(reaction());
            assertThat(posts).hasSize(2);
            assertThat(posts.getLast().id()).isEqualTo(posts.getFirst().id());
            assertThat(posts.getLast().raw()).isEqualTo(posts.getFirst().raw());
        }

        @Test
        void oneThatTakesItsTimeHoldsUpItselfAlone() throws SQLException {
            var slow = new CountDownLatch(1);
            WebhookReaction reaction = reaction(log, work -> Thread.ofVirtual().start(work));
            reaction.follow();
            log.append(
                    registered(one, room, WebhookType.MESSAGE_SENT),
                    registered(other, room, WebhookType.MESSAGE_SENT),
                    said(room, "first"),
                    said(room, "second"));
            reaction.follow();
            answer = post -> {
                if (post.webhook().equals(one.toString())) {
                    await(slow);
                }
                return GOOD;
            };
            deliverAll(reaction);
            Awaitility.await().untilAsserted(() -> {
                deliverAll(reaction);
                assertThat(told(other)).containsExactly(3L, 4L);
            });
            assertThat(told(one)).as("one at a time").hasSizeLessThanOrEqualTo(1);

            slow.countDown();
            Awaitility.await().untilAsserted(() -> {
                deliverAll(reaction);
                assertThat(told(one)).containsExactly(3L, 4L);
            });
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void ofALogThatWasReplacedNothingIsSent() throws SQLException {
        WebhookReaction before = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        before.follow();

        var restored = new History();
        restored.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "another"));
        WebhookReaction after = following(restored);
        deliverAll(after);
        assertThat(posts).isEmpty();
        restored.append(said(room, "since then"));
        after.follow();
        deliverAll(after);
        assertThat(told(one)).containsExactly(3L);
    }

    @Test
    void whatTheLogDoesNotHoldIsNotFollowed() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "lost"));
        reaction.follow();
        log.loseAllBehind(1);

        assertThatThrownBy(reaction::follow).hasMessageContaining("position 2");
        deliverAll(reaction);
        assertThat(posts).as("under another id by now").isEmpty();
    }
}
