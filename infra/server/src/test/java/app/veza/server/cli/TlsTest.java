package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Broadcaster;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform that speaks TLS, by clients that trust its certificate and check its names as any client does. */
class TlsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private InstalledVeza veza;

    @AfterEach
    void stop() {
        veza.run("down");
    }

    @Test
    void bothPortsSpeakTlsAndTakeANewCertificateWithoutARestart() throws Exception {
        Path data = directory.resolve("data");
        veza = new InstalledVeza(data);
        int port = FreePorts.inARow(2);
        var up = veza.run("up", "--tls", "--detach", "--port", Integer.toString(port));
        assertThat(up.exitCode()).as(up.output()).isZero();
        Path certificate = data.resolve("tls/certificate.pem");
        assertThat(up.output()).contains("curl -sS --cacert " + certificate);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls/private-key.pem"))))
                .isEqualTo("rw-------");

        JsonNode status = veza.status();
        assertThat(status.path("status").asString()).isEqualTo("up");
        String http = status.path("http").asString();
        String ws = status.path("ws").asString();
        assertThat(http).isEqualTo("https://127.0.0.1:" + port);
        assertThat(ws).isEqualTo("wss://127.0.0.1:" + (port + 1) + "/ws");
        var events = veza.run("events", "--last", "1");
        assertThat(events.exitCode()).as(events.output()).isZero();

        HttpClient client = TrustingClient.of(certificate);
        HttpResponse<String> described = TrustingClient.get(client, http + "/openapi.json");
        assertThat(described.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(described.headers().firstValue("Strict-Transport-Security").orElseThrow())
                .startsWith("max-age=31536000");
        assertThat(JSON.readTree(described.body()).at("/servers/0/url").asString())
                .isEqualTo(http);
        assertThatThrownBy(() -> TrustingClient.get(HttpClient.newHttpClient(), http + "/openapi.json"))
                .as("who was told nothing trusts nobody")
                .hasStackTraceContaining("PKIX");
        onlyNewProtocols(certificate, port);
        onlyNewProtocols(certificate, port + 1);
        String token = talk(client, http, ws);
        secretsAreInNoLog(data, token);

        TlsFiles other = new TlsFiles(directory.resolve("other.pem"), directory.resolve("other-key.pem"));
        DevelopmentCertificate.renew(other);
        Files.move(other.privateKey(), data.resolve("tls/private-key.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(other.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        HttpClient renewed = TrustingClient.of(other.certificate());
        for (String address : new String[] {http + "/api/health", "https://127.0.0.1:" + (port + 1) + "/health"}) {
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> TrustingClient.get(renewed, address).statusCode() == 200);
        }
        assertThat(veza.status().path("status").asString()).isEqualTo("up");
    }

    @Test
    void whatIsBroadcastAtOneNodeIsHeardLiveAtTheOther() throws Exception {
        Path data = directory.resolve("data");
        veza = new InstalledVeza(data);
        int port = FreePorts.inARow(4);
        var up = veza.run("up", "--tls", "--nodes", "2", "--detach", "--port", Integer.toString(port));
        assertThat(up.exitCode()).as(up.output()).isZero();
        HttpClient client = TrustingClient.of(data.resolve("tls/certificate.pem"));
        JsonNode nodes = veza.status().path("nodes");
        String http = nodes.path(0).path("http").asString();
        Map<String, String> account =
                Map.of("username", "tess", "email", "tess@example.org", "password", "correct horse battery");
        TrustingClient.post(client, http + "/auth/register", account);
        String token = TrustingClient.post(client, http + "/auth/login", account)
                .path("accessToken")
                .asString();
        String stream = TrustingClient.post(
                        client, http + "/api/streams", Map.of("title", "Jazz"), "Authorization", "Bearer " + token)
                .path("streamId")
                .asString();
        String socket = nodes.path(0).path("ws").asString().replaceFirst("/ws$", "/live/" + stream);
        String playlist = nodes.path(1).path("http").asString() + "/live/" + stream + "/128k/index.m3u8";
        try (var broadcaster = new Broadcaster(client, socket, token)) {
            broadcaster.send(Broadcaster.tone("webm", 440, 12));

            // Parts are in the memory of the broadcaster's node, and not in the storage
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> TrustingClient.get(client, playlist).body().contains("#EXT-X-PART:"));
        }
    }

    /** Of those that a person and the platform live with; in logs of the node and of every server. */
    private static void secretsAreInNoLog(Path data, String token) throws Exception {
        StringBuilder text = new StringBuilder();
        try (var files = Files.walk(data)) {
            for (Path file :
                    files.filter(found -> found.toString().endsWith(".log")).toList()) {
                text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(text).as("the node's log is among them").contains("Started VezaServer");
        assertThat(text)
                .doesNotContain("correct horse battery", token, "tess@example.org", "$argon2", "PRIVATE KEY")
                .doesNotContain(Files.readString(data.resolve("operator.token")).strip());
    }

    private static String talk(HttpClient client, String http, String ws) throws Exception {
        Map<String, String> account =
                Map.of("username", "tess", "email", "tess@example.org", "password", "correct horse battery");
        TrustingClient.post(client, http + "/auth/register", account);
        String token = TrustingClient.post(client, http + "/auth/login", account)
                .path("accessToken")
                .asString();
        assertThat(token).isNotBlank();
        var heard = new java.util.concurrent.LinkedBlockingQueue<String>();
        WebSocket socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(ws), new WebSocket.Listener() {
                    @Override
                    public java.util.concurrent.CompletionStage<?> onText(
                            WebSocket from, CharSequence text, boolean last) {
                        heard.add(text.toString());
                        return WebSocket.Listener.super.onText(from, text, last);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText("{\"id\":\"1\",\"type\":\"ping\"}", true).get(30, TimeUnit.SECONDS);
        assertThat(heard.poll(60, TimeUnit.SECONDS)).contains("\"1\"");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(ws), new WebSocket.Listener() {})
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("PKIX");
        return token;
    }

    private static void onlyNewProtocols(Path certificate, int port) throws Exception {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (Socket socket =
                    TrustingClient.context(certificate).getSocketFactory().createSocket("127.0.0.1", port)) {
                ((SSLSocket) socket).setEnabledProtocols(new String[] {protocol});
                ((SSLSocket) socket).startHandshake();
                assertThat(((SSLSocket) socket).getSession().getProtocol()).isEqualTo(protocol);
            }
        }
        assertThatThrownBy(() -> {
                    try (Socket socket = TrustingClient.context(certificate)
                            .getSocketFactory()
                            .createSocket("127.0.0.1", port)) {
                        ((SSLSocket) socket).setEnabledProtocols(new String[] {"TLSv1.1"});
                        ((SSLSocket) socket).startHandshake();
                    }
                })
                .isInstanceOf(SSLException.class);
    }
}
