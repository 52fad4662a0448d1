package app.veza.event.chat;

import static app.veza.event.EventTags.ATTACHMENT;
import static app.veza.event.EventTags.PERSON;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A person was given an address to upload a file to. Whether it was uploaded is known by then at the latest when a message bears it.
 *
 * @param contentType media type without parameters, such as image/png
 * @param size in bytes; what is uploaded has exactly this one
 */
@Event(namespace = "chat", name = "AttachmentOffered", version = "1")
public record AttachmentOffered(
        @EventTag(key = ATTACHMENT) UUID attachmentId,
        @EventTag(key = PERSON) UUID ownerId,
        String contentType,
        long size)
        implements ChatEvent {}
