package app.veza.server.node;

import app.veza.eventstore.BackupStore;
import app.veza.stores.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Backups in the platform's bucket. */
public record S3BackupStore(ObjectStore bucket) implements BackupStore {
    @Override
    public void put(String key, byte[] content) throws IOException {
        asked(() -> {
            bucket.put(key, content);
            return key;
        });
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
        return asked(() -> bucket.get(key));
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return asked(() -> bucket.keys(prefix).sorted().toList());
    }

    @Override
    public void delete(String key) throws IOException {
        asked(() -> {
            bucket.delete(key);
            return key;
        });
    }

    private static <T> T asked(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new IOException("the object storage does not do what it should: " + e.getMessage(), e);
        }
    }
}
