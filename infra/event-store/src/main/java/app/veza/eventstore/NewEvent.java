package app.veza.eventstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An event to append.
 *
 * @param id unique for ever, by convention a UUID
 * @param type stable name, {@code context.Name}
 * @param revision of the type's shape
 * @param timestamp kept to the microsecond, which is as far as databases go: whoever copies it has what the log has
 * @param tags in order; the first is the primary tag, which names the event's subject
 * @param metadata text beside the payload: correlation, causation, traceparent or anything else
 * @param payload JSON; the array is not copied and must not change afterwards
 */
public record NewEvent(
        String id,
        String type,
        String revision,
        Instant timestamp,
        List<Tag> tags,
        Map<String, String> metadata,
        byte[] payload) {
    public NewEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(payload, "payload");
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    NewEvent inWholeMicros() {
        return timestamp.getNano() % 1_000 == 0
                ? this
                : new NewEvent(id, type, revision, timestamp.truncatedTo(ChronoUnit.MICROS), tags, metadata, payload);
    }
}
