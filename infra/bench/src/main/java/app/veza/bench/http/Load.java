package app.veza.bench.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over some connections for some time.
 *
 * @param rate requests a second over all connections; latency then counts from when a request was due, so that a server that
 *     stalls cannot hide it. 0: as fast as answers come, which measures throughput
 */
public record Load(URI server, int connections, Duration warmUp, Duration duration, int rate) {

    /** Makes the next request of one connection. */
    @FunctionalInterface
    public interface Requests {
        byte[] next(HttpConnection connection);
    }

    /** @return one source of requests for each connection */
    @FunctionalInterface
    public interface Clients {
        Requests client(int number);
    }

    /** Latencies in microseconds. @param failures answers outside 200-299 */
    public record Result(long requests, long failures, double seconds, Histogram micros) {

        public double perSecond() {
            return requests / seconds;
        }

        public double millis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    public Result run(Clients clients) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long countFrom = start + warmUp.toNanos();
        long end = countFrom + duration.toNanos();
        List<Future<Result>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int number = i;
                running.add(threads.submit(() -> drive(clients.client(number), number, start, countFrom, end)));
            }
        }
        var micros = new Histogram(60_000_000L, 3);
        long requests = 0;
        long failures = 0;
        for (Future<Result> each : running) {
            Result result = each.get();
            micros.add(result.micros());
            requests += result.requests();
            failures += result.failures();
        }
        return new Result(requests, failures, duration.toNanos() / 1e9, micros);
    }

    private Result drive(Requests requests, int number, long start, long countFrom, long end) throws IOException {
        var micros = new Histogram(60_000_000L, 3);
        long sent = 0;
        long failures = 0;
        double interval = rate == 0 ? 0 : 1e9 * connections / rate;
        try (var connection = new HttpConnection(server)) {
            for (long n = 0; ; n++) {
                long due =
                        rate == 0 ? System.nanoTime() : start + (long) (interval * (n + (double) number / connections));
                // what is due and could not be sent in time is not answered: the rate tells
                if (due >= end || System.nanoTime() >= end) {
                    return new Result(sent, failures, 0, micros);
                }
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                boolean counts = System.nanoTime() >= countFrom;
                int status = connection.exchange(requests.next(connection)).status();
                if (counts) {
                    sent++;
                    failures += status >= 200 && status < 300 ? 0 : 1;
                    micros.recordValue(Math.min(60_000_000L, (System.nanoTime() - due) / 1000));
                }
            }
        }
    }
}
