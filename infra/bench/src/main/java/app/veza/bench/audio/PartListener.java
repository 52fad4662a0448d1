package app.veza.bench.audio;

import app.veza.bench.http.HttpConnection;
import app.veza.bench.http.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * A player at the live edge: asks for the playlist with the next part, waits for it, fetches that part. One that was overtaken, so that
 * its part is no longer in the playlist, stalls as a player does, and goes on at the edge.
 */
final class PartListener {

    private static final long PART_NANOS = 512_000_000L;
    private static final int PARTS = 4;
    private static final Pattern HINT =
            Pattern.compile("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"(\\d{8})-[0-9a-z]+\\.(\\d)\\.m4s\"");
    private static final Pattern PART = Pattern.compile("#EXT-X-PART:[^\\n]*URI=\"([^\"]+)\"");

    private final URI server;
    private final OnAirStream stream;
    private final AtomicLong requests;
    private final AtomicLong stalls;

    /**
     * @param requests counts what was asked for
     * @param stalls counts how often it was overtaken
     */
    PartListener(URI server, OnAirStream stream, AtomicLong requests, AtomicLong stalls) {
        this.server = server;
        this.stream = stream;
        this.requests = requests;
        this.stalls = stalls;
    }

    /**
     * Listens for a while. A part's latency is from its last sample being spoken to its last byte being here.
     *
     * @return in microseconds
     */
    Histogram listen(long until) throws IOException {
        var micros = new Histogram(60_000_000L, 3);
        String base = "/live/" + stream.streamId() + "/128k/";
        try (var connection = new HttpConnection(server)) {
            String playlist = get(connection, base + "index.m3u8");
            while (System.nanoTime() < until) {
                Matcher hint = HINT.matcher(playlist);
                if (!hint.find()) {
                    throw new IllegalStateException("The stream is not live any more:\n" + playlist);
                }
                long number = Long.parseLong(hint.group(1));
                int part = Integer.parseInt(hint.group(2));
                playlist = get(
                        connection, base + "index.m3u8?_HLS_msn=%d&_HLS_part=%d&_HLS_skip=YES".formatted(number, part));
                Optional<String> name = name(playlist, number, part);
                if (name.isEmpty()) {
                    stalls.incrementAndGet();
                    continue;
                }
                get(connection, base + name.get());
                long heard = System.nanoTime();
                long spoken = stream.began() + (number * PARTS + part + 1) * PART_NANOS;
                micros.recordValue(Math.clamp((heard - spoken) / 1_000, 0, 60_000_000L));
            }
        }
        return micros;
    }

    private static Optional<String> name(String playlist, long number, int part) {
        Matcher parts = PART.matcher(playlist);
        while (parts.find()) {
            if (parts.group(1).startsWith("%08d-".formatted(number))
                    && parts.group(1).endsWith("." + part + ".m4s")) {
                return Optional.of(parts.group(1));
            }
        }
        return Optional.empty();
    }

    private String get(HttpConnection connection, String path) throws IOException {
        requests.incrementAndGet();
        Answer answer = connection.exchange(connection.request("GET", path, "", ""));
        if (answer.status() != 200) {
            throw new IllegalStateException("%s was answered %d: %s".formatted(path, answer.status(), answer.body()));
        }
        return answer.body();
    }
}
