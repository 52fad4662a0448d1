package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a nats-server that Veza can stand on. */
final class NatsBinary {

    private static final String PROGRAM = "nats-server";
    /** Atomic publish and the consumer options of 2.12 are used; a next major version is not known to be compatible. */
    private static final String RANGE = "2.12 or later, below 3";

    private NatsBinary() {}

    static Path locate(ToolCache cache) {
        String named = System.getenv("NATS_SERVER_BIN");
        if (named != null && !named.isBlank()) {
            Path binary = Path.of(named);
            if (!isAcceptable(binary)) {
                throw new EmbeddedPlatformException("NATS_SERVER_BIN names " + named
                        + ", which is not a nats-server of version " + RANGE + ": correct or unset it.");
            }
            return binary;
        }
        return Tools.onPath(PROGRAM)
                .filter(NatsBinary::isAcceptable)
                .or(() -> cached(cache))
                .orElseGet(() -> cache.locked(() -> cached(cache).orElseGet(() -> download(cache))));
    }

    private static Optional<Path> cached(ToolCache cache) {
        try (Stream<Path> entries = Files.list(cache.directory())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(PROGRAM + "-"))
                    .map(entry -> entry.resolve(PROGRAM))
                    .filter(NatsBinary::isAcceptable)
                    .max(Comparator.comparing(binary -> version(binary).orElseThrow()));
        } catch (IOException e) {
            throw new EmbeddedPlatformException(
                    "Cannot read " + cache.directory() + ": make it readable for this user.", e);
        }
    }

    private static Path download(ToolCache cache) {
        try {
            Path workspace = PrivateFiles.directory(cache.directory().resolve("." + PROGRAM + "-download"));
            Path unpacked = DebianPackage.download(PROGRAM, workspace)
                    .resolve("usr/sbin")
                    .resolve(PROGRAM);
            var version = version(unpacked);
            if (version.isEmpty() || !version.get().isAcceptable()) {
                throw new EmbeddedPlatformException("Debian's newest nats-server is "
                        + version.map(NatsVersion::toString).orElse("unusable") + ", which is not " + RANGE + ".");
            }
            Path directory = Files.createDirectories(cache.directory().resolve(PROGRAM + "-" + version.get()));
            Path binary = Files.move(unpacked, directory.resolve(PROGRAM));
            PrivateFiles.deleteRecursively(workspace);
            return binary;
        } catch (IOException | EmbeddedPlatformException e) {
            throw new EmbeddedPlatformException(
                    "No nats-server of version %s was found (%s): install one on the PATH, or name its file in NATS_SERVER_BIN."
                            .formatted(RANGE, e.getMessage()),
                    e);
        }
    }

    private static boolean isAcceptable(Path binary) {
        return version(binary).filter(NatsVersion::isAcceptable).isPresent();
    }

    private static Optional<NatsVersion> version(Path binary) {
        if (!Files.isExecutable(binary)) {
            return Optional.empty();
        }
        var outcome = Tools.run(binary.toString(), "--version");
        return outcome.succeeded() ? NatsVersion.parse(outcome.output()) : Optional.empty();
    }
}
