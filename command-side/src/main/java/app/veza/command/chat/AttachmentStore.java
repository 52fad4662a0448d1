package app.veza.command.chat;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/** Where files that go with messages lie. Their bytes never pass through a node. */
public interface AttachmentStore {

    /** How long an address to upload to is good. */
    Duration UPLOAD_LIFE = Duration.ofMinutes(15);

    /** How long after it was offered a file may go with a message: what was not taken by then is thrown away, some hours later. */
    Duration CLAIM_LIFE = Duration.ofHours(23);

    /**
     * An address that takes PUTs of exactly this type and size, good for {@link #UPLOAD_LIFE}.
     *
     * @param size in bytes
     */
    URI uploadUrl(UUID attachmentId, String contentType, long size);

    /**
     * Keeps what was uploaded as it is: what its address takes afterwards changes it no more. Done once, it may be done again.
     *
     * @return how many bytes it has; empty while nothing was uploaded
     * @throws app.veza.command.Overloaded when the storage cannot do so now
     */
    OptionalLong seal(UUID attachmentId);
}
