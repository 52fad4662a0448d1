package app.veza.eventstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event's envelope as CloudEvents 1.0 attributes. Extension names may hold lower-case letters and digits only, so correlation,
 * causation and trace have their own, and what remains of the metadata, or is no text that an attribute may hold, shares one.
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

    /** RFC 3339 knows years of four digits. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private CloudEventAttributes() {}

    /** Takes attributes, in the order of their names. */
    interface Sink {
        void put(String name, String value);
    }

    static void of(NewEvent event, String source, Sink attributes) {
        Map<String, String> metadata = event.metadata();
        int taken = put(metadata, EventMetadata.CAUSATION_ID, attributes)
                + put(metadata, EventMetadata.CORRELATION_ID, attributes);
        attributes.put(
                "datacontenttype",
                CloudEventsBatch.isJson(event.payload()) ? "application/json" : "application/octet-stream");
        attributes.put("id", event.id());
        if (taken < metadata.size()) {
            String others = others(metadata);
            if (!others.isEmpty()) {
                attributes.put("metadata", others);
            }
        }
        if (!event.revision().isEmpty()) {
            attributes.put("revision", event.revision());
        }
        attributes.put("source", source);
        attributes.put("specversion", "1.0");
        if (!event.tags().isEmpty()) {
            attributes.put("tags", tags(event.tags()));
        }
        attributes.put("time", Timestamps.format(event.timestamp()));
        if (taken < metadata.size()) {
            put(metadata, EventMetadata.TRACEPARENT, attributes);
            put(metadata, "tracestate", attributes);
        }
        attributes.put("type", event.type());
    }

    /** Returns how many were put. */
    private static int put(Map<String, String> metadata, String key, Sink attributes) {
        String value = metadata.get(key);
        if (value == null || !isExtension(key, value)) {
            return 0;
        }
        attributes.put(EXTENSIONS.get(key), value);
        return 1;
    }

    private static boolean isExtension(String key, String value) {
        return EXTENSIONS.containsKey(key) && !value.isEmpty() && isText(value);
    }

    private static String others(Map<String, String> metadata) {
        var others = new StringBuilder(0);
        metadata.forEach((key, value) -> {
            if (!isExtension(key, value)) {
                pair(others, key, value);
            }
        });
        return others.toString();
    }

    /** Whether an attribute may hold it: CloudEvents has no control characters, not even escaped, and no noncharacters. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return text.codePoints().allMatch(CloudEventAttributes::isAllowed);
            }
        }
        return true;
    }

    private static boolean isAllowed(int codePoint) {
        boolean control = codePoint < ' ' || (codePoint >= 0x7f && codePoint < 0xa0);
        boolean noncharacter = (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
        return !control && !noncharacter;
    }

    static boolean isTime(Instant timestamp) {
        return !timestamp.isBefore(FIRST) && !timestamp.isAfter(LAST);
    }

    /** Gives the value of an attribute, null when there is none. */
    interface Source {
        @Nullable
        String get(String name);
    }

    /** @throws IllegalArgumentException when an attribute is missing or malformed */
    static NewEvent toEvent(Source attributes, byte[] payload) {
        Map<String, String> metadata = new HashMap<>();
        for (Map.Entry<String, String> extension : EXTENSIONS.entrySet()) {
            String value = attributes.get(extension.getValue());
            if (value != null) {
                metadata.put(extension.getKey(), value);
            }
        }
        for (Tag pair : pairs(attributes.get("metadata"))) {
            metadata.put(pair.key(), pair.value());
        }
        String revision = attributes.get("revision");
        Instant time = Timestamps.parse(WireFormat.require(attributes.get("time"), "ce-time"));
        if (!isTime(time)) {
            throw new IllegalArgumentException("timestamp out of range: " + time);
        }
        return new NewEvent(
                WireFormat.require(attributes.get("id"), "ce-id"),
                WireFormat.require(attributes.get("type"), "ce-type"),
                revision == null ? "" : revision,
                time,
                pairs(attributes.get("tags")),
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

    private static List<Tag> pairs(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
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
