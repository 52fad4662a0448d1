package app.veza.eventstore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where snapshots of indexes lie: files by key, such as a bucket of S3. A key is letters, digits and {@code . _ - /}. */
public interface SnapshotStore {
    /** Seen whole or not at all. */
    void put(String key, Path file) throws IOException;

    /** @throws IOException also when there is none */
    void get(String key, Path file) throws IOException;

    /** All keys that begin so. */
    List<String> list(String prefix) throws IOException;

    /** Nothing happens when there is none. */
    void delete(String key) throws IOException;
}
