package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Broadcaster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What stands in {@code infra/deploy/nginx}, with other names and ports, in a real nginx before a real platform. */
class NginxTest {

    private static final Path CONFIGURATIONS = Path.of("../deploy/nginx");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<String, String> ACCOUNT =
            Map.of("username", "tess", "email", "tess@example.org", "password", "correct horse battery");

    /** Paths that tell what nobody is to read in a log. */
    private static final List<String> SECRET = List.of(
            "/live/7/s/s3cr3t/128k/index.m3u8?_HLS_msn=1", "/api/erasures/s3cr3t", "/api/rooms?q=s3cr3t&ticket=s3cr3t");

    @TempDir
    private Path directory;

    private InstalledVeza veza;
    private Process nginx;

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
        veza.run("down");
    }

    @Test
    void oneNameServesApiSocketsAndLiveAudioOfWhichTheNodeIsAskedOnce() throws Exception {
        veza = new InstalledVeza(directory.resolve("data"));
        int port = FreePorts.inARow(2);
        var up = veza.run("up", "--detach", "--port", Integer.toString(port));
        assertThat(up.exitCode()).as(up.output()).isZero();
        TlsFiles tls = new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        DevelopmentCertificate.renew(tls);
        int front = FreePorts.inARow(3);
        nginx = start(configuration(port, front, tls));
        HttpClient client = TrustingClient.of(tls.certificate());
        String all = "https://127.0.0.1:" + front;
        String audio = "https://127.0.0.1:" + (front + 1);

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> TrustingClient.get(client, all + "/api/health").statusCode() == 200);
        HttpResponse<String> described = TrustingClient.get(client, all + "/openapi.json");
        assertThat(described.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(TrustingClient.get(client, audio + "/api/health").statusCode())
                .isEqualTo(404);
        assertThat(TrustingClient.get(client, all + "/actuator/prometheus").statusCode())
                .isEqualTo(404);
        TrustingClient.post(client, all + "/auth/register", ACCOUNT);
        String token = TrustingClient.post(client, all + "/auth/login", ACCOUNT)
                .path("accessToken")
                .asString();
        assertThat(pong(client, "wss://127.0.0.1:" + front + "/ws", token)).contains("\"7\"");

        JsonNode created = TrustingClient.post(
                client, all + "/api/streams", Map.of("title", "Jazz"), "Authorization", "Bearer " + token);
        String stream = created.path("streamId").asString();
        try (var broadcaster = new Broadcaster(client, "wss://127.0.0.1:" + front + "/live/" + stream, token)) {
            broadcaster.send(Broadcaster.tone("webm", 440, 12));
            for (String edge : new String[] {all, audio}) {
                String below = edge + "/live/" + stream + "/128k/";
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> TrustingClient.get(client, below + "index.m3u8")
                                .body()
                                .contains("#EXTINF"));
                String segment =
                        segment(TrustingClient.get(client, below + "index.m3u8").body());
                assertThat(TrustingClient.get(client, below + segment).statusCode())
                        .isEqualTo(200);
                assertThat(TrustingClient.get(client, below + segment).headers().firstValue("X-Cache"))
                        .as("the second time, by %s", edge)
                        .contains("HIT");
                assertThat(TrustingClient.get(client, below + segment)
                                .headers()
                                .firstValue("Strict-Transport-Security"))
                        .as("by %s", edge)
                        .isPresent();
            }
        }
        for (String secret : SECRET) {
            for (String edge : new String[] {all, audio}) {
                TrustingClient.get(client, edge + secret);
            }
        }
        await().atMost(SOON).untilAsserted(() -> {
            for (String log : new String[] {"veza.log", "veza-live.log"}) {
                String logged = Files.readString(directory.resolve("cache").resolve(log));
                assertThat(logged)
                        .contains("127.0.0.0 [", "\"GET /live/7/s/.../128k/index.m3u8\"", "\"GET /api/rooms\"")
                        .contains("\"GET /api/erasures/...\"")
                        .doesNotContain("s3cr3t", "127.0.0.1 [");
            }
        });
    }

    private static String segment(String playlist) {
        return playlist.lines()
                .filter(line -> line.endsWith(".m4s"))
                .findFirst()
                .orElseThrow();
    }

    /** @param port of the node, with its sockets' behind it @param front the first of three that nginx takes */
    private Path configuration(int port, int front, TlsFiles tls) throws IOException {
        Path cache = Files.createDirectories(directory.resolve("cache"));
        String whole = adapted("veza.conf", port, front, front + 2, tls, cache);
        String audio = adapted("veza-live.conf", port, front + 1, front + 2, tls, cache);
        return Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                user %4$s;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                %2$s
                %3$s
                }
                """.formatted(
                        directory, whole, audio, System.getProperty("user.name")));
    }

    /** What a person is told to put in their own terms: names, certificates, nodes; and ports, of which a test takes free ones. */
    private static String adapted(String name, int port, int tlsPort, int plainPort, TlsFiles tls, Path cache)
            throws IOException {
        return Files.readString(CONFIGURATIONS.resolve(name))
                .replaceAll("(?m)^ *listen \\[::].*$", "")
                .replaceAll("listen 443 ", "listen 127.0.0.1:" + tlsPort + " ")
                .replaceAll("listen 80;", "listen 127.0.0.1:" + plainPort + ";")
                .replaceAll("ssl_certificate +\\S+;", "ssl_certificate " + tls.certificate() + ";")
                .replaceAll("ssl_certificate_key +\\S+;", "ssl_certificate_key " + tls.privateKey() + ";")
                .replace("/var/cache/nginx", cache.toString())
                .replace("/var/log/nginx", cache.toString())
                .replaceAll(Pattern.quote("127.0.0.1:8080"), "127.0.0.1:" + port)
                .replaceAll(Pattern.quote("127.0.0.1:8081"), "127.0.0.1:" + (port + 1));
    }

    private Process start(Path configuration) throws IOException {
        Path log = directory.resolve("nginx.log");
        // Where Debian puts it not everybody's PATH leads
        Path debians = Path.of("/usr/sbin/nginx");
        String program = Files.isExecutable(debians) ? debians.toString() : "nginx";
        Process process = new ProcessBuilder(program, "-p", directory.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(SOON).until(() -> Files.exists(directory.resolve("nginx.pid")) || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        return process;
    }

    private static String pong(HttpClient client, String address, String token) throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        WebSocket socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(address), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        return WebSocket.Listener.super.onText(from, text, last);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText("{\"id\":\"7\",\"type\":\"ping\"}", true).get(30, TimeUnit.SECONDS);
        String answer = heard.poll(60, TimeUnit.SECONDS);
        socket.abort();
        return String.valueOf(answer);
    }
}
