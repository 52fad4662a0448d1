package app.veza.projectionengine;

import java.util.HexFormat;
import java.util.Optional;

/** Whether a checkpoint belongs to the log: positions of another history silently mean other events. */
sealed interface Identity {
    record Same() implements Identity {}

    /** @param reason for the log line and the status */
    record Other(String reason) implements Identity {}

    /** The log here does not reach the checkpoint: late, or another history that is shorter. */
    record Ahead(String reason) implements Identity {}

    static Identity of(Checkpoint checkpoint, EventLog log) {
        if (!checkpoint.logId().equals(log.logId())) {
            return new Other("it was filled from log " + checkpoint.logId() + ", this is log " + log.logId());
        }
        if (checkpoint.position() == 0) {
            return new Same();
        }
        Optional<byte[]> chain = log.chainHash(checkpoint.position());
        if (chain.isEmpty()) {
            return new Ahead("it is at position " + checkpoint.position() + ", the log ends at " + log.head());
        }
        return HexFormat.of().formatHex(chain.get()).equals(checkpoint.chain())
                ? new Same()
                : new Other("the history up to its position " + checkpoint.position() + " is not the log's");
    }
}
