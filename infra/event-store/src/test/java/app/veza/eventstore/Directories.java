package app.veza.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whole directories: what a server or a node keeps, as it was at a moment. */
final class Directories {

    private Directories() {}

    static Path temporary() {
        try {
            return Files.createTempDirectory("veza-servers");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param to is made */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            Files.createDirectories(to.getParent());
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void replace(Path old, Path by) {
        IndexFiles.delete(old);
        copy(by, old);
    }
}
