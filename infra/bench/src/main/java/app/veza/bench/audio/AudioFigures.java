package app.veza.bench.audio;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.bench.http.HttpConnection;
import app.veza.bench.http.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/** What streams and listeners cost a node, on a whole platform; broadcasters, listeners and platform on the same machine. */
public final class AudioFigures {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MANY_STREAMS = 40;
    private static final int WATCHED = 8;
    private static final int LISTENERS = 1_000;
    private static final Duration SETTLED = Duration.ofSeconds(6);

    private final URI http;
    private final URI gateway;
    private final CpuClock clock;
    private final long node;
    private final Duration duration;
    private final IntFunction<String> tokens;
    private final Speech speech;
    private final Figures figures;
    private final List<OnAirStream> onAir = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong stalls = new AtomicLong();

    private AudioFigures(
            URI http,
            URI gateway,
            long node,
            Duration duration,
            IntFunction<String> tokens,
            Speech speech,
            Figures figures) {
        this.http = http;
        this.gateway = gateway;
        this.node = node;
        this.clock = new CpuClock(node);
        this.duration = duration;
        this.tokens = tokens;
        this.speech = speech;
        this.figures = figures;
    }

    /**
     * @param node id of the server's process
     * @param tokens of somebody, by number
     */
    public static void measure(
            URI http, URI gateway, long node, Duration duration, IntFunction<String> tokens, Figures figures)
            throws IOException, InterruptedException, ExecutionException {
        var audio = new AudioFigures(http, gateway, node, duration, tokens, Speech.record(), figures);
        try {
            audio.all();
        } finally {
            audio.onAir.forEach(OnAirStream::close);
        }
    }

    private void all() throws IOException, InterruptedException, ExecutionException {
        Thread.sleep(SETTLED);
        double idle = serverCores(() -> null);
        broadcast(1);
        streams(idle, "one stream", "-");
        listeners();
        broadcast(MANY_STREAMS);
        streams(idle, MANY_STREAMS + " streams at once", "40 beside the platform on 2 cores");
    }

    private void broadcast(int count) throws IOException, InterruptedException {
        try (var connection = new HttpConnection(http)) {
            while (onAir.size() < count) {
                String token = tokens.apply(onAir.size());
                Answer created = connection.exchange(connection.request(
                        "POST",
                        "/api/streams",
                        token,
                        "{\"title\":\"Bench\",\"visibility\":\"public\",\"record\":false}"));
                if (created.status() != 201) {
                    throw new IllegalStateException(
                            "A stream was answered %d: %s".formatted(created.status(), created.body()));
                }
                String streamId = JSON.readTree(created.body()).path("streamId").asString();
                onAir.add(new OnAirStream(gateway, streamId, token, speech.messages()));
            }
        }
        Thread.sleep(SETTLED);
    }

    private void streams(double idle, String what, String target)
            throws IOException, InterruptedException, ExecutionException {
        List<OnAirStream> watched = onAir.subList(0, Math.min(WATCHED, onAir.size()));
        var micros = new Histogram(60_000_000L, 3);
        double cores = serverCores(() -> {
            micros.add(listen(watched, 1));
            return null;
        });
        long failed = onAir.stream()
                .map(OnAirStream::failure)
                .filter(Objects::nonNull)
                .count();
        figures.add(
                what + ": part spoken to part fetched",
                target,
                "p50 %.0f ms, p99 %.0f ms, %d stalls of %d players, %d streams failed",
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                stalls.get(),
                watched.size(),
                failed);
        figures.add(
                what + ": CPU and memory a stream",
                "-",
                "%.1f %% of a core (%.2f cores in all, %.2f before any), %.0f MB an encoder",
                100 * (cores - idle) / onAir.size(),
                cores,
                idle,
                encoderMegabytes());
    }

    private void listeners() throws IOException, InterruptedException, ExecutionException {
        var micros = new Histogram(60_000_000L, 3);
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        micros.add(listen(onAir.subList(0, 1), LISTENERS));
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuClock.Reading spent = clock.read().since(before);
        figures.add(
                "%,d listeners of one stream, playlists and parts".formatted(LISTENERS),
                "3,906/s are due",
                "%,.0f/s; part p50 %.0f ms, p99 %.0f ms; %d stalls; CPU %.0f us a request, client %.0f us",
                requests.get() / seconds,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                stalls.get(),
                spent.server() / 1e3 / requests.get(),
                spent.client() / 1e3 / requests.get());
    }

    private Histogram listen(List<OnAirStream> streams, int each) throws InterruptedException, ExecutionException {
        requests.set(0);
        stalls.set(0);
        long until = System.nanoTime() + duration.toNanos();
        var all = new Histogram(60_000_000L, 3);
        List<Future<Histogram>> listening = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (OnAirStream stream : streams) {
                for (int i = 0; i < each; i++) {
                    listening.add(threads.submit(() -> new PartListener(http, stream, requests, stalls).listen(until)));
                }
            }
        }
        for (Future<Histogram> heard : listening) {
            all.add(heard.get());
        }
        return all;
    }

    /** Cores that the server and its children used while something else took its time, or for as long as a load takes. */
    private double serverCores(Callable<?> meanwhile) throws InterruptedException, ExecutionException {
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        try {
            meanwhile.call();
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
        long left = duration.toNanos() - (System.nanoTime() - start);
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
        return (double) clock.read().since(before).server() / (System.nanoTime() - start);
    }

    /** Of an encoder on average, with its part of what it shares with others. */
    private double encoderMegabytes() throws IOException {
        List<Long> kilobytes = new ArrayList<>();
        for (ProcessHandle child :
                ProcessHandle.of(node).orElseThrow().descendants().toList()) {
            if (child.info().command().orElse("").endsWith("/ffmpeg")) {
                kilobytes.add(proportional(child.pid()));
            }
        }
        return kilobytes.stream().mapToLong(Long::longValue).average().orElse(0) / 1024;
    }

    private static long proportional(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("The kernel does not tell what process " + pid + " takes");
    }
}
