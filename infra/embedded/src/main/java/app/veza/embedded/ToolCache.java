package app.veza.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Unpacked executables, kept for the next start and shared by all data directories of this user. */
record ToolCache(Path directory) {

    /** $XDG_CACHE_HOME/veza or ~/.cache/veza; below the server's own directory when neither can be written. */
    static ToolCache ofUser(Path serverDirectory) {
        Path base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        Path directory = base.resolve("veza").toAbsolutePath();
        try {
            Files.createDirectories(directory);
            if (Files.isWritable(directory)) {
                return new ToolCache(directory);
            }
        } catch (IOException unwritableHome) {
            return new ToolCache(PrivateFiles.directory(serverDirectory.resolve("cache")));
        }
        return new ToolCache(PrivateFiles.directory(serverDirectory.resolve("cache")));
    }

    interface Unpacking {
        void into(Path directory) throws IOException;
    }

    /** The directory of that name; filled by {@code unpacking} when it is not there, and seen by others only when whole. */
    Path unpacked(String name, Unpacking unpacking) {
        Path target = directory.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        return locked(() -> {
            if (Files.isDirectory(target)) {
                return target;
            }
            Path fresh = Files.createTempDirectory(directory, "." + name + "-");
            try {
                unpacking.into(fresh);
                Files.move(fresh, target);
            } finally {
                PrivateFiles.deleteRecursively(fresh);
            }
            return target;
        });
    }

    interface Work<T> {
        T run() throws IOException;
    }

    /** Two starts at a time must not download the same thing twice. The monitor: file locks do not exclude threads. */
    <T> T locked(Work<T> work) {
        synchronized (ToolCache.class) {
            try (var channel = FileChannel.open(
                            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                assert lock.isValid();
                return work.run();
            } catch (IOException e) {
                throw PrivateFiles.unwritable(directory, e);
            }
        }
    }
}
