package app.veza.embedded;

import static app.veza.embedded.Databases.connect;
import static app.veza.embedded.Databases.execute;
import static app.veza.embedded.Databases.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPlatformTest {

    private Path dataDirectory;
    private EmbeddedPlatform platform;

    /** Below a home that only its owner enters. */
    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        dataDirectory = home.resolve("data");
        platform = EmbeddedPlatform.start(EmbeddedPlatformOptions.in(dataDirectory));
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void namesEveryAddress() {
        assertThat(platform.properties())
                .containsKeys(
                        "veza.nats.url",
                        "veza.postgres.primary.url",
                        "veza.postgres.primary.username",
                        "veza.postgres.primary.password",
                        "veza.postgres.replica.url",
                        "veza.postgres.analytics.url",
                        "veza.redis.url",
                        "veza.s3.endpoint",
                        "veza.s3.region",
                        "veza.s3.bucket",
                        "veza.s3.access-key",
                        "veza.s3.secret-key",
                        "veza.mail.host",
                        "veza.mail.port",
                        "veza.mail.username",
                        "veza.mail.password");
        assertThat(platform.properties().get("veza.postgres.analytics.url")).endsWith("/veza_analytics");
    }

    @Test
    void secretsAreTheOwnersAlone() throws IOException {
        Path written = dataDirectory.resolve("node.properties");
        platform.writeProperties(written);
        assertThat(RememberedProperties.read(written)).isEqualTo(platform.properties());
        try (Stream<Path> all = Files.walk(dataDirectory, 2)) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (Files.isDirectory(path)) {
                    assertThat(mode).as(path.toString()).isEqualTo("rwx------");
                } else if (path.toString().matches(".*\\.(properties|conf|pid)")) {
                    assertThat(mode).as(path.toString()).isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void aSecondPlatformOnTheSameDirectoryIsRefusedAndHarmsNothing() {
        var options = EmbeddedPlatformOptions.in(dataDirectory);
        assertThatThrownBy(() -> EmbeddedPlatform.start(options))
                .isInstanceOf(EmbeddedPlatformException.class)
                .hasMessageContaining("Another Veza runs on the data directory");
        assertThatThrownBy(() -> EmbeddedPlatform.start(options)).hasMessageContaining("Another Veza runs");
        assertThat(platform.nats().isRunning()).isTrue();
    }

    @Test
    void aServerThatIsKilledIsBackWithinFiveSeconds() {
        for (EmbeddedServer server : List.of(
                platform.nats(), platform.redis(), platform.analytics(), platform.replica(), platform.primary())) {
            long killed = server.pid();
            server.kill();
            await(server.name())
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> server.isRunning() && server.pid() != killed);
        }
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(one(platform.replica(), "SELECT 1")).isEqualTo("1"));
    }

    @Test
    void aFreshDatabaseIsEmptyOnPrimaryReplicaAndAnalytics() throws Exception {
        String name;
        try (var fresh = platform.freshDatabase()) {
            name = fresh.name();
            try (var primary = connect(fresh.properties(), "veza.postgres.primary");
                    var replica = connect(fresh.properties(), "veza.postgres.replica");
                    var analytics = connect(fresh.properties(), "veza.postgres.analytics")) {
                execute(primary, "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 5 AS x");
                await().ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(one(replica, "SELECT x FROM s.t")).isEqualTo("5"));
                assertThat(one(replica, "SELECT pg_is_in_recovery()")).isEqualTo("t");
                assertThat(
                                one(
                                        analytics,
                                        "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
                        .isEqualTo("0");
            }
        }
        assertThat(one(platform.primary(), "SELECT count(*) FROM pg_database WHERE datname = '" + name + "'"))
                .isEqualTo("0");
    }

    @Test
    void nextTimeAddressesAndDataAreTheSameButATakenPortIsAvoided(@TempDir Path directory) throws Exception {
        var options = EmbeddedPlatformOptions.in(directory.resolve("data"));
        var first = EmbeddedPlatform.start(options);
        int redis = first.redis().port();
        execute(first.primary(), "CREATE TABLE t AS SELECT 1 AS x");
        first.close();

        try (var taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            taken.bind(new InetSocketAddress("127.0.0.1", redis));
            try (var second = EmbeddedPlatform.start(options)) {
                assertThat(second.redis().port()).isNotEqualTo(redis);
                assertThat(second.properties().get("veza.postgres.primary.url"))
                        .isEqualTo(first.properties().get("veza.postgres.primary.url"));
                assertThat(second.properties().get("veza.nats.url"))
                        .isEqualTo(first.properties().get("veza.nats.url"));
                await().ignoreExceptions()
                        .untilAsserted(() -> assertThat(one(second.replica(), "SELECT x FROM t"))
                                .isEqualTo("1"));
            }
            assertThatThrownBy(() -> EmbeddedPlatform.start(options.withPort("nats", taken.getLocalPort())))
                    .isInstanceOf(EmbeddedPlatformException.class)
                    .hasMessageContaining("is taken: stop what listens there");
        }
    }

    @Test
    void theSharedPlatformIsOne() {
        assertThat(EmbeddedPlatform.shared()).isSameAs(EmbeddedPlatform.shared());
        assertThat(EmbeddedPlatform.shared().mailbox().mails()).isEmpty();
    }
}
