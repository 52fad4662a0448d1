package app.veza.command.identity.token;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** One JWK file for each key, in a directory that all nodes share, readable by the owner alone. */
final class SigningKeyFiles {

    private static final String SUFFIX = ".jwk.json";

    /** A lock of a file keeps other processes out, and is an error within one. */
    private static final Lock IN_THIS_PROCESS = new ReentrantLock();

    private final Path directory;

    SigningKeyFiles(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** In the order in which they sign. */
    List<SigningKey> read() {
        List<SigningKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                read(file, keys);
            }
        } catch (IOException e) {
            throw failure(e);
        }
        keys.sort(Comparator.comparing(SigningKey::signsFrom).thenComparing(SigningKey::id));
        return List.copyOf(keys);
    }

    /** Changes the keys while no other node does; what the change returns are the keys that are to be there afterwards. */
    List<SigningKey> change(Function<List<SigningKey>, List<SigningKey>> change) {
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            List<SigningKey> before = read();
            List<SigningKey> after = change.apply(before);
            for (SigningKey key : after) {
                if (!before.contains(key)) {
                    store(key);
                }
            }
            // Last: a crash in between leaves a key too many and never one too few
            for (SigningKey key : before) {
                if (!after.contains(key)) {
                    Files.deleteIfExists(file(key));
                }
            }
            return after;
        } catch (IOException e) {
            throw failure(e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** Another node may have taken the file away since it was listed. */
    private static void read(Path file, List<SigningKey> keys) throws IOException {
        try {
            keys.add(parse(file));
        } catch (NoSuchFileException gone) {
            return;
        }
    }

    private static SigningKey parse(Path file) throws IOException {
        RSAKey key;
        try {
            key = RSAKey.parse(Files.readString(file));
        } catch (ParseException e) {
            // Without its cause, whose text may hold a part of the key
            throw new IOException(file + " is not an RSA key in JWK format");
        }
        if (!key.isPrivate()
                || key.getKeyID() == null
                || key.getIssueTime() == null
                || key.size() < SigningKey.LEAST_BITS) {
            throw new IOException(file + " needs a private RSA key of 2048 bits or more, with kid and iat");
        }
        return new SigningKey(key);
    }

    /** Written aside and moved: a crash leaves no half key. */
    private void store(SigningKey key) throws IOException {
        Path temporary = Files.createTempFile(
                directory,
                "new-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, key.jwk().toJSONString());
        Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(SigningKey key) {
        return directory.resolve(key.id() + SUFFIX);
    }

    private UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("Signing keys in " + directory, cause);
    }
}
