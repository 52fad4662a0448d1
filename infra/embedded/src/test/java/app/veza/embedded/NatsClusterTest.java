package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsClusterTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private static NatsCluster cluster;

    @BeforeAll
    static void start() {
        cluster = NatsCluster.start(NatsClusterOptions.temporary());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void goesOnWithoutTheLeaderAndTakesItBackWithEverything() throws Exception {
        createStream("KILLED", "killed");
        publish("killed", "one");
        int leader = cluster.leaderOf("KILLED");

        cluster.kill(leader);
        publish("killed", "two");
        assertThat(cluster.leaderOf("KILLED")).isNotEqualTo(leader);

        cluster.restart(leader);
        cluster.kill((leader + 1) % NatsCluster.SIZE);
        publish("killed", "three");
        assertThat(messages("KILLED")).isEqualTo(3);
        cluster.restart((leader + 1) % NatsCluster.SIZE);
    }

    @Test
    void goesOnWithoutALeaderThatHangs() throws Exception {
        createStream("PAUSED", "paused");
        int leader = cluster.leaderOf("PAUSED");

        cluster.pause(leader);
        publish("paused", "one");
        assertThat(cluster.leaderOf("PAUSED")).isNotEqualTo(leader);

        cluster.resume(leader);
        cluster.awaitCurrent(leader);
        assertThat(messages("PAUSED")).isEqualTo(1);
    }

    @Test
    void hasAMetaLeaderAndIsClosedToStrangers() {
        assertThat(cluster.metaLeader()).isBetween(0, NatsCluster.SIZE - 1);
        String address = cluster.urls().getFirst().replaceFirst("//.*@", "//");
        assertThatThrownBy(() -> Nats.connect(address)).hasMessageContaining("Authorization Violation");
    }

    @Test
    void comesBackWithItsDataOnItsPorts(@TempDir Path directory) throws Exception {
        String url;
        var options = NatsClusterOptions.in(directory).withDurability(Durability.POWER);
        try (var first = NatsCluster.start(options)) {
            url = first.url();
            try (Connection connection = Nats.connect(url)) {
                connection.jetStreamManagement().addStream(stream("KEPT", "kept"));
                connection.jetStream().publish("kept", new byte[] {1});
            }
            first.pause(1);
        }
        try (var again = NatsCluster.start(options);
                Connection connection = Nats.connect(again.url())) {
            assertThat(again.url()).isEqualTo(url);
            again.leaderOf("KEPT");
            assertThat(connection
                            .jetStreamManagement()
                            .getStreamInfo("KEPT")
                            .getStreamState()
                            .getMsgCount())
                    .isEqualTo(1);
        }
    }

    private static StreamConfiguration stream(String name, String subject) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(3)
                .build();
    }

    private static void createStream(String name, String subject) {
        untilTaken(connection -> connection.jetStreamManagement().addStream(stream(name, subject)));
    }

    /** The text is the message's id too: what was stored although the answer got lost is not stored again. */
    private static void publish(String subject, String text) {
        var once = PublishOptions.builder().messageId(subject + "-" + text).build();
        untilTaken(connection -> connection.jetStream().publish(subject, text.getBytes(StandardCharsets.UTF_8), once));
    }

    private interface Request {
        void send(Connection connection) throws IOException, JetStreamApiException;
    }

    /** As often as it takes while a leader is elected. */
    private static void untilTaken(Request request) {
        await().atMost(BOUND)
                .ignoreExceptionsMatching(e -> e instanceof IOException || e instanceof JetStreamApiException)
                .untilAsserted(() -> {
                    try (var connection = connect()) {
                        request.send(connection);
                    }
                });
    }

    private static long messages(String name) throws Exception {
        cluster.leaderOf(name);
        try (var connection = connect()) {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(name)
                    .getStreamState()
                    .getMsgCount();
        }
    }

    private static Connection connect() throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server(cluster.url())
                .connectionTimeout(Duration.ofSeconds(1))
                .build());
    }
}
