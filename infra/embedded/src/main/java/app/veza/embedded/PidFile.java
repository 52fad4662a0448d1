package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers a server's process id, so that the next start finds what an earlier launcher left behind. */
record PidFile(Path file) {

    private static final Logger log = LoggerFactory.getLogger(PidFile.class);
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    void write(long pid) {
        PrivateFiles.write(file, Long.toString(pid));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw PrivateFiles.unwritable(file, e);
        }
    }

    /** Stops the process that the file names, if its command line says that it is this server's: ids are used again. */
    void stopLeftover(String name, String stopSignal, Path directory) {
        leftover(directory).ifPresent(pid -> {
            log.info("{} (pid {}) was left behind by an earlier start: stopping it", name, pid);
            Spawner.signal(pid, stopSignal);
            if (!vanishes(pid, directory)) {
                Spawner.signal(pid, "KILL");
                if (!vanishes(pid, directory)) {
                    throw new EmbeddedPlatformException(
                            "%s (pid %d) of an earlier start cannot be stopped: stop it yourself."
                                    .formatted(name, pid));
                }
            }
        });
        delete();
    }

    private Optional<Long> leftover(Path directory) {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return belongsTo(directory, pid) ? Optional.of(pid) : Optional.empty();
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            log.warn("Cannot tell whether {} names a running server: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** A process that ended but whose parent has not noticed yet has an empty command line: it holds nothing any more. */
    private static boolean belongsTo(Path directory, long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains(directory.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean vanishes(long pid, Path directory) {
        Instant deadline = Instant.now().plus(STOP_TIME);
        while (belongsTo(directory, pid)) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            ServerProcess.pause(Duration.ofMillis(10));
        }
        return true;
    }
}
