package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where backups lie: objects by key, such as a bucket of S3. A key is letters, digits, {@code - . /}. */
public interface BackupStore {
    /** Stored durably when it returns; seen whole or not at all. */
    void put(String key, byte[] content) throws IOException;

    Optional<byte[]> get(String key) throws IOException;

    /** All keys that begin so, ascending. */
    List<String> list(String prefix) throws IOException;

    /** Whether it was there or not. */
    void delete(String key) throws IOException;
}
