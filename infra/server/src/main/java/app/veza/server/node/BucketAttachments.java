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

/** Attachments in the bucket, by their ids. */
final class BucketAttachments implements AttachmentStore {

    /** Of the keys of all of them. */
    static final String PREFIX = "attachments/";

    private static final Logger log = LoggerFactory.getLogger(BucketAttachments.class);

    private final ObjectStore bucket;

    BucketAttachments(ObjectStore bucket) {
        this.bucket = bucket;
    }

    @Override
    public URI uploadUrl(UUID attachmentId, String contentType, long size) {
        return bucket.putUrl(key(attachmentId), contentType, size, UPLOAD_LIFE);
    }

    @Override
    public OptionalLong sizeOf(UUID attachmentId) {
        try {
            return bucket.size(key(attachmentId));
        } catch (SdkException away) {
            log.warn("Whether attachment {} was uploaded cannot be told", attachmentId, away);
            throw new Overloaded("Attachments cannot be looked up for the moment.", Duration.ofSeconds(1));
        }
    }

    static String key(UUID attachmentId) {
        return PREFIX + attachmentId;
    }
}
