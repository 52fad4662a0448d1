package app.veza.bench;

import app.veza.bench.http.Load;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * What it costs to let somebody in: a route that answers from memory, for anybody, and one that does next to nothing for who shows a token
 * that was verified before. Both go the whole way (connection, filters, answer); CPU is the node's own. And what others notice of log-ins.
 */
final class SecurityFigures {

    private static final int CONNECTIONS = 8;
    private static final int PEOPLE = 16;
    private static final int ROOMS = 20;

    private final URI server;
    private final Duration duration;
    private final Community community;
    private final CpuClock cpu;

    private SecurityFigures(URI server, long node, Duration duration, Community community) {
        this.server = server;
        this.duration = duration;
        this.community = community;
        this.cpu = new CpuClock(node);
    }

    /** @param node process id */
    static void measure(URI server, long node, Duration duration, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        Community community = Community.settle(server, PEOPLE, ROOMS);
        new SecurityFigures(server, node, duration, community).measure(figures);
        new LoginFigures(server, duration, community).measure(figures);
    }

    private void measure(Figures figures) throws InterruptedException, ExecutionException {
        measure("GET keys, open to anybody", "/.well-known/jwks.json", false, figures);
        measure("GET one's codes, with a token that is remembered", "/auth/totp", true, figures);
    }

    private void measure(String what, String path, boolean withToken, Figures figures)
            throws InterruptedException, ExecutionException {
        WarmUp.untilSteady(server, CONNECTIONS, number -> request(path, withToken, number));
        CpuClock.Reading before = cpu.read();
        Load.Result result = new Load(server, CONNECTIONS, Duration.ZERO, duration, 0)
                .run(number -> request(path, withToken, number));
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

    private Load.Requests request(String path, boolean withToken, int number) {
        return connection -> connection.request("GET", path, withToken ? community.token(number) : "", "");
    }
}
