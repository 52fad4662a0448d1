package app.veza.server.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.command.streaming.endlistening.EndListening;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.Visibility;
import app.veza.projectionengine.LoggedEvent;
import app.veza.stores.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

/** Two streams that have ended, of which somebody listened to each. Redis is away. */
class ListenerReaperTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final LiveStreams streams = new LiveStreams(null, null);
    private long position;

    @Test
    void oneStreamsEndThatFailsHoldsUpNoOther() {
        streams.startAt(0);
        UUID one = ended();
        UUID other = ended();
        Set<UUID> tried = new HashSet<>();
        var commands = new Commands((command, options) -> {
            tried.add(((EndListening) command).streamId());
            return CompletableFuture.failedFuture(new IllegalStateException("The log is away"));
        });
        var nothing = new History(new InMemoryEventStorageEngine());
        Duration second = Duration.ofSeconds(1);
        var settings = new StreamingSettings(second, second.multipliedBy(3), second.multipliedBy(30), second, second);

        try (Redis away = Redis.open("redis://127.0.0.1:1", second, new SimpleMeterRegistry())) {
            new ListenerReaper(streams, new Signs(away, "test:"), commands, nothing, settings, InstantSource.fixed(NOW))
                    .look();
        }

        assertThat(tried).containsExactlyInAnyOrder(one, other);
    }

    private UUID ended() {
        UUID stream = UUID.randomUUID();
        UUID ann = UUID.randomUUID();
        pass(new StreamCreated(stream, ann, "Jazz", null, Visibility.PUBLIC, false));
        pass(new ListenerJoined(stream, UUID.randomUUID(), UUID.randomUUID()));
        pass(new StreamStopped(stream, ann));
        return stream;
    }

    private void pass(VezaEvent event) {
        streams.pass(new Logged(++position, event));
    }

    private record Logged(long position, VezaEvent payload) implements LoggedEvent {

        @Override
        public String type() {
            return EventTypes.nameOf(payload.getClass());
        }

        @Override
        public Instant timestamp() {
            return NOW;
        }

        @Override
        public byte[] chainHash() {
            return new byte[0];
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }
    }
}
