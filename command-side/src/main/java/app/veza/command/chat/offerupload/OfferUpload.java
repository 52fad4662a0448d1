package app.veza.command.chat.offerupload;

import java.util.UUID;

/**
 * Upload a file that is to go with a message.
 *
 * @param size in bytes
 */
record OfferUpload(UUID attachmentId, UUID ownerId, String contentType, long size) {}
