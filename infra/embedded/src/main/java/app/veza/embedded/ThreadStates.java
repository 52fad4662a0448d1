package app.veza.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says of a process's threads. */
final class ThreadStates {

    private static final char STOPPED = 'T';

    private ThreadStates() {}

    static boolean allStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.allMatch(ThreadStates::isStopped);
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddedPlatformException("Process " + pid + " ended while it was to be paused.", e);
        }
    }

    /** The state follows the name, which stands in parentheses and may hold some itself. */
    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == STOPPED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
