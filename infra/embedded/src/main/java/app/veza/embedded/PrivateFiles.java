package app.veza.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Files and directories that only their owner can read. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** The directory with mode 0700, created with its parents when it is not there. */
    static Path directory(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            return directory;
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Others may pass through our directory to what is theirs below it, but not list it. */
    static void letThrough(Path directory) {
        try {
            if (Files.getOwner(directory).getName().equals(System.getProperty("user.name"))
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))
                            .equals("rwx------")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            }
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    static Path temporaryDirectory(String name) {
        try {
            return Files.createTempDirectory("veza-" + name + "-").toAbsolutePath();
        } catch (IOException e) {
            throw unwritable(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** Replaces the file as a whole, with mode 0600 before the first byte: never half written, never readable by others. */
    static void write(Path file, String text) {
        var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Path fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(), "." + file.getFileName(), ".new", attribute);
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Deletes the directory and all below it; links are deleted, not followed. Files that vanish meanwhile are fine. */
    static void deleteRecursively(Path directory) {
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            deleteRecursively(directory);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    static EmbeddedPlatformException unwritable(Path path, IOException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        return fullDisk(path, reason)
                .orElseGet(() -> new EmbeddedPlatformException(
                        "Cannot write %s (%s): make it writable for this user or choose another data directory."
                                .formatted(path, reason),
                        e));
    }

    /** When the text, an error message or the end of a log, tells of a full disk. */
    static Optional<EmbeddedPlatformException> fullDisk(Path path, String text) {
        return text.toLowerCase(Locale.ROOT).contains("no space left")
                ? Optional.of(new EmbeddedPlatformException("The disk that holds " + path
                        + " is full: free some space there or choose another data directory."))
                : Optional.empty();
    }
}
