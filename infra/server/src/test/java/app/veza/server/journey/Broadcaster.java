package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.audio.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A broadcaster's socket, and ffmpeg as listeners have it. */
public final class Broadcaster implements AutoCloseable {

    private static final Ffmpeg FFMPEG = Ffmpeg.unpacked();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MESSAGE_BYTES = 4_000;

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuffer texts = new StringBuffer();
    private final WebSocket socket;

    public Broadcaster(String address, @Nullable String token) {
        this(HTTP, address, token);
    }

    /** @param http that trusts whom it has to */
    public Broadcaster(HttpClient http, String address, @Nullable String token) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(URI.create(address), new Listener()).join();
    }

    public void send(byte[] audio) {
        for (int from = 0; from < audio.length; from += MESSAGE_BYTES) {
            socket.sendBinary(ByteBuffer.wrap(audio, from, Math.min(MESSAGE_BYTES, audio.length - from)), true)
                    .join();
        }
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    /** What was said to it in words. */
    String texts() {
        return texts.toString();
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** A tone as a browser would send it, in {@code webm} or {@code ogg}. */
    public static byte[] tone(String container, int hertz, int seconds) {
        return run(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=%d:sample_rate=48000:duration=%d".formatted(hertz, seconds),
                "-ac",
                "1",
                "-c:a",
                "libopus",
                "-b:a",
                "64k",
                "-f",
                container,
                "pipe:1");
    }

    /** What ffmpeg hears of a playlist until it ends, as samples of 16 bit at 48 kHz, one channel; fails when anything is wrong with it. */
    public static byte[] listen(String playlist) {
        return run(
                "ffmpeg", "-v", "error", "-xerror", "-i", playlist, "-map", "0:a:0", "-ac", "1", "-f", "s16le",
                "pipe:1");
    }

    /** Of a playlist that is there. */
    public static String text(String address) {
        HttpResponse<String> answer = get(address);
        assertThat(answer.statusCode()).as(address + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Of a playlist that is there; empty when it is to be asked for again. */
    public static String textOrLater(String address) {
        HttpResponse<String> answer = get(address);
        assertThat(answer.statusCode()).as(address + ": " + answer.body()).isIn(200, 503);
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    private static HttpResponse<String> get(String address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String probe(String address) {
        return new String(
                run("ffprobe", "-v", "error", "-show_format", "-show_streams", address), StandardCharsets.UTF_8);
    }

    private static byte[] run(String program, String... arguments) {
        var command = new ArrayList<>(List.of(FFMPEG.program(program).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LD_LIBRARY_PATH", FFMPEG.directory().toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            var errors = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                try {
                    errors.complete(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    errors.completeExceptionally(e);
                }
            });
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(errors.join()).isEmpty();
            assertThat(process.waitFor()).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            texts.append(text);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }
}
