package app.veza.eventstore;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An event as it stands in the log.
 *
 * @param position number of the event in the log, contiguous from 1
 * @param tags in the order they were appended in, the primary tag first
 * @param payload the bytes that were appended; shared, not to be changed
 * @param chainHash SHA-256 over the log up to the append that holds this event; the events of one append share it
 */
public record RecordedEvent(
        long position,
        String type,
        String revision,
        String id,
        Instant timestamp,
        Set<Tag> tags,
        Map<String, String> metadata,
        byte[] payload,
        byte[] chainHash) {}
