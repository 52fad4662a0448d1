package app.veza.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One platform at a time on one data directory. The kernel drops the lock with the process, however that ends. */
final class DataDirectoryLock implements AutoCloseable {

    /**
     * Of this process. Asked before the file is opened: to close any channel on a locked file drops the process's lock on it
     * (POSIX), so a second start must not even touch it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final String FILE = "lock";

    private final Path directory;
    private final FileChannel channel;

    private DataDirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DataDirectoryLock acquire(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory);
            }
            FileChannel channel = null;
            FileLock lock = null;
            try {
                channel = FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                lock = channel.tryLock();
                if (lock == null) {
                    throw inUse(directory);
                }
                return new DataDirectoryLock(real, channel);
            } finally {
                if (lock == null) {
                    HELD.remove(real);
                    if (channel != null) {
                        channel.close();
                    }
                }
            }
        } catch (IOException e) {
            throw PrivateFiles.unwritable(directory, e);
        }
    }

    /** Whether the directory is a platform's data directory, so ours to change. */
    static boolean isPlatform(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    private static EmbeddedPlatformException inUse(Path directory) {
        return new EmbeddedPlatformException("Another Veza runs on the data directory " + directory
                + ": stop it, or choose another directory for this one.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw PrivateFiles.unwritable(directory, e);
        } finally {
            HELD.remove(directory);
        }
    }
}
