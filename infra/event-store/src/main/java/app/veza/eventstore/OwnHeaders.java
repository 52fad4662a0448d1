package app.veza.eventstore;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** The headers of a message that are its append's own, as lines sorted by name: what its hash is taken of. */
final class OwnHeaders {
    /** Sorted. Nearly every message has no others, and then nothing is to be sorted. */
    private static final List<String> USUAL = List.of(
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

    private OwnHeaders() {}

    static byte[] lines(Headers headers) {
        var lines = new StringBuilder(640);
        int known = 0;
        for (String name : USUAL) {
            String value = headers.getFirst(name);
            if (value != null) {
                line(lines, name, value);
                known++;
            }
        }
        for (String name : headers.keySet()) {
            if (isOfPlace(name)) {
                known++;
            }
        }
        return known == headers.size() ? ascii(lines) : sorted(headers);
    }

    private static byte[] sorted(Headers headers) {
        TreeMap<String, String> own = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (!isOfPlace(name)) {
                own.put(name, values.getFirst());
            }
        });
        var lines = new StringBuilder(640);
        own.forEach((name, value) -> line(lines, name, value));
        return ascii(lines);
    }

    private static boolean isOfPlace(String name) {
        return switch (name) {
            case WireFormat.POSITION, WireFormat.COUNT, WireFormat.PREVIOUS, WireFormat.CHAIN -> true;
            default -> name.startsWith("Nats-");
        };
    }

    static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    }

    static byte[] ascii(StringBuilder lines) {
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
