package app.veza.event.streaming;

import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A broadcaster let a person find and hear a private stream. */
@Event(namespace = "streaming", name = "GuestInvited", version = "1")
public record GuestInvited(
        @EventTag(key = STREAM) UUID streamId,
        @EventTag(key = PERSON) UUID personId,
        UUID invitedBy) implements StreamingEvent {}
