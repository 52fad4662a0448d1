package app.veza.server.live;

import app.veza.audio.live.SegmentStore;
import app.veza.stores.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Segments in the bucket. */
record BucketSegments(ObjectStore bucket) implements SegmentStore {

    @Override
    public void put(String key, byte[] content, String contentType) {
        bucket.put(key, content, contentType);
    }

    @Override
    public void put(String key, Path file, String contentType) {
        bucket.put(key, file, contentType);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return bucket.get(key);
    }

    @Override
    public List<String> keys(String prefix) {
        return bucket.keys(prefix).toList();
    }

    @Override
    public void delete(String key) {
        bucket.delete(key);
    }
}
