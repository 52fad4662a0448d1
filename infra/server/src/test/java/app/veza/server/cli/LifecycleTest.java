package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole platform of its own from first start to last stop: real servers, a real node, real kills. */
class LifecycleTest {

    @TempDir
    private Path directory;

    private InstalledVeza veza;
    private String port;

    @BeforeEach
    void choosePlace() throws IOException {
        veza = new InstalledVeza(directory.resolve("data"));
        port = Integer.toString(freePairOfPorts());
    }

    @AfterEach
    void leaveNothing() {
        veza.run("down");
        awaitNoProcess();
    }

    @Test
    void startsAndIsSeenAndRecoversFromEveryDeathAndStops() {
        var up = veza.run("up", "--detach", "--port", port);
        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("http://127.0.0.1:" + port + "/auth/register");

        statusNamesEverything();
        secretsAreTheOwnersAlone();
        secondStartIsRefused();
        comesBack("node-1");
        comesBack("nats");
        comesBack("postgresPrimary");
        comesBack("redis");

        kill(veza.pid("launcher"));
        awaitNoProcess();
        assertThat(veza.run("status").exitCode()).isEqualTo(1);

        var again = veza.run("up", "--detach", "--port", port);
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(veza.status().path("status").asString()).isEqualTo("up");

        var down = veza.run("down");
        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(down.output()).contains("Veza has stopped.");
        assertThat(veza.processes()).isEmpty();
        assertThat(veza.run("status").exitCode()).isEqualTo(1);
    }

    @Test
    void stopsInGoodOrderOnCtrlC() throws Exception {
        Process launcher = veza.start("up", "--port", port);
        await().atMost(Duration.ofMinutes(3)).until(() -> !launcher.isAlive() || isUp());

        new ProcessBuilder("/bin/sh", "-c", "kill -INT " + launcher.pid())
                .start()
                .waitFor();

        String output = new String(launcher.getInputStream().readAllBytes());
        assertThat(launcher.waitFor()).as(output).isZero();
        assertThat(output).contains("Ctrl-C stops it.", "Stopping ...", "Veza has stopped.");
        assertThat(veza.processes()).isEmpty();
    }

    private void statusNamesEverything() {
        JsonNode status =
                JsonMapper.shared().readTree(veza.run("status", "--json").output());
        assertThat(status.path("status").asString()).isEqualTo("up");
        assertThat(status.path("http").asString()).isEqualTo("http://127.0.0.1:" + port);
        assertThat(status.path("ws").asString()).matches("ws://127.0.0.1:[0-9]+/ws");
        assertThat(status.path("processes").propertyNames())
                .containsExactlyInAnyOrder(
                        "launcher",
                        "node-1",
                        "nats",
                        "postgresPrimary",
                        "postgresReplica",
                        "postgresAnalytics",
                        "redis");
        status.path("processes")
                .forEach(pid -> assertThat(ProcessHandle.of(pid.asLong())).isPresent());
        assertThat(status.path("stores").propertyNames())
                .containsExactlyInAnyOrder(
                        "postgresPrimary", "postgresReplica", "postgresAnalytics", "redis", "nats", "s3", "mail");
        status.path("stores")
                .forEach(store -> assertThat(store.path("url").asString()).contains("127.0.0.1:"));
        assertThat(status.at("/nodes/0/parts").propertyNames()).contains("postgresPrimary", "redis", "nats");
        assertThat(veza.run("status").output()).contains("Veza is up", "NODE-1", "STORE", "PROCESS");
    }

    private void secretsAreTheOwnersAlone() {
        Path data = directory.resolve("data");
        for (String file : new String[] {"platform.key", "run/status.json", "run/node-1.properties"}) {
            assertThat(data.resolve(file))
                    .satisfies(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo("rw-------"));
        }
    }

    private void secondStartIsRefused() {
        var second = veza.run("up", "--detach", "--port", port);
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("already runs on " + directory.resolve("data"));
    }

    private void comesBack(String process) {
        long before = veza.pid(process);
        kill(before);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode status = veza.status();
            assertThat(status.path("processes").path(process).asLong()).isNotEqualTo(before);
            assertThat(status.path("status").asString()).as(status.toString()).isEqualTo("up");
        });
    }

    private boolean isUp() {
        return RunState.ofRunning(DataDirectory.at(directory.resolve("data")))
                .filter(RunState::healthy)
                .isPresent();
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private void awaitNoProcess() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(veza.processes()).isEmpty());
    }

    static int freePairOfPorts() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0, 1, InetAddress.ofLiteral(Loopback.HOST))) {
                if (Loopback.isFree(first.getLocalPort() + 1)) {
                    return first.getLocalPort();
                }
            }
        }
    }
}
