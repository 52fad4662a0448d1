package app.veza.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * With it a node begins to sequence: an append of no events. Part of the chain, so nothing that others published before it
 * can follow it: what they had in flight and is not found up to the fence is void for ever.
 */
final class Fence {
    /** The node that begins. */
    static final String HEADER = "Log-Fence";

    private Fence() {}

    static EncodedAppend encode(String subjectPrefix, String node, long number) {
        String id = node + "-fence-" + number;
        String lines = WireFormat.APPEND_ID + ": " + id + "\r\n" + HEADER + ": " + node + "\r\n";
        return new EncodedAppend(
                id,
                subjectPrefix + ".log.node." + node + ".Fenced",
                lines.getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                List.of(),
                null,
                null,
                node);
    }
}
