package app.veza.event.identity;

import static app.veza.event.EventTags.PERSON;

import java.util.List;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * What a person may do on the platform changed.
 *
 * @param roles all that the person has from here on, in the order of {@link Role}
 * @param changedBy absent when the operator of the machine did it
 */
@Event(namespace = "identity", name = "RolesChanged", version = "1")
public record RolesChanged(
        @EventTag(key = PERSON) UUID personId,
        List<Role> roles,
        @Nullable UUID changedBy) implements IdentityEvent {}
