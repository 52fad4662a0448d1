package app.veza.eventstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Hashes of an index's files. RocksDB never changes one that it has written, so each is read once as long as it exists. */
final class PartHashes {
    private record Known(@Nullable Object inode, long bytes, long modified, String sha256) {}

    private final Map<String, Known> known = new HashMap<>();

    String of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        String name = file.getFileName().toString();
        Known before = known.get(name);
        if (before != null
                && now.fileKey() != null
                && now.fileKey().equals(before.inode)
                && now.size() == before.bytes
                && now.lastModifiedTime().toMillis() == before.modified) {
            return before.sha256;
        }
        requireSound(file);
        String sha256 = sha256(file);
        known.put(
                name,
                new Known(now.fileKey(), now.size(), now.lastModifiedTime().toMillis(), sha256));
        return sha256;
    }

    /** A table that has rotted since it was written must not become part of a snapshot, whose hash would vouch for it. */
    private static void requireSound(Path file) throws IOException {
        if (!file.toString().endsWith(".sst")) {
            return;
        }
        try (var options = new Options();
                var reader = new SstFileReader(options)) {
            reader.open(file.toString());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            throw new IOException("the index's file " + file.getFileName() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Of all others it forgets what it knows. */
    void keep(Set<String> names) {
        known.keySet().retainAll(names);
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
