package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As after a power cut that a log of durability {@code process} met. */
class LostTailTest {
    @TempDir
    Path directory;

    @Test
    void aLogThatLostItsTailIsAnotherLog() throws Exception {
        Path data = directory.resolve("nats");
        NatsServer server = NatsServer.start(NatsServerOptions.in(data));
        try {
            server.supervised(false);
            EventLogConfig lossy = TestLog.config(server.url(), directory.resolve("lossy"));
            EventLogConfig elsewhere = EventLogConfig.defaults(server.url(), directory.resolve("elsewhere"))
                    .withStream(lossy.streamName());
            String logId;
            try (EventLog log = TestLog.open(lossy)) {
                logId = log.logId();
                appended(log, event("chat.A"), event("chat.B"));
            }
            server.kill();
            copy(data.resolve("jetstream"), directory.resolve("copy"));
            server.restart();
            try (EventLog log = TestLog.open(lossy);
                    EventLog other = TestLog.open(elsewhere)) {
                appended(log, event("chat.Lost"));
                assertThat(other.awaitIndexed(3, Duration.ofSeconds(10))).isTrue();
            }
            server.kill();
            bringBack(directory.resolve("copy"), data.resolve("jetstream"));
            server.restart();

            try (EventLog log = TestLog.open(lossy);
                    EventLog other = TestLog.open(elsewhere)) {
                assertThat(log.logId()).isNotEqualTo(logId);
                assertThat(all(log)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B");
                assertThat(appended(log, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(3, 3));
                Awaitility.await().until(() -> other.logId().equals(log.logId()) && other.indexedPosition() == 3);
                assertThat(all(other)).extracting(RecordedEvent::type).containsExactly("chat.A", "chat.B", "chat.C");
            }
        } finally {
            server.close();
        }
    }

    /** As where server and node lost power together: the index is written now and then, and stands before what is lost. */
    @Test
    void aLostTailThatTheIndexDoesNotKnowIsNoticedByWhoRemembersIt() throws Exception {
        Path data = directory.resolve("nats");
        NatsServer server = NatsServer.start(NatsServerOptions.in(data));
        try {
            server.supervised(false);
            EventLogConfig config = TestLog.config(server.url(), directory.resolve("index"));
            EventLogConfig elsewhere = EventLogConfig.defaults(server.url(), directory.resolve("elsewhere"))
                    .withStream(config.streamName());
            try (EventLog log = TestLog.open(config)) {
                appended(log, event("chat.A"), event("chat.B"));
            }
            server.kill();
            copy(data.resolve("jetstream"), directory.resolve("copy"));
            copy(directory.resolve("index"), directory.resolve("index copy"));
            server.restart();
            String logId;
            byte[] kept;
            byte[] lost;
            try (EventLog log = TestLog.open(config)) {
                logId = log.logId();
                appended(log, event("chat.Lost"), event("chat.Lost"));
                assertThat(log.awaitIndexed(4, Duration.ofSeconds(10))).isTrue();
                kept = log.chainHash(2).orElseThrow();
                lost = log.chainHash(4).orElseThrow();
            }
            server.kill();
            bringBack(directory.resolve("copy"), data.resolve("jetstream"));
            bringBack(directory.resolve("index copy"), directory.resolve("index"));
            server.restart();

            try (EventLog log = TestLog.open(config);
                    EventLog other = TestLog.open(elsewhere)) {
                appended(log, event("chat.C"));
                log.disown(logId, 2, kept);
                appended(log, event("chat.D"));
                assertThat(log.logId()).as("it holds what is remembered").isEqualTo(logId);

                log.disown(logId, 4, lost);
                other.disown(logId, 4, lost);
                Awaitility.await()
                        .until(() -> !log.logId().equals(logId)
                                && log.indexedPosition() == 4
                                && other.logId().equals(log.logId())
                                && other.indexedPosition() == 4);
                log.disown(logId, 4, lost);
                String renewed = log.logId();
                for (EventLog node : List.of(log, other)) {
                    Awaitility.await().until(node::isCaughtUp);
                    assertThat(appended(node, event("chat.E"))).isInstanceOf(AppendOutcome.Appended.class);
                    assertThat(node.logId())
                            .as("of another log nothing is disowned")
                            .isEqualTo(renewed);
                }
                assertThat(all(log))
                        .extracting(RecordedEvent::type)
                        .containsExactly("chat.A", "chat.B", "chat.C", "chat.D", "chat.E", "chat.E");
            }
        } finally {
            server.close();
        }
    }

    private static void bringBack(Path copy, Path to) throws Exception {
        IndexFiles.delete(to);
        copy(copy, to);
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
