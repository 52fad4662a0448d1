package app.veza.server.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held by the launcher of a data directory as long as it lives, or by a command that works on its servers while the platform does not
 * run. The kernel frees it however the process ends, so it tells a running platform from the remains of one, which a file with a
 * process id cannot.
 */
final class LauncherLock {

    /** Open for as long as this process lives: the lock is the last thing that goes. */
    private static @Nullable FileChannel held;

    /** What a launcher writes where another command writes its name. */
    private static final String LAUNCHER = "up";

    private LauncherLock() {}

    /**
     * A process that holds the lock.
     *
     * @param pid -1 when it has just taken it
     * @param command that it runs, such as {@code log restore}
     */
    record Holder(long pid, String command) {

        private static Holder read(String text) {
            String[] parts = text.split(" ", 2);
            return new Holder(
                    parts[0].isEmpty() ? -1 : Long.parseLong(parts[0]), parts.length < 2 ? LAUNCHER : parts[1]);
        }

        /** Whether it runs the platform, or is about to. */
        boolean isLauncher() {
            return command.equals(LAUNCHER);
        }

        /** What another command says that cannot do its work meanwhile. */
        CommandFailure isAtWork(DataDirectory data) {
            return new CommandFailure(
                    "'./veza %s' (pid %d) is at work on %s: wait for it.".formatted(command, pid, data.root()));
        }
    }

    /** Takes the lock for a launcher until this process ends; false when another process holds it. */
    static boolean take(DataDirectory data) {
        return take(data, LAUNCHER);
    }

    /** The same for another command, such as {@code log restore}. */
    static synchronized boolean take(DataDirectory data, String command) {
        Path file = file(data);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return false;
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + " " + command));
            held = channel;
            return true;
        } catch (IOException e) {
            throw PrivateFile.unwritable(file, e);
        }
    }

    /** Who works on this data directory now; empty when nobody does. */
    static Optional<Holder> holder(DataDirectory data) {
        Path file = file(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                lock.release();
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.allocate(100);
            channel.read(content);
            return Optional.of(
                    Holder.read(StandardCharsets.US_ASCII.decode(content.flip()).toString()));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFile.unwritable(file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static Path file(DataDirectory data) {
        return data.run().resolve("launcher.lock");
    }
}
