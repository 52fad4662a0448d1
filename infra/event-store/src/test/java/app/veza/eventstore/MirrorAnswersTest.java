package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror in the log's account, made as DRILL.md says: NATS lets it answer a part of what nodes ask the log. */
class MirrorAnswersTest {
    private static final int EVENTS = 40;
    private static final int NODES = 10;

    @TempDir
    Path directory;

    private NatsServer server;

    @BeforeEach
    void start() {
        server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EventLogConfig node(String name) {
        return EventLogConfig.defaults(server.url(), directory.resolve(name));
    }

    private static void say(EventLog log, String type) {
        for (int i = 0; i < EVENTS; i++) {
            appended(log, event(type));
        }
    }

    /** As after a restore, until somebody makes the mirror anew. */
    @Test
    void oneOfTheLogThatWasIsNotTakenForTheLog() throws Exception {
        EventLogConfig former = node("former");
        try (EventLog log = TestLog.open(former);
                Mirror mirror = Mirror.of(former)) {
            say(log, "chat.Former");
            mirror.awaitWhole();
            mirror.awaitAnswers();
        }
        try (RawStream stream = RawStream.connect(server.url(), former.streamName())) {
            RawStream.requireDone("STREAM.DELETE", stream.api("STREAM.DELETE", new byte[0]));
        }
        List<String> types =
                IntStream.range(0, EVENTS).mapToObj(i -> "chat.Present").toList();
        String logId;
        try (EventLog log = TestLog.open(node("present"))) {
            say(log, "chat.Present");
            logId = log.logId();
        }
        for (int i = 0; i < NODES; i++) {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (EventLog log = EventLog.open(node("present"), meters);
                    EventLog fresh = TestLog.open(node("fresh-" + i))) {
                assertThat(all(fresh)).extracting(RecordedEvent::type).isEqualTo(types);
                assertThat(log.logId()).isEqualTo(logId);
                assertThat(meters.get("event.log.index.rebuilds").counter().count())
                        .as("what was indexed still stands")
                        .isZero();
            }
        }
        Verified found = Verified.of(node("present"));
        assertThat(found.damages()).isEmpty();
        assertThat(found.reached().point().position()).isEqualTo(EVENTS);
    }
}
