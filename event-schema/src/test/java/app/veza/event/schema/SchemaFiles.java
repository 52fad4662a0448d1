package app.veza.event.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The committed files: schemas, samples, and in {@code approved.sha256} the checksums of both (the format of sha256sum), so that
 * none is edited or lost unnoticed.
 */
record SchemaFiles(Path directory) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static String schema(String event, int revision) {
        return "schema/%s.v%d.json".formatted(event, revision);
    }

    static String sample(String event, int revision) {
        return "sample/%s.v%d.json".formatted(event, revision);
    }

    Optional<JsonNode> read(String file) {
        Path path = directory.resolve(file);
        return Files.isRegularFile(path) ? Optional.of(JSON.readTree(bytes(path))) : Optional.empty();
    }

    byte[] bytes(String file) {
        return bytes(directory.resolve(file));
    }

    void write(String file, JsonNode content) {
        write(file, text(content));
    }

    static String text(JsonNode content) {
        return JSON.writeValueAsString(content) + "\n";
    }

    /** Schemas and samples, relative. */
    List<String> all() {
        return Stream.of("schema", "sample")
                .map(directory::resolve)
                .filter(Files::isDirectory)
                .flatMap(SchemaFiles::files)
                .map(path -> directory.relativize(path).toString())
                .sorted()
                .toList();
    }

    String checksum(String file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Checksums by file. */
    TreeMap<String, String> approved() {
        TreeMap<String, String> approved = new TreeMap<>();
        Path ledger = directory.resolve(LEDGER);
        if (Files.isRegularFile(ledger)) {
            new String(bytes(ledger), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" {2}", 2))
                    .forEach(columns -> approved.put(columns[1], columns[0]));
        }
        return approved;
    }

    void approve(Map<String, String> checksums) {
        var lines = new StringBuilder();
        checksums.forEach((file, checksum) ->
                lines.append(checksum).append("  ").append(file).append('\n'));
        write(LEDGER, lines.toString());
    }

    static final String LEDGER = "approved.sha256";

    private void write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
