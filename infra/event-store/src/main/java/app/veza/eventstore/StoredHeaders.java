package app.veza.eventstore;

import io.nats.client.impl.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a message of the stream, sorted out in one pass: a log is read by the hundred thousand. */
final class StoredHeaders {
    /** The append's own, sorted. Nearly every message has no others, and then nothing is to be sorted. */
    private static final List<String> OWN = List.of(
            WireFormat.APPEND_ID,
            WireFormat.COMMAND_ID,
            Fence.HEADER,
            WireFormat.FINGERPRINT,
            "ce-causationid",
            "ce-correlationid",
            "ce-datacontenttype",
            "ce-id",
            "ce-metadata",
            "ce-revision",
            "ce-source",
            "ce-specversion",
            "ce-tags",
            "ce-time",
            "ce-traceparent",
            "ce-tracestate",
            "ce-type",
            WireFormat.CONTENT_TYPE);

    private static final List<String> OF_PLACE = List.of(
            WireFormat.POSITION, WireFormat.COUNT, WireFormat.PREVIOUS, WireFormat.CHAIN, WireFormat.EXPECTED_SEQUENCE);

    private static final Map<String, Integer> SLOTS = slots();
    private static final Map<String, Integer> ATTRIBUTES = attributes();

    private final Headers all;
    private final @Nullable String[] values = new String[OWN.size() + OF_PLACE.size()];
    private boolean unusual;

    StoredHeaders(Headers headers) {
        this.all = headers;
        headers.forEach(this::take);
    }

    private static Map<String, Integer> slots() {
        Map<String, Integer> slots = new HashMap<>();
        OWN.forEach(name -> slots.put(name, slots.size()));
        OF_PLACE.forEach(name -> slots.put(name, slots.size()));
        return slots;
    }

    private static Map<String, Integer> attributes() {
        Map<String, Integer> attributes = new HashMap<>();
        SLOTS.forEach((name, slot) -> {
            if (name.startsWith("ce-")) {
                attributes.put(name.substring(3), slot);
            }
        });
        return attributes;
    }

    private void take(String name, List<String> given) {
        Integer slot = SLOTS.get(name);
        if (slot != null) {
            values[slot] = given.getFirst();
        } else {
            unusual |= isOwn(name);
        }
    }

    private static boolean isOwn(String name) {
        return !name.startsWith("Nats-") && !OF_PLACE.contains(name);
    }

    /** @param name one that the log itself knows */
    @Nullable
    String get(String name) {
        Integer slot = SLOTS.get(name);
        return slot == null ? null : values[slot];
    }

    /** The same, unescaped. */
    @Nullable
    String text(String name) {
        return unescaped(get(name));
    }

    /** @throws IllegalArgumentException when there is none */
    String require(String name) {
        return WireFormat.require(get(name), name);
    }

    /** Of a CloudEvent. */
    @Nullable
    String attribute(String name) {
        Integer slot = ATTRIBUTES.get(name);
        return slot == null ? null : unescaped(values[slot]);
    }

    private static @Nullable String unescaped(@Nullable String value) {
        return value == null ? null : Escaping.fromHeader(value);
    }

    /** The append's own as lines sorted by name: what its hash is taken of. */
    byte[] ownLines() {
        var lines = new StringBuilder(640);
        if (unusual) {
            TreeMap<String, String> own = new TreeMap<>();
            all.forEach((name, given) -> {
                if (isOwn(name)) {
                    own.put(name, given.getFirst());
                }
            });
            own.forEach((name, value) -> OwnHeaders.line(lines, name, value));
        } else {
            for (int slot = 0; slot < OWN.size(); slot++) {
                String value = values[slot];
                if (value != null) {
                    OwnHeaders.line(lines, OWN.get(slot), value);
                }
            }
        }
        return OwnHeaders.ascii(lines);
    }
}
