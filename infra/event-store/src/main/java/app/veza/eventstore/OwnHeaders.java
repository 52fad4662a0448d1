package app.veza.eventstore;

import java.nio.charset.StandardCharsets;

/** How the headers of a message that are its append's own are written: as lines sorted by name, of which its hash is taken. */
final class OwnHeaders {
    private OwnHeaders() {}

    static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    }

    static byte[] ascii(StringBuilder lines) {
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
