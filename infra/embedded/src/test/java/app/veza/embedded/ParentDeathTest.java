package app.veza.embedded;

import static app.veza.embedded.Databases.execute;
import static app.veza.embedded.Databases.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform in a JVM of its own, and what is left when that JVM ends. */
class ParentDeathTest {

    @Test
    void killedLeavesNoProcessAndTheNextStartFindsTheData(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        Process launcher = launch(data, directory.resolve("node.properties"));
        Map<String, String> properties = RememberedProperties.read(directory.resolve("node.properties"));
        try (var connection = Databases.connect(properties, "veza.postgres.primary")) {
            execute(connection, "CREATE TABLE t AS SELECT 1 AS x");
        }
        assertThat(serversBelow(data)).hasSize(5);

        launcher.destroyForcibly();
        assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(serversBelow(data)).isEmpty());
        try (var platform = EmbeddedPlatform.start(EmbeddedPlatformOptions.in(data))) {
            assertThat(platform.properties().get("veza.nats.url")).isEqualTo(properties.get("veza.nats.url"));
            assertThat(one(platform.primary(), "SELECT x FROM t")).isEqualTo("1");
        }
    }

    @Test
    void endsInGoodOrderWithItsStandardInput(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        Process launcher = launch(data, directory.resolve("node.properties"), "--throw-away");
        assertThatThrownBy(() -> EmbeddedPlatform.start(EmbeddedPlatformOptions.in(data)))
                .hasMessageContaining("Another Veza runs on the data directory");
        launcher.getOutputStream().close();
        assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isZero();
        assertThat(serversBelow(data)).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void serversThatAnEarlierLauncherLeftAreStoppedFirst(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        // As a launcher leaves it that was killed before it could set the parent-death signal
        EmbeddedPlatform.start(EmbeddedPlatformOptions.in(data)).close();
        var leftover = new ProcessBuilder(
                        RedisLaunch.binary(ToolCache.ofUser(data)).toString(),
                        data.resolve("redis/redis.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Files.writeString(data.resolve("redis/redis.pid"), Long.toString(leftover.pid()));
        try (var platform = EmbeddedPlatform.start(EmbeddedPlatformOptions.in(data))) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(platform.redis().isRunning()).isTrue();
        }
    }

    private static Process launch(Path data, Path properties, String... more) throws IOException {
        var command = Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EmbeddedPlatformMain.class.getName(),
                                data.toString(),
                                properties.toString()),
                        Stream.of(more))
                .toList();
        Process launcher = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(launcher.inputReader(StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("ready");
        return launcher;
    }

    /** Command lines of live server processes on that directory. */
    private static List<String> serversBelow(Path directory) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(ParentDeathTest::commandLine)
                    .filter(line -> line.contains(directory.toString()) && !line.contains("EmbeddedPlatformMain"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
