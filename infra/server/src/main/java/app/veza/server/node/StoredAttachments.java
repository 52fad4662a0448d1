package app.veza.server.node;

import app.veza.stores.ObjectStore;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Files that people uploaded, as a whole: for who takes them along and for who removes them. */
@Component
public final class StoredAttachments {

    private final ObjectStore bucket;

    StoredAttachments(ObjectStore bucket) {
        this.bucket = bucket;
    }

    /** Empty when it was offered and never uploaded. An offer bounds its size. */
    public Optional<byte[]> content(UUID attachmentId) {
        return bucket.get(BucketAttachments.key(attachmentId))
                .or(() -> bucket.get(BucketAttachments.uploadKey(attachmentId)));
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
