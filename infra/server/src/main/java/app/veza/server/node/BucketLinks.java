package app.veza.server.node;

import app.veza.query.chat.attachment.AttachmentLinks;
import app.veza.stores.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Links to attachments in the bucket, signed by its own rules. */
final class BucketLinks implements AttachmentLinks {

    /** Long enough to begin a download, too short to be worth passing on. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final ObjectStore bucket;

    BucketLinks(ObjectStore bucket) {
        this.bucket = bucket;
    }

    @Override
    public URI signed(UUID attachment, String contentType, boolean isSent) {
        String key = isSent ? BucketAttachments.key(attachment) : BucketAttachments.uploadKey(attachment);
        return bucket.getUrl(key, contentType, LIFE);
    }
}
