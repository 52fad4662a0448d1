package app.veza.projection.redis;

import static app.veza.projection.kit.ChatEvents.closed;
import static app.veza.projection.kit.ChatEvents.deleted;
import static app.veza.projection.kit.ChatEvents.read;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loggedOut;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static app.veza.projection.kit.StreamEvents.described;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.event.VezaEvent;
import app.veza.projection.Projections;
import app.veza.projection.kit.History;
import app.veza.projection.kit.RunningProjections;
import app.veza.projection.redis.livestreams.LiveStreamsProjection;
import app.veza.projection.redis.recentmessages.RecentMessagesProjection;
import app.veza.projection.redis.sessions.SessionsProjection;
import app.veza.projectionengine.RedisKeys;
import app.veza.projectionengine.RedisProjection;
import io.lettuce.core.Range;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisProjectionsTest {

    private static final Duration LIFETIME = Duration.ofDays(30);

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 2, 500})
    void sessionsLiveUntilTheyEndOrExpire(int batch) {
        Instant expires = Instant.now().plus(LIFETIME);
        try (var running = running(new SessionsProjection(), batch)) {
            running.given(
                    loggedIn("ada", "phone", expires),
                    loggedIn("ada", "desk", expires),
                    loggedIn("bob", "long past", History.timeOf(10)),
                    loggedOut("ada", "desk"));

            var redis = running.redis().connection().sync();
            String phone = key(running, "sessions", "session:" + id("phone"));
            assertThat(redis.hgetall(phone))
                    .containsOnlyKeys("person", "started", "expires", "position")
                    .containsEntry("person", id("ada").toString())
                    .containsEntry("started", History.timeOf(1).toString())
                    .containsEntry("expires", expires.toString())
                    .containsEntry("position", "1");
            assertThat(redis.pexpiretime(phone)).isEqualTo(expires.toEpochMilli());
            assertThat(redis.exists(key(running, "sessions", "session:" + id("desk"))))
                    .isZero();
            assertThat(redis.exists(key(running, "sessions", "session:" + id("long past"))))
                    .isZero();
        }
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 60, 5_000})
    void aRoomKeepsItsNewestMessagesThatStand(int batch) {
        int sent = RecentMessagesProjection.KEPT + 50;
        try (var running = running(new RecentMessagesProjection(), batch)) {
            running.given(IntStream.rangeClosed(1, sent)
                    .mapToObj(i -> said("hall", "ada", "message " + i))
                    .toArray(VezaEvent[]::new));
            running.given(
                    deleted("hall", "ada", "message " + sent),
                    deleted("hall", "ada", "message 1"),
                    said("den", "bob", "a secret"),
                    said("hall", "ada", "last"));

            var redis = running.redis().connection().sync();
            String hall = key(running, "recent_messages", "room:" + id("hall"));
            assertThat(redis.zcard(hall)).isEqualTo(RecentMessagesProjection.KEPT);
            assertThat(redis.zrange(hall, 0, 0))
                    .containsExactly(id("message 51").toString());
            assertThat(redis.zrange(hall, -2, -1))
                    .containsExactly(
                            id("message " + (sent - 1)).toString(), id("last").toString());
            assertThat(redis.zscore(hall, id("last").toString())).isEqualTo(sent + 4.0);
            assertThat(redis.objectEncoding(hall)).isEqualTo("listpack");
        }
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 3, 500})
    void whatIsUnreadIsWhatCameAfterTheMark(int batch) {
        try (var running = running(new RecentMessagesProjection(), batch)) {
            running.given(
                    owns("hall", "ada"),
                    joined("hall", "bob"),
                    said("hall", "ada", "one"),
                    said("hall", "ada", "two"),
                    read("hall", "bob", "one", 3),
                    joined("hall", "eve"),
                    said("hall", "ada", "three"),
                    read("hall", "bob", "none", 1),
                    deleted("hall", "ada", "two"),
                    joined("hall", "max"),
                    left("hall", "max"),
                    said("hall", "max", "four"));

            assertThat(unread(running, "ada")).isEqualTo(1);
            assertThat(unread(running, "bob")).isEqualTo(2);
            assertThat(unread(running, "eve")).isEqualTo(2);
            assertThat(running.redis()
                            .connection()
                            .sync()
                            .zrange(key(running, "recent_messages", "read:" + id("hall")), 0, -1))
                    .containsExactlyInAnyOrder(
                            id("ada").toString(),
                            id("bob").toString(),
                            id("eve").toString());
        }
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 2, 500})
    void aRoomThatWasClosedKeepsNothing(int batch) {
        try (var running = running(new RecentMessagesProjection(), batch)) {
            running.given(
                    owns("hall", "ada"),
                    said("hall", "ada", "one"),
                    said("hall", "ada", "two"),
                    said("den", "ada", "three"),
                    closed("hall", "ada"),
                    deleted("hall", "ada", "one"),
                    read("hall", "ada", "two", 3));

            RedisCommands<String, String> redis = running.redis().connection().sync();
            assertThat(redis.exists(
                            key(running, "recent_messages", "room:" + id("hall")),
                            key(running, "recent_messages", "read:" + id("hall"))))
                    .isZero();
            assertThat(redis.zcard(key(running, "recent_messages", "room:" + id("den"))))
                    .isOne();
        }
    }

    private static long unread(RunningProjections running, String person) {
        RedisCommands<String, String> redis = running.redis().connection().sync();
        double mark = redis.zscore(
                key(running, "recent_messages", "read:" + id("hall")),
                id(person).toString());
        return redis.zcount(
                key(running, "recent_messages", "room:" + id("hall")),
                Range.from(Range.Boundary.excluding(mark), Range.Boundary.unbounded()));
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 2, 500})
    void everyStreamThatHasNotEnded(int batch) {
        try (var running = running(new LiveStreamsProjection(), batch)) {
            running.given(
                    streamCreated("jazz", "ada"),
                    privateStream("rehearsal", "bob"),
                    wentLive("rehearsal", "bob"),
                    described("rehearsal", "bob", "The rehearsal"),
                    listens("rehearsal", "ada", "phone"),
                    listens("rehearsal", "ada", "desk"),
                    listens("rehearsal", "ada", "desk"),
                    listens("jazz", "ada", "radio"),
                    leaves("rehearsal", "ada", "phone", 10),
                    streamStopped("jazz", "ada"));

            RedisCommands<String, String> redis = running.redis().connection().sync();
            assertThat(redis.zrange(key(running, "live_streams", "streams"), 0, -1))
                    .containsExactly(id("rehearsal").toString());
            assertThat(redis.hgetall(key(running, "live_streams", "stream:" + id("rehearsal"))))
                    .containsEntry("broadcaster", id("bob").toString())
                    .doesNotContainKeys("title", "playing")
                    .containsEntry("visibility", "private")
                    .containsEntry("state", "live")
                    .containsEntry("started", History.timeOf(3).toString())
                    .containsEntry("position", "2");
            assertThat(redis.scard(key(running, "live_streams", "listeners:" + id("rehearsal"))))
                    .isEqualTo(1);
            assertThat(redis.exists(
                            key(running, "live_streams", "stream:" + id("jazz")),
                            key(running, "live_streams", "listeners:" + id("jazz"))))
                    .isZero();
        }
    }

    private static RunningProjections running(RedisProjection projection, int batch) {
        return RunningProjections.start(
                List.of(projection), EmbeddedPlatform.shared().properties(), batch);
    }

    private static String key(RunningProjections running, String projection, String local) {
        int version = Projections.all().stream()
                .filter(one -> one.name().equals(projection))
                .findFirst()
                .orElseThrow()
                .version();
        return new RedisKeys(running.redisKeyPrefix(), projection, version).key(local);
    }
}
