package app.veza.server.node;

import app.veza.command.Overloaded;
import app.veza.command.chat.AttachmentStore;
import app.veza.stores.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Attachments in the bucket, by their ids. An address to upload to is good for a while and takes a file more than once, so what is
 * uploaded lies apart, and is copied by the first message that names it.
 */
final class BucketAttachments implements AttachmentStore {

    /** Of the keys of those that messages name. */
    static final String PREFIX = "attachments/";

    /** Of the keys of what was uploaded. */
    static final String UPLOADS = "uploads/";

    private static final Logger log = LoggerFactory.getLogger(BucketAttachments.class);

    private final ObjectStore bucket;

    BucketAttachments(ObjectStore bucket) {
        this.bucket = bucket;
    }

    @Override
    public URI uploadUrl(UUID attachmentId, String contentType, long size) {
        return bucket.putUrl(uploadKey(attachmentId), contentType, size, UPLOAD_LIFE);
    }

    @Override
    public OptionalLong seal(UUID attachmentId) {
        String sealed = key(attachmentId);
        try {
            OptionalLong size = bucket.size(sealed);
            return size.isPresent() || !bucket.copy(uploadKey(attachmentId), sealed) ? size : bucket.size(sealed);
        } catch (SdkException away) {
            log.warn("Whether attachment {} was uploaded cannot be told", attachmentId, away);
            throw new Overloaded("Attachments cannot be looked up for the moment.", Duration.ofSeconds(1));
        }
    }

    static String key(UUID attachmentId) {
        return PREFIX + attachmentId;
    }

    static String uploadKey(UUID attachmentId) {
        return UPLOADS + attachmentId;
    }
}
