package app.veza.server.admin;

import app.veza.eventstore.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as it is stored: what is personal in it is encrypted, or hashed in a tag, and stays so.
 *
 * @param time when it happened, by the clock of who appended it
 * @param tags {@code key:value}, as a filter takes them
 * @param metadata with {@code correlationId} and {@code causationId}
 * @param payload JSON; as text where it is none
 * @param chainHash SHA-256 over the log up to the append that holds this event, in hexadecimal
 */
record EventView(
        long position,
        String type,
        String revision,
        String id,
        Instant time,
        List<String> tags,
        Map<String, String> metadata,
        Object payload,
        String chainHash) {

    /** Without the bounds that requests have: this was bounded when it was appended. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static EventView of(RecordedEvent event) {
        return new EventView(
                event.position(),
                event.type(),
                event.revision(),
                event.id(),
                event.timestamp(),
                event.tags().stream().map(Object::toString).toList(),
                event.metadata(),
                payload(event.payload()),
                HexFormat.of().formatHex(event.chainHash()));
    }

    private static Object payload(byte[] stored) {
        try {
            return JSON.readTree(stored);
        } catch (JacksonException notJson) {
            return new String(stored, StandardCharsets.UTF_8);
        }
    }
}
