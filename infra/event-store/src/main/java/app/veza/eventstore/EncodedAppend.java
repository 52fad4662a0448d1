package app.veza.eventstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append as far as it does not depend on its place in the log.
 *
 * @param id of this very append, however often it is published; by it an append is found again after a lost answer
 * @param headers lines {@code Name: value\r\n} sorted by name
 * @param events in order; none in a fence
 * @param fencedBy the node whose {@link Fence} this is
 */
record EncodedAppend(
        String id,
        String subject,
        byte[] headers,
        byte[] body,
        List<EncodedEvent> events,
        @Nullable String commandId,
        @Nullable String fingerprint,
        @Nullable String fencedBy) {
    int count() {
        return events.size();
    }

    /** @param record everything but position and hash, as {@link EventRecord} writes it for the index */
    record EncodedEvent(
            String type, List<Tag> tags, @Nullable String correlationId, long timestampMillis, byte[] record) {}
}
