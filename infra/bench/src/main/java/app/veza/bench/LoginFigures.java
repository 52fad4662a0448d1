package app.veza.bench;

import app.veza.bench.http.Load;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Log-ins, each of which costs a password hashing, and what everybody else notices of them. */
final class LoginFigures {

    private static final int READERS = 32;
    private static final int READS_PER_SECOND = 500;

    /** @param rate log-ins due a second; 0: each comes again as soon as it is answered, refusals too */
    private record LogIns(int connections, int rate, String what) {}

    private static final List<LogIns> LOG_INS = List.of(
            new LogIns(8, 0, "8 connections, as fast as they go"),
            new LogIns(128, 200, "200/s due, several times what is hashed"),
            new LogIns(128, 0, "128 connections, refused ones again at once"));

    private final URI server;
    private final Duration duration;
    private final Community community;

    LoginFigures(URI server, Duration duration, Community community) {
        this.server = server;
        this.duration = duration;
        this.community = community;
    }

    void measure(Figures figures) throws InterruptedException, ExecutionException {
        tell(figures, "GET messages, %d requests/s due, no log-ins".formatted(READS_PER_SECOND), reads());
        for (LogIns each : LOG_INS) {
            try (var beside = Executors.newSingleThreadExecutor()) {
                Future<Load.Result> reads = beside.submit(this::reads);
                Load.Result logIns = new Load(server, each.connections(), duration, duration, each.rate())
                        .run(number -> connection ->
                                connection.request("POST", "/auth/login", "", community.credentials(number)));
                tell(figures, "POST /auth/login, " + each.what(), logIns);
                tell(figures, "GET messages beside them, %d requests/s due".formatted(READS_PER_SECOND), reads.get());
            }
        }
    }

    private Load.Result reads() throws InterruptedException, ExecutionException {
        return new Load(server, READERS, duration, duration, READS_PER_SECOND)
                .run(number -> connection -> connection.request(
                        "GET",
                        "/api/rooms/" + community.anyRoom() + "/messages?limit=20",
                        community.token(number),
                        ""));
    }

    private static void tell(Figures figures, String what, Load.Result result) {
        figures.add(
                what,
                "-",
                "%,.0f/s answered, p50 %.1f ms, p99 %.1f ms, %d turned away",
                result.perSecond(),
                result.millis(50),
                result.millis(99),
                result.failures());
    }
}
