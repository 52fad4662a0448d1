package app.veza.event.chat;

import java.util.UUID;

/**
 * A file that goes with a message.
 *
 * @param contentType media type without parameters, such as image/png
 * @param size in bytes
 */
public record Attachment(UUID attachmentId, String contentType, long size) {}
