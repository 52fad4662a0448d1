package app.veza.bench;

import app.veza.bench.http.Load;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * What it costs to let somebody in: a route that answers from memory, for anybody, and one that does next to nothing for who shows a token
 * that was verified before. Both go the whole way (connection, filters, answer); CPU is the node's own.
 */
final class SecurityFigures {

    private static final int CONNECTIONS = 8;

    private final URI server;
    private final Duration duration;
    private final Community community;
    private final CpuClock cpu;

    /** @param node process id */
    SecurityFigures(URI server, long node, Duration duration, Community community) {
        this.server = server;
        this.duration = duration;
        this.community = community;
        this.cpu = new CpuClock(node);
    }

    void measure(Figures figures) throws InterruptedException, ExecutionException {
        measure("GET keys, open to anybody", "/.well-known/jwks.json", false, figures);
        measure("GET one's codes, with a token that is remembered", "/auth/totp", true, figures);
    }

    private void measure(String what, String path, boolean withToken, Figures figures)
            throws InterruptedException, ExecutionException {
        run(path, withToken);
        CpuClock.Reading before = cpu.read();
        Load.Result result = run(path, withToken);
        double micros = cpu.read().since(before).server() / 1e3 / result.requests();
        figures.add(
                what + ", " + CONNECTIONS + " connections, as fast as they go",
                "-",
                "%,.0f/s, CPU %.0f us a request, p50 %.1f ms, p99 %.1f ms, %d failed",
                result.perSecond(),
                micros,
                result.millis(50),
                result.millis(99),
                result.failures());
    }

    private Load.Result run(String path, boolean withToken) throws InterruptedException, ExecutionException {
        return new Load(server, CONNECTIONS, Duration.ZERO, duration, 0)
                .run(number ->
                        connection -> connection.request("GET", path, withToken ? community.token(number) : "", ""));
    }
}
