package app.veza.eventstore;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The files in which one NATS server keeps one stream's messages, to be damaged while it is stopped. */
public record BlockFiles(Path messages) {
    private static final int AT_ONCE = 100;

    /**
     * Of a stream.
     *
     * @param server directory of all that the server has
     */
    public static BlockFiles of(Path server, String stream) {
        try (Stream<Path> files = Files.walk(server)) {
            return new BlockFiles(files.filter(file -> file.endsWith(stream + "/msgs"))
                    .findFirst()
                    .orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends of 20 KB that cannot be compressed: some 400 are a block. */
    static void fill(EventLog log, int appends) {
        var random = new Random(1);
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            byte[] noise = new byte[15_000];
            random.nextBytes(noise);
            String text = "{\"text\":\"" + Base64.getEncoder().encodeToString(noise) + "\"}";
            outcomes.add(log.append(AppendRequest.of(TestLog.event("chat.A", text))));
            if (i % AT_ONCE == 0) {
                // What waits is bounded by bytes
                outcomes.forEach(CompletableFuture::join);
            }
        }
        outcomes.forEach(CompletableFuture::join);
    }

    /** The server's own index of them, written when it is stopped in good order. */
    Path index() {
        return messages.resolve("index.db");
    }

    /** Oldest first; all but the last are sealed, and compressed. */
    public List<Path> blocks() {
        try (Stream<Path> files = Files.list(messages)) {
            return files.filter(file -> file.toString().endsWith(".blk"))
                    .sorted(Comparator.comparingInt(file ->
                            Integer.parseInt(file.getFileName().toString().replace(".blk", ""))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lowest bit of the byte in the middle. */
    public static void flipABit(Path file) throws IOException {
        flipABit(file, Files.size(file) / 2);
    }

    /** The lowest bit of the byte at that place. */
    private static void flipABit(Path file, long place) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int there = bytes.read();
            bytes.seek(place);
            bytes.write(there ^ 1);
        }
    }

    /** A bit of a text that stands in one message, which is in the last block: the others are compressed. */
    void flipABitOf(String text) throws IOException {
        Path block = blocks().getLast();
        int place = Files.readString(block, StandardCharsets.ISO_8859_1).indexOf(text);
        if (place < 0) {
            throw new IllegalArgumentException("%s does not hold %s".formatted(block, text));
        }
        flipABit(block, place);
    }

    static void truncate(Path block) throws IOException {
        try (var file = new RandomAccessFile(block.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }
}
