package app.veza.audio.live;

import app.veza.audio.ffmpeg.FfmpegException;
import app.veza.audio.ffmpeg.Sandbox;
import app.veza.audio.hls.Frames;
import app.veza.audio.hls.Rendition;
import app.veza.audio.hls.SegmentName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that has ended, as one file with its title, and its waveform. The audio is not encoded again; what the segments hold is
 * written one after the other, however often the broadcaster came back.
 *
 * @param bytes of the file
 */
public record Recording(long durationMillis, long bytes) {

    public static final String FILE = "recording.m4a";
    public static final String PEAKS = "peaks.json";

    private static final Logger log = LoggerFactory.getLogger(Recording.class);
    /** Enough for a picture of a waveform, and little to decode to. */
    private static final int PEAK_RATE = 8_000;

    /** Makes it and stores it. Blocks as long as that takes: a second for an hour of audio, mostly the storage's. Empty when nothing was heard. */
    public static Optional<Recording> make(Sandbox sandbox, StoredStream stored, String title) {
        List<SegmentName> segments = stored.segments();
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path directory = Files.createTempDirectory("veza-recording-");
            Path file = directory.resolve(FILE);
            try {
                var peaks = new Peaks(
                        segments.stream().mapToLong(SegmentName::samples).sum() * PEAK_RATE / Frames.SAMPLE_RATE);
                write(sandbox, stored, segments, title, file, peaks);
                stored.store().put(stored.key(FILE), file, StoredStream.SEGMENT_TYPE);
                stored.store().put(stored.key(PEAKS), peaks.json(PEAK_RATE), "application/json");
                long samples = segments.stream().mapToLong(SegmentName::samples).sum();
                return Optional.of(new Recording(Frames.millis(samples), Files.size(file)));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A recording cannot be written below " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private static void write(
            Sandbox sandbox, StoredStream stored, List<SegmentName> segments, String title, Path file, Peaks peaks)
            throws IOException {
        Process process = sandbox.start("ffmpeg", arguments(title, file), Sandbox.Limits.recording());
        try {
            CompletableFuture<String> errors = inThread(() -> {
                try (var lines =
                        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                    // Read to its end in any case: a child whose pipe is full stands still
                    return lines.lines().reduce("", (all, line) -> all.length() > 1_000 ? all : all + line + "; ");
                }
            });
            CompletableFuture<Void> fed = inThread(() -> {
                feed(stored, segments, process.getOutputStream());
                return null;
            });
            peaks.read(process.getInputStream());
            int code = process.waitFor();
            if (code != 0) {
                throw new FfmpegException("The recording failed with code %d: %s".formatted(code, errors.join()));
            }
            fed.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegException("Interrupted while recording.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** All takes have the same encoding, so the first one's initialization is good for all. */
    private static void feed(StoredStream stored, List<SegmentName> segments, OutputStream to) throws IOException {
        Rendition best = Rendition.ladder().getFirst();
        try (to) {
            to.write(require(
                    stored, best, SegmentName.initialization(segments.getFirst().take())));
            for (SegmentName segment : segments) {
                to.write(require(stored, best, segment.file()));
            }
        }
    }

    private static byte[] require(StoredStream stored, Rendition rendition, String file) throws IOException {
        String key = stored.key(rendition, file);
        return stored.store().get(key).orElseThrow(() -> new IOException(key + " is not in the storage"));
    }

    private static List<String> arguments(String title, Path file) {
        return List.of(
                "-hide_banner",
                "-nostdin",
                "-v",
                "error",
                "-protocol_whitelist",
                "pipe",
                "-f",
                "mp4",
                "-i",
                "pipe:0",
                "-map",
                "0:a:0",
                "-c:a",
                "copy",
                "-metadata",
                "title=" + title,
                "-movflags",
                "+faststart",
                "-f",
                "ipod",
                file.toString(),
                "-map",
                "0:a:0",
                "-ac",
                "1",
                "-ar",
                String.valueOf(PEAK_RATE),
                "-f",
                "s16le",
                "pipe:1");
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> inThread(Work<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.run());
            } catch (IOException | RuntimeException failure) {
                log.warn("A recording is not fed or read to its end: {}", failure.toString());
                done.completeExceptionally(failure);
            }
        });
        return done;
    }
}
