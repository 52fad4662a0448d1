package app.veza.eventstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event's envelope as CloudEvents 1.0 attributes. Extension names may hold lower-case letters and digits only, so correlation,
 * causation and trace have their own and all other metadata shares one.
 */
final class CloudEventAttributes {
    private static final Map<String, String> EXTENSIONS = Map.of(
            EventMetadata.CORRELATION_ID,
            "correlationid",
            EventMetadata.CAUSATION_ID,
            "causationid",
            EventMetadata.TRACEPARENT,
            "traceparent",
            "tracestate",
            "tracestate");

    private CloudEventAttributes() {}

    static Map<String, String> of(NewEvent event, String source) {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("source", source);
        attributes.put("id", event.id());
        attributes.put("type", event.type());
        attributes.put("time", event.timestamp().toString());
        if (!event.revision().isEmpty()) {
            attributes.put("revision", event.revision());
        }
        if (!event.tags().isEmpty()) {
            attributes.put("tags", tags(event.tags()));
        }
        var others = new StringBuilder();
        event.metadata().forEach((key, value) -> {
            String extension = EXTENSIONS.get(key);
            if (extension != null) {
                attributes.put(extension, value);
            } else {
                pair(others, key, value);
            }
        });
        if (!others.isEmpty()) {
            attributes.put("metadata", others.toString());
        }
        return attributes;
    }

    /** @throws IllegalArgumentException when an attribute is missing or malformed */
    static NewEvent toEvent(Map<String, String> attributes, byte[] payload) {
        Map<String, String> metadata = new HashMap<>();
        EXTENSIONS.forEach((key, extension) -> {
            String value = attributes.get(extension);
            if (value != null) {
                metadata.put(key, value);
            }
        });
        for (Tag pair : pairs(attributes.getOrDefault("metadata", ""))) {
            metadata.put(pair.key(), pair.value());
        }
        return new NewEvent(
                WireFormat.require(attributes.get("id"), "ce-id"),
                WireFormat.require(attributes.get("type"), "ce-type"),
                attributes.getOrDefault("revision", ""),
                Instant.parse(WireFormat.require(attributes.get("time"), "ce-time")),
                pairs(attributes.getOrDefault("tags", "")),
                metadata,
                payload);
    }

    private static String tags(List<Tag> tags) {
        var out = new StringBuilder();
        for (Tag tag : tags) {
            pair(out, tag.key(), tag.value());
        }
        return out.toString();
    }

    private static void pair(StringBuilder out, String key, String value) {
        if (!out.isEmpty()) {
            out.append('&');
        }
        out.append(Escaping.token(key)).append('=').append(Escaping.token(value));
    }

    private static List<Tag> pairs(String text) {
        List<Tag> pairs = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('&', start);
            if (end < 0) {
                end = text.length();
            }
            int equals = text.indexOf('=', start);
            if (equals < 0 || equals > end) {
                throw new IllegalArgumentException("not pairs: " + text);
            }
            pairs.add(new Tag(
                    Escaping.fromToken(text.substring(start, equals)),
                    Escaping.fromToken(text.substring(equals + 1, end))));
            start = end + 1;
        }
        return pairs;
    }
}
