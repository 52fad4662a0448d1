package app.veza.bench;

import app.veza.bench.http.Load;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Log-ins, each of which costs a password hashing, and what everybody else notices of them. Rates are parts of what this machine does in this
 * hour: who reads does so at a quarter of what can be read, and more log-ins are four times as many as can be hashed.
 */
final class LoginFigures {

    private static final int READERS = 32;
    private static final int FEW = 8;
    private static final int MANY = 128;
    private static final int READ_PART = 4;
    private static final int TOO_MANY = 4;

    private final URI server;
    private final Duration duration;
    private final Community community;

    /** @param rate log-ins due a second; 0: each comes again as soon as it is answered, refusals too */
    private record LogIns(int connections, int rate, String what) {}

    LoginFigures(URI server, Duration duration, Community community) {
        this.server = server;
        this.duration = duration;
        this.community = community;
    }

    void measure(Figures figures) throws InterruptedException, ExecutionException {
        WarmUp.untilSteady(server, READERS, number -> connection -> community.read(connection, number));
        Load.Result most = reads(0);
        tell(figures, "GET messages, as fast as they go", most);
        int rate = Math.max(1, (int) most.perSecond() / READ_PART);
        Load.Result alone = reads(rate);
        tell(figures, "GET messages, %d/s due (a quarter of that), nobody logs in".formatted(rate), alone);
        Load.Result hashed = logIns(FEW, 0);
        tell(figures, "POST /auth/login, 8 connections, as fast as they go, nobody reads", hashed);

        int tooMany = Math.max(1, (int) (hashed.perSecond() * TOO_MANY));
        for (LogIns each : List.of(
                new LogIns(FEW, 0, "8 connections, as fast as they go"),
                new LogIns(MANY, tooMany, "%d/s due (four times what is hashed)".formatted(tooMany)),
                new LogIns(MANY, 0, "128 connections, refused ones again at once"))) {
            try (var beside = Executors.newSingleThreadExecutor()) {
                Future<Load.Result> reads = beside.submit(() -> reads(rate));
                tell(figures, "POST /auth/login, " + each.what(), logIns(each.connections(), each.rate()));
                Load.Result read = reads.get();
                tell(figures, "GET messages beside them, %d/s due".formatted(rate), read);
                figures.add(
                        "p99 of these reads, times that of reads alone",
                        "1",
                        "%.1f",
                        read.millis(99) / alone.millis(99));
            }
        }
    }

    private Load.Result logIns(int connections, int rate) throws InterruptedException, ExecutionException {
        return new Load(server, connections, duration, duration, rate)
                .run(number ->
                        connection -> connection.request("POST", "/auth/login", "", community.credentials(number)));
    }

    private Load.Result reads(int rate) throws InterruptedException, ExecutionException {
        return new Load(server, READERS, duration, duration, rate)
                .run(number -> connection -> community.read(connection, number));
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
