package app.veza.bench;

import app.veza.bench.http.HttpConnection;
import app.veza.bench.http.HttpConnection.Answer;
import app.veza.bench.http.Load;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/** What clients see over HTTP, load generator and platform on the same machine. */
final class HttpFigures {

    private static final int CONNECTIONS = 32;
    private static final int PEOPLE = 16;
    private static final int ROOMS = 20;
    private static final int TARGET_RATE = 10_000;
    private static final int EASY_RATE = 500;
    private static final int VISIBILITY_SAMPLES = 1_000;

    private final URI server;
    private final Duration duration;
    private final Community community;

    private HttpFigures(URI server, Duration duration, Community community) {
        this.server = server;
        this.duration = duration;
        this.community = community;
    }

    static void measure(URI server, Duration duration, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        Community community = Community.settle(server, PEOPLE, ROOMS);
        HttpFigures http = new HttpFigures(server, duration, community);
        http.warmUp();
        http.posts(figures);
        http.reads(figures);
        http.mixed(EASY_RATE, "p50 < 10 ms, p99 < 100 ms", figures);
        http.mixed(TARGET_RATE, "10,000/s, p50 < 10 ms, p99 < 100 ms", figures);
        http.visibility(figures);
    }

    private void warmUp() throws InterruptedException, ExecutionException {
        WarmUp.untilSteady(server, CONNECTIONS, this::mixed);
    }

    private void posts(Figures figures) throws InterruptedException, ExecutionException {
        Load.Result result = load(0).run(number -> connection -> post(connection, number));
        tell(figures, "POST messages, " + CONNECTIONS + " connections, as fast as they go", "-", result);
    }

    private void reads(Figures figures) throws InterruptedException, ExecutionException {
        Load.Result result = load(0).run(number -> connection -> read(connection, number));
        tell(figures, "GET messages, " + CONNECTIONS + " connections, as fast as they go", "-", result);
    }

    private void mixed(int rate, String target, Figures figures) throws InterruptedException, ExecutionException {
        Load.Result result = load(rate).run(this::mixed);
        tell(figures, "API, 95 %% reads, %,d requests/s due".formatted(rate), target, result);
    }

    private Load.Requests mixed(int number) {
        return connection ->
                ThreadLocalRandom.current().nextInt(20) == 0 ? post(connection, number) : read(connection, number);
    }

    /** From the acknowledgement of a message to the answer of a read that waited for it. */
    private void visibility(Figures figures) throws IOException {
        var micros = new Histogram(60_000_000L, 3);
        try (var connection = new HttpConnection(server)) {
            for (int i = 0; i < VISIBILITY_SAMPLES; i++) {
                Answer sent = connection.exchange(post(connection, 0));
                long start = System.nanoTime();
                Answer read = connection.exchange(connection.request(
                        "GET",
                        "/api/rooms/" + community.rooms().getFirst() + "/messages?limit=1",
                        community.token(0),
                        "",
                        "Veza-Min-Position",
                        Long.toString(sent.position())));
                if (read.status() != 200 || read.position() < sent.position()) {
                    throw new IllegalStateException("A read was older than asked for: " + read);
                }
                micros.recordValue((System.nanoTime() - start) / 1000);
            }
        }
        figures.add(
                "message acknowledged to visible on the replica",
                "-",
                "p50 %.1f ms, p99 %.1f ms",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0);
    }

    private Load load(int rate) {
        return new Load(server, CONNECTIONS, duration, duration, rate);
    }

    private byte[] post(HttpConnection connection, int number) {
        String text = "{\"text\":\"The boats are back, and the harbour is loud: %d\"}"
                .formatted(ThreadLocalRandom.current().nextLong());
        return connection.request(
                "POST", "/api/rooms/" + community.anyRoom() + "/messages", community.token(number), text);
    }

    private byte[] read(HttpConnection connection, int number) {
        return community.read(connection, number);
    }

    private static void tell(Figures figures, String what, String target, Load.Result result) {
        figures.add(
                what,
                target,
                "%,.0f/s, p50 %.1f ms, p99 %.1f ms, %d failed",
                result.perSecond(),
                result.millis(50),
                result.millis(99),
                result.failures());
    }
}
