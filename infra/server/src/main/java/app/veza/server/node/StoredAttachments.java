package app.veza.server.node;

import app.veza.stores.ObjectStore;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Files that people uploaded, as a whole: for who takes them along and for who removes them. */
@Component
public final class StoredAttachments {

    private final ObjectStore bucket;

    StoredAttachments(ObjectStore bucket) {
        this.bucket = bucket;
    }

    /** As it comes, to be closed; empty when it was offered and never uploaded. */
    public Optional<InputStream> content(UUID attachmentId) {
        return content(BucketAttachments.key(attachmentId))
                .or(() -> content(BucketAttachments.uploadKey(attachmentId)));
    }

    private Optional<InputStream> content(String key) {
        OptionalLong size = bucket.size(key);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                size.getAsLong() == 0 ? InputStream.nullInputStream() : bucket.read(key, 0, size.getAsLong() - 1));
    }

    public void remove(UUID attachmentId) {
        bucket.delete(BucketAttachments.uploadKey(attachmentId));
        bucket.delete(BucketAttachments.key(attachmentId));
    }

    public boolean isThere(UUID attachmentId) {
        return bucket.size(BucketAttachments.key(attachmentId)).isPresent()
                || bucket.size(BucketAttachments.uploadKey(attachmentId)).isPresent();
    }
}
