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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Held by the launcher of a data directory as long as it lives. The kernel frees it however the process ends, so it tells a
 * running platform from the remains of one, which a file with a process id cannot.
 */
final class LauncherLock {

    /** Open for as long as this process lives: the lock is the last thing that goes. */
    private static @Nullable FileChannel held;

    private LauncherLock() {}

    /** Takes the lock for this process until it ends; false when another launcher holds it. */
    static synchronized boolean take(DataDirectory data) {
        Path file = file(data);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return false;
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            held = channel;
            return true;
        } catch (IOException e) {
            throw PrivateFile.unwritable(file, e);
        }
    }

    /** Process id of the launcher that runs on this data directory now; empty when none does. */
    static OptionalLong holder(DataDirectory data) {
        Path file = file(data);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                lock.release();
                return OptionalLong.empty();
            }
            ByteBuffer content = ByteBuffer.allocate(20);
            channel.read(content);
            String pid = StandardCharsets.US_ASCII.decode(content.flip()).toString();
            return pid.isEmpty() ? OptionalLong.of(-1) : OptionalLong.of(Long.parseLong(pid));
        } catch (NoSuchFileException removedMeanwhile) {
            return OptionalLong.empty();
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
