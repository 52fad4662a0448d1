package app.veza.projection.redis;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loggedOut;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.event.VezaEvent;
import app.veza.projection.kit.History;
import app.veza.projection.kit.RunningProjections;
import app.veza.projection.redis.livestreams.LiveStreamsProjection;
import app.veza.projection.redis.recentmessages.RecentMessage;
import app.veza.projection.redis.recentmessages.RecentMessagesProjection;
import app.veza.projection.redis.sessions.SessionsProjection;
import app.veza.projectionengine.RedisKeys;
import app.veza.projectionengine.RedisProjection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

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
    @ValueSource(ints = {1, 60, 500})
    void aRoomKeepsItsNewestMessages(int batch) {
        try (var running = running(new RecentMessagesProjection(), batch)) {
            running.given(IntStream.rangeClosed(1, 150)
                    .mapToObj(i -> said("hall", "ada", "message " + i))
                    .toArray(VezaEvent[]::new));
            running.given(said("den", "bob", "a \"quoted\" text"));

            var redis = running.redis().connection().sync();
            List<String> hall = redis.zrange(key(running, "recent_messages", "room:" + id("hall")), 0, -1);
            assertThat(hall).hasSize(RecentMessagesProjection.KEPT);
            assertThat(message(hall.getFirst()).position()).isEqualTo(51);
            assertThat(message(hall.getLast()))
                    .isEqualTo(new RecentMessage(
                            id("message 150"), 150, id("ada"), "message 150", History.timeOf(150), null, "client 11"));
            assertThat(redis.zrange(key(running, "recent_messages", "room:" + id("den")), 0, -1))
                    .singleElement()
                    .satisfies(json -> assertThat(message(json).text()).isEqualTo("a \"quoted\" text"));
        }
    }

    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 2, 500})
    void everyStreamThatHasNotEnded(int batch) {
        try (var running = running(new LiveStreamsProjection(), batch)) {
            running.given(
                    streamCreated("jazz", "ada"), privateStream("rehearsal", "bob"), streamStopped("jazz", "ada"));

            RedisCommands<String, String> redis = running.redis().connection().sync();
            assertThat(redis.zrange(key(running, "live_streams", "streams"), 0, -1))
                    .containsExactly(id("rehearsal").toString());
            assertThat(redis.hgetall(key(running, "live_streams", "stream:" + id("rehearsal"))))
                    .containsEntry("broadcaster", id("bob").toString())
                    .containsEntry("title", "rehearsal")
                    .containsEntry("visibility", "private")
                    .containsEntry("state", "created")
                    .containsEntry("position", "2");
            assertThat(redis.exists(key(running, "live_streams", "stream:" + id("jazz"))))
                    .isZero();
        }
    }

    private static RunningProjections running(RedisProjection projection, int batch) {
        return RunningProjections.start(
                List.of(projection), EmbeddedPlatform.shared().properties(), batch);
    }

    private static String key(RunningProjections running, String projection, String local) {
        return new RedisKeys(running.redisKeyPrefix(), projection, 1).key(local);
    }

    private static RecentMessage message(String json) {
        return JsonMapper.shared().readValue(json, RecentMessage.class);
    }
}
