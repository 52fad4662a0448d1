package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
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
        theMasterKeyIsChanged();
        secondStartIsRefused();
        register("first");
        eventsAreBrowsed();
        projectionsAreLookedAfter();
        theFirstAdminIsMade();
        eventsAreFollowedWhile(() -> comesBack("node-1"));
        comesBack("nats");
        comesBack("postgresPrimary");
        comesBack("redis");

        kill(veza.pid("launcher"));
        awaitNoProcess();
        assertThat(veza.run("status").exitCode()).isEqualTo(1);

        var again = veza.run("up", "--detach", "--port", port);
        assertThat(again.exitCode()).as(again.output()).isZero();
        // a part that has just begun may take longer than a look waits for, on a machine that is busy
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode status = veza.status();
            assertThat(status.path("status").asString()).as("%s", status).isEqualTo("up");
        });

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

        send("INT", launcher);

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
                        "postgresPrimary",
                        "postgresReplica",
                        "postgresAnalytics",
                        "postgresAnalyst",
                        "redis",
                        "nats",
                        "s3",
                        "mail");
        status.path("stores")
                .forEach(store -> assertThat(store.path("url").asString()).contains("127.0.0.1:"));
        assertThat(status.at("/nodes/0/parts").propertyNames()).contains("postgresPrimary", "redis", "nats");
        assertThat(veza.run("status").output()).contains("Veza is up", "NODE-1", "STORE", "PROCESS");
    }

    private void theMasterKeyIsChanged() {
        var before = veza.run("keys", "status", "--json");
        var rotated = veza.run("keys", "rotate");
        assertThat(rotated.exitCode()).as(rotated.output()).isZero();
        var after = veza.run("keys", "status", "--json");
        assertThat(JsonMapper.shared()
                        .readTree(after.output())
                        .path("currentMasterKey")
                        .asString())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(JsonMapper.shared()
                        .readTree(before.output())
                        .path("currentMasterKey")
                        .asString());
        assertThat(veza.run("keys", "status").output()).contains("People with a key", "master.key");
    }

    private void secretsAreTheOwnersAlone() {
        Path data = directory.resolve("data");
        for (String file :
                new String[] {"platform.key", "master.key", "operator.token", "run/status.json", "run/node-1.properties"
                }) {
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

    private void eventsAreBrowsed() {
        var all = veza.run("events", "--json");
        assertThat(all.exitCode()).as(all.output()).isZero();
        var events = all.output().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(events)
                .extracting(event -> event.path("position").asLong())
                .isSorted()
                .startsWith(1L);
        String type = events.getFirst().path("type").asString();
        long last = events.getLast().path("position").asLong();

        assertThat(veza.run("events", "--last", "1", "--json").output().strip())
                .isEqualTo(events.getLast().toString());
        assertThat(veza.run("events", "--backwards", "--json").output().lines().findFirst())
                .contains(events.getLast().toString());
        assertThat(veza.run("events", "--type", "identity.*", "--tag", "username:first", "--from", "-2h")
                        .output())
                .contains("identity.PersonRegistered")
                .doesNotContain("username:first");
        assertThat(veza.run("events", "--tree", Long.toString(last)).output())
                .startsWith("correlation ")
                .contains("* ")
                .contains(Long.toString(last));

        assertThat(failure("--type", type + "s")).contains("did you mean " + type);
        assertThat(failure("--from", "yesterday")).contains("'yesterday' is no place in the log");
        assertThat(failure("--tag", "room")).contains("'room' is no tag");
        assertThat(failure("--tree", "100000")).contains("There is no event at position 100000");
        assertThat(veza.run("events", "--follow", "--to", "7").exitCode()).isEqualTo(2);
    }

    private void projectionsAreLookedAfter() {
        assertThat(veza.run("projections").output()).contains("PROJECTION", "people", "chat");
        assertThat(veza.run("projections list").output()).contains("PROJECTION", "people", "chat");
        assertThat(veza.run("projections dead-letters").output()).contains("No dead letters.");
        assertThat(veza.run("projections dead-letters", "--json").output()).isEmpty();
        assertThat(JsonMapper.shared()
                        .readTree(veza.run("projections", "--json").output()))
                .isNotEmpty();
        var rebuilt = veza.run("projections rebuild", "people");
        assertThat(rebuilt.exitCode()).as(rebuilt.output()).isZero();
        assertThat(rebuilt.output()).contains("people is served by version");
        var verified = veza.run("projections verify", "people");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("no difference");
        assertThat(veza.run("projections replay", "people", "--to", "1", "--into", "once")
                        .output())
                .contains("people as it was at position 1");
        assertThat(veza.run("projections drop", "once").output()).contains("once is dropped");
        assertThat(veza.run("projections jobs").output()).contains("rebuild", "verify", "into once, dropped");
        assertThat(veza.run("projections verify", "peopel").output()).contains("Did you mean people?");
    }

    private void theFirstAdminIsMade() {
        var granted = veza.run("admin", "grant", "first");
        assertThat(granted.exitCode()).as(granted.output()).isZero();
        assertThat(granted.output()).isEqualTo("first is an admin.\n");
        assertThat(veza.run("events", "--type", "identity.RolesChanged", "--last", "1", "--json")
                        .output())
                .contains("ADMIN");
        var nobody = veza.run("admin", "grant", "nobody");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.output()).isEqualTo("veza: Nobody has the username 'nobody': register it first.\n");
    }

    private String failure(String... options) {
        var outcome = veza.run("events", options);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).startsWith("veza: ").containsOnlyOnce("\n");
        return outcome.output();
    }

    /** Nothing is lost or told twice when the node goes away and comes back meanwhile; Ctrl-C ends it. */
    private void eventsAreFollowedWhile(Runnable interruption) {
        Process follower =
                veza.start("events", "--follow", "--json", "--from", "1", "--type", "identity.PersonRegistered");
        var told = new LinkedBlockingQueue<String>();
        Thread.ofVirtual().start(() -> follower.inputReader().lines().forEach(told::add));
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 1);
        interruption.run();
        register("second");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> told.stream().filter(line -> line.startsWith("{")).count() == 2);
        assertThat(told.stream().filter(line -> line.startsWith("{")).distinct())
                .hasSize(2);

        send("INT", follower);
        await().atMost(Duration.ofSeconds(10)).until(() -> !follower.isAlive());
        assertThat(follower.exitValue()).isZero();
    }

    private void register(String name) {
        String account = "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"correct horse\"}"
                .formatted(name, name);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/auth/register"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(account))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(String signal, Process process) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void comesBack(String process) {
        long before = veza.pid(process);
        kill(before);
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
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
