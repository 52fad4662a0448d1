package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The drill of DRILL.md as an operator does it: a platform of its own, whose log is backed up, damaged on the disk and brought back. */
class LogCommandsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private InstalledVeza veza;
    private int port;

    @AfterEach
    void leaveNothing() {
        veza.run("down");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(veza.processes()).isEmpty());
    }

    @Test
    void theLogIsVerifiedBackedUpDamagedAndBroughtBackWhileThePlatformRunsAndWithoutIt() throws Exception {
        veza = new InstalledVeza(directory.resolve("data"));
        port = LifecycleTest.freePairOfPorts();
        up();
        register("beforebackup");

        assertThat(succeeds("log verify")).contains("is sound up to position");
        assertThat(fails("log verify", "--from", "99999")).contains("ends before position 99999");
        assertThat(succeeds("log backup")).contains("backed up in 1 new object");
        assertThat(succeeds("log backup")).contains("Nothing new");
        assertThat(succeeds("log backup", "--verify")).contains("is sound up to position");
        register("afterbackup");
        assertThat(fails("log restore")).contains("exists");

        aRestoreIsNoticedByTheNodeThatRuns();
        whoWasErasedSinceTheBackupDoesNotComeBackWithIt();
        theLogIsRepairedWhileThePlatformIsDown();
    }

    private void aRestoreIsNoticedByTheNodeThatRuns() throws Exception {
        String before = logId();
        Process follower = veza.start("events", "--follow", "--from", "1");
        var told = new StringBuffer();
        Thread reading =
                Thread.ofVirtual().start(() -> follower.inputReader().lines().forEach(told::append));
        await().atMost(Duration.ofSeconds(20)).until(() -> told.indexOf("PersonRegistered") >= 0);
        assertThat(succeeds("log restore", "--replace")).contains("The log is restored up to position");
        assertThat(reading.join(Duration.ofSeconds(60))).as(told.toString()).isTrue();
        assertThat(told.toString()).contains("veza: The history was restored and is now log");
        assertThat(follower.waitFor()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(logId()).isNotEmpty().isNotEqualTo(before);
            assertThat(veza.status().path("status").asString()).isEqualTo("up");
        });
        everyReadModelIsBuiltAnewFrom(before);
        assertThat(succeeds("log verify")).contains("is sound");
        assertThat(logIn("beforebackup")).isEqualTo(200);
        assertThat(logIn("afterbackup")).isEqualTo(200);
        register("afterrestore");
    }

    /** In PostgreSQL, primary and analytics, and in Redis. */
    private void everyReadModelIsBuiltAnewFrom(String before) {
        Path log = directory.resolve("data/log/node-1.log");
        for (String projection : List.of("people", "chat", "login_facts", "sessions", "recent_messages")) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Files.readString(log))
                            .contains("Projection %s does not belong to this log: it was filled from log %s"
                                    .formatted(projection, before)));
        }
    }

    private void whoWasErasedSinceTheBackupDoesNotComeBackWithIt() throws Exception {
        register("leaver");
        String token = accessToken("leaver");
        long backedUp = veza.status().at("/nodes/0/parts/eventLog/position").asLong();
        succeeds("log backup");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(found("leaver", token)).contains("\"leaver\""));
        assertThat(send(request("/api/me").DELETE().header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(202);

        succeeds("log restore", "--replace", "--to", Long.toString(backedUp));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(erasures()).as("said again behind what was restored").hasSize(1);
            assertThat(erasures().getFirst()).isGreaterThan(backedUp);
        });
        isGone("leaver");
        assertThat(veza.run("down").exitCode()).isZero();
        up();
        isGone("leaver");
    }

    private void isGone(String name) {
        await().atMost(Duration.ofSeconds(60)).until(() -> logIn("beforebackup") == 200);
        assertThat(logIn(name)).isEqualTo(401);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    String token = accessToken("beforebackup");
                    assertThat(found("beforebackup", token)).contains("\"beforebackup\"");
                    assertThat(found(name, token)).contains("items").doesNotContain("\"" + name + "\"");
                });
    }

    private String found(String words, String token) throws IOException {
        HttpResponse<String> answer = send(request("/api/users?q=" + words).header("Authorization", "Bearer " + token));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Where in the log people were erased. */
    private List<Long> erasures() {
        return succeeds("events", "--type", "identity.PersonErased", "--json")
                .lines()
                .map(event -> JSON.readTree(event).path("position").asLong())
                .toList();
    }

    private void theLogIsRepairedWhileThePlatformIsDown() throws Exception {
        succeeds("log backup");
        assertThat(veza.run("down").exitCode()).isZero();
        flipABit(onlyBlock());

        assertThat(fails("log verify")).contains("DAMAGED", "position", "log restore --replace");
        assertThat(succeeds("log restore", "--replace")).contains("The log is restored");
        assertThat(succeeds("log verify", "--restart")).contains("is sound");

        up();
        assertThat(logIn("afterrestore")).isEqualTo(200);
        register("afterrepair");
    }

    private void up() {
        succeeds("up", "--detach", "--port", Integer.toString(port));
    }

    private String succeeds(String command, String... options) {
        var outcome = veza.run(command, options);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private String fails(String command, String... options) {
        var outcome = veza.run(command, options);
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        return outcome.output();
    }

    private String logId() {
        return veza.status().at("/nodes/0/parts/eventLog/logId").asString("");
    }

    private void register(String name) {
        String body = "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"correct horse battery 9\"}"
                .formatted(name, name);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(post("/auth/register", body)).isEqualTo(201));
    }

    private int logIn(String name) {
        return post("/auth/login", credentials(name));
    }

    private String accessToken(String name) throws IOException {
        HttpResponse<String> answer = send(posting("/auth/login", credentials(name)));
        return JSON.readTree(answer.body()).path("accessToken").asString();
    }

    private static String credentials(String name) {
        return "{\"username\":\"%s\",\"password\":\"correct horse battery 9\"}".formatted(name);
    }

    private int post(String path, String body) {
        try {
            return send(posting(path, body)).statusCode();
        } catch (IOException notNow) {
            return 0;
        }
    }

    private HttpRequest.Builder posting(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path onlyBlock() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            return files.filter(file -> file.toString().contains("/VEZA_EVENTS/msgs/")
                            && file.toString().endsWith(".blk"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipABit(Path block) throws IOException {
        try (var file = new RandomAccessFile(block.toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int there = file.read();
            file.seek(middle);
            file.write(there ^ 1);
        }
    }
}
