package app.veza.projectionengine;

import java.util.HexFormat;

/**
 * How far a projection is, and in which history.
 *
 * @param chain chain hash after {@code position} in hex; empty at position 0
 */
record Checkpoint(String logId, long position, String chain) {
    static Checkpoint start(String logId) {
        return new Checkpoint(logId, 0, "");
    }

    Checkpoint at(LoggedEvent event) {
        return new Checkpoint(logId, event.position(), HexFormat.of().formatHex(event.chainHash()));
    }
}
