package app.veza.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.JetStream;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NatsServerTest {

    @ParameterizedTest
    @EnumSource
    void keepsItsStreamOverKillAndRestart(Durability durability, @TempDir Path directory) throws Exception {
        String url;
        int port;
        try (var server = NatsServer.start(NatsServerOptions.in(directory).withDurability(durability))) {
            url = server.url();
            port = server.port();
            createStream(url);
            publish(url, "one");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();
            publish(url, "two");
        }
        try (var again = NatsServer.start(NatsServerOptions.in(directory).withPort(port))) {
            assertThat(again.url()).isEqualTo(url);
            assertThat(messages(url)).isEqualTo(2);
        }
    }

    @Test
    void isClosedToStrangers() {
        try (var server = NatsServer.start(NatsServerOptions.temporary())) {
            assertThatThrownBy(() -> Nats.connect("nats://127.0.0.1:" + server.port()))
                    .hasMessageContaining("Authorization Violation");
        }
    }

    @Test
    void takesEightMegabytes() throws Exception {
        try (var server = NatsServer.start(NatsServerOptions.temporary());
                var connection = Nats.connect(server.url())) {
            assertThat(connection.getMaxPayload()).isEqualTo(8L << 20);
        }
    }

    @Test
    void synchronisesEveryWriteWhenItMustSurviveALossOfPower() {
        assertThat(configuration(Durability.POWER)).contains("sync_interval: always");
        assertThat(configuration(Durability.PROCESS)).doesNotContain("sync_interval");
    }

    @Test
    void aTemporaryDirectoryGoesWithTheServer() {
        Path log;
        try (var server = NatsServer.start(NatsServerOptions.temporary())) {
            log = Path.of("/proc", Long.toString(server.pid()), "cwd");
            assertThat(log).exists();
        }
        assertThat(log).doesNotExist();
    }

    private static String configuration(Durability durability) {
        return new NatsConfiguration("n", 1, Path.of("store"), durability, 0, 1024, new NatsSecrets("p", "s"), null)
                .render();
    }

    private static void createStream(String url) throws Exception {
        try (var connection = Nats.connect(url)) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("LOG")
                            .subjects("veza.events.>")
                            .storageType(StorageType.File)
                            .build());
        }
    }

    private static void publish(String url, String text) throws Exception {
        try (var connection = Nats.connect(new Options.Builder().server(url).build())) {
            JetStream stream = connection.jetStream();
            stream.publish("veza.events.test", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long messages(String url) throws Exception {
        try (var connection = Nats.connect(url)) {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo("LOG")
                    .getStreamState()
                    .getMsgCount();
        }
    }
}
