package app.veza.server.node;

import app.veza.eventstore.SnapshotStore;
import app.veza.stores.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Snapshots of the log's index in the platform's bucket, below {@code log-index/}. */
final class ObjectStoreSnapshots implements SnapshotStore {

    private static final String FOLDER = "log-index/";

    private final ObjectStore bucket;

    ObjectStoreSnapshots(ObjectStore bucket) {
        this.bucket = bucket;
    }

    @Override
    public void put(String key, Path file) throws IOException {
        calling(() -> {
            bucket.put(FOLDER + key, file);
            return key;
        });
    }

    @Override
    public void get(String key, Path file) throws IOException {
        // the client writes new files only
        Files.deleteIfExists(file);
        calling(() -> {
            bucket.get(FOLDER + key, file);
            return key;
        });
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return calling(() -> bucket.keys(FOLDER + prefix).toList()).stream()
                .map(key -> key.substring(FOLDER.length()))
                .toList();
    }

    @Override
    public void delete(String key) throws IOException {
        calling(() -> {
            bucket.delete(FOLDER + key);
            return key;
        });
    }

    private static <T> T calling(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new IOException("the object storage failed: " + e.getMessage(), e);
        }
    }
}
