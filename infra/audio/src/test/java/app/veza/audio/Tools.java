package app.veza.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.audio.ffmpeg.Ffmpeg;
import app.veza.audio.ffmpeg.FfmpegException;
import app.veza.audio.ffmpeg.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** ffmpeg and ffprobe, as others use them: to make what is sent, and to look at what comes out. */
public final class Tools {

    private static final Ffmpeg FFMPEG = Ffmpeg.unpacked();
    public static final Sandbox SANDBOX = new Sandbox(FFMPEG);

    private Tools() {}

    /** As on a machine at its limits: so many programs cannot be started, those after them can. */
    public static Sandbox sandbox(AtomicInteger failures) {
        return new Sandbox(FFMPEG) {
            @Override
            public Process start(String program, List<String> arguments, Limits limits) {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new FfmpegException("Resource temporarily unavailable");
                }
                return super.start(program, arguments, limits);
            }
        };
    }

    /** As on a machine where programs can be started and then have no room: so many end with the code, having read nothing. */
    public static Sandbox sandbox(AtomicInteger failures, int code) {
        return new Sandbox(FFMPEG) {
            @Override
            public Process start(String program, List<String> arguments, Limits limits) {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                    return super.start(program, arguments, limits);
                }
                try {
                    return new ProcessBuilder("/bin/sh", "-c", "exit " + code).start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** @param out standard output; @param errors what was complained of */
    public record Ran(int code, byte[] out, String errors) {}

    public static Ran run(String program, String... arguments) {
        var command = new ArrayList<>(List.of(FFMPEG.program(program).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LD_LIBRARY_PATH", FFMPEG.directory().toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<byte[]> errors = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    errors.complete(process.getErrorStream().readAllBytes());
                } catch (IOException e) {
                    errors.completeExceptionally(e);
                }
            });
            byte[] out = process.getInputStream().readAllBytes();
            return new Ran(process.waitFor(), out, new String(errors.join(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A tone as a browser would send it, in {@code webm} or {@code ogg}. */
    public static byte[] tone(Path directory, String container, int hertz, double seconds) {
        Path file = directory.resolve("tone-" + hertz + "-" + seconds + "." + container);
        var command = new ArrayList<>(List.of("-v", "error", "-y", "-f", "lavfi"));
        command.addAll(List.of("-i", "sine=frequency=%d:sample_rate=48000:duration=%s".formatted(hertz, seconds)));
        command.addAll(List.of("-ac", "1", "-c:a", "libopus", "-b:a", "64k", "-f", container));
        if (container.equals("webm")) {
            // Clusters whose size is not known, as of a recording that goes on
            command.addAll(List.of("-live", "1", "-cluster_time_limit", "1000"));
        }
        command.add(file.toString());
        Ran ran = run("ffmpeg", command.toArray(String[]::new));
        assertThat(ran.errors()).isEmpty();
        return bytes(file);
    }

    /** Decodes all of it, and fails when anything is wrong with it. @return samples at 48 kHz, one channel */
    public static short[] decode(String source) {
        Ran ran = run(
                "ffmpeg", "-v", "warning", "-xerror", "-i", source, "-map", "0:a:0", "-ac", "1", "-f", "s16le",
                "pipe:1");
        assertThat(complaints(ran.errors())).as("decoding %s", source).isEmpty();
        assertThat(ran.code()).isZero();
        short[] samples = new short[ran.out().length / 2];
        ByteBuffer.wrap(ran.out())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    /** ffmpeg reads one header for all takes, and says so: the others are the same. */
    private static List<String> complaints(String errors) {
        return errors.lines()
                .filter(line -> !line.contains("Found duplicated MOOV Atom. Skipped it")
                        && !line.contains("Last message repeated"))
                .toList();
    }

    /** How loud a tone is in these samples, against all that is to be heard: 1 when there is nothing else (Goertzel). */
    public static double purity(short[] samples, int from, int length, int hertz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 48_000);
        double before = 0;
        double last = 0;
        double energy = 0;
        for (int i = from; i < from + length; i++) {
            double now = samples[i] + coefficient * last - before;
            before = last;
            last = now;
            energy += (double) samples[i] * samples[i];
        }
        double tone = last * last + before * before - coefficient * last * before;
        return energy == 0 ? 0 : 2 * tone / (length * energy);
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
