package app.veza.query.chat.attachment;

import java.net.URI;
import java.util.UUID;

/** Where files can be had for a short while by whoever has the link. */
public interface AttachmentLinks {

    /**
     * @param contentType that the file is to be sent with
     * @param isSent whether a message bears the file
     */
    URI signed(UUID attachment, String contentType, boolean isSent);
}
