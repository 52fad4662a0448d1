package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code veza log verify} that is stopped half way, by a signal that lets it end or by kill -9, goes on there the next time. */
class LogVerifyInterruptedTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int EVENTS = 3_000;
    private static final String STREAM = "INTERRUPTED";
    private static final Pattern GOES_ON = Pattern.compile("Going on behind position ([0-9]+)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void goesOnWhereItWasStopped(String signal) throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.in(directory.resolve("nats")));
                var line = new LineThatStalls(server.url())) {
            fill(server.url());
            var veza = new InstalledVeza(directory.resolve("data"));

            Process stopped = veza.start("log verify", "--external", servers(line.url()));
            await().atMost(LONG).until(this::isHalfWay);
            new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, stopped.pid()))
                    .start()
                    .waitFor();
            assertThat(stopped.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

            InstalledVeza.Outcome next = veza.run("log verify", "--external", servers(server.url()));
            assertThat(next.exitCode()).as(next.output()).isZero();
            Matcher position = GOES_ON.matcher(next.output());
            assertThat(position.find()).as(next.output()).isTrue();
            assertThat(Integer.parseInt(position.group(1))).isBetween(1, EVENTS - 1);
            assertThat(next.output()).contains("is sound up to position " + EVENTS);

            InstalledVeza.Outcome anew = veza.run("log verify", "--external", servers(server.url()));
            assertThat(anew.output())
                    .contains("is sound up to position " + EVENTS)
                    .doesNotContain("Going on");
        }
    }

    private boolean isHalfWay() {
        return VerificationState.read(DataDirectory.at(directory.resolve("data")))
                .filter(state -> state.reached().position() > 0)
                .isPresent();
    }

    private void fill(String url) {
        EventLogConfig config =
                EventLogConfig.defaults(url, directory.resolve("index")).withStream(STREAM);
        byte[] payload = "{\"text\":\"%s\"}".formatted("x".repeat(1_000)).getBytes(StandardCharsets.UTF_8);
        try (EventLog log = EventLog.open(config, new SimpleMeterRegistry())) {
            List<CompletableFuture<AppendOutcome>> appends = new ArrayList<>();
            for (int i = 1; i <= EVENTS; i++) {
                appends.add(log.append(AppendRequest.of(
                        new NewEvent("event-" + i, "chat.A", "1", Instant.now(), List.of(), Map.of(), payload))));
            }
            appends.forEach(CompletableFuture::join);
        }
    }

    private String servers(String natsUrl) throws IOException {
        List<String> lines = new ArrayList<>(ExternalStoresTest.COMPLETE);
        lines.removeIf(line -> line.startsWith("veza.nats.url"));
        lines.add("veza.nats.url=" + natsUrl);
        lines.add("veza.log.stream=" + STREAM);
        lines.add("veza.log.subject-prefix=interrupted");
        return Files.write(Files.createTempFile(directory, "servers", ".properties"), lines)
                .toString();
    }

    /** Lets through from the server what is more than one batch of messages and less than two, and then nothing more. */
    private static final class LineThatStalls implements AutoCloseable {
        private static final int BYTES = 2_600_000;

        private final URI server;
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final CountDownLatch closed = new CountDownLatch(1);
        private final List<Socket> sockets = new ArrayList<>();

        LineThatStalls(String url) throws IOException {
            this.server = URI.create(url);
            Thread.ofVirtual().start(this::connect);
        }

        String url() {
            return "nats://%s@127.0.0.1:%d".formatted(server.getUserInfo(), listening.getLocalPort());
        }

        private void connect() {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.add(client);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> pump(client, upstream, Long.MAX_VALUE));
                pump(upstream, client, BYTES);
            } catch (IOException e) {
                assertThat(listening.isClosed()).isTrue();
            }
        }

        private void pump(Socket from, Socket to, long atMost) {
            byte[] buffer = new byte[16 * 1024];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                long passed = 0;
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    passed += read;
                    if (passed > atMost) {
                        closed.await();
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException | InterruptedException gone) {
                closed.countDown();
            }
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
