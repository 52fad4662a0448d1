package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Files that hold secrets: their owner alone reads them, and nobody sees them half written. */
final class PrivateFile {

    private PrivateFile() {}

    static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
    }

    /** Replaces the file as a whole. */
    static void write(Path file, byte[] content) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Path directory = file.toAbsolutePath().getParent();
            Path fresh = Files.createTempFile(directory, "." + file.getFileName(), ".new", ownerOnly);
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** The failure as a sentence that says what to do. */
    static CommandFailure unwritable(Path path, IOException e) {
        String reason =
                switch (e) {
                    case AccessDeniedException denied -> "no permission";
                    case FileAlreadyExistsException file -> "a file of that name is in the way";
                    case NotDirectoryException file -> "a file of that name is in the way";
                    default -> String.valueOf(e.getMessage());
                };
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new CommandFailure(
                    "The disk that holds %s is full: make room or name another place with --data.".formatted(path), e);
        }
        return new CommandFailure(
                "%s cannot be written (%s): make it writable for you or name another place with --data."
                        .formatted(path, reason),
                e);
    }
}
