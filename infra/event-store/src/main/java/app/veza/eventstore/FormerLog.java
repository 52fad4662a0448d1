package app.veza.eventstore;

import java.io.IOException;
import java.util.Optional;

/** What is remembered elsewhere of a log that stood in the stream. Asked before an empty one is made where there is none. */
@FunctionalInterface
public interface FormerLog {
    FormerLog NONE = Optional::empty;

    /**
     * @return where which log is remembered and up to which position, as in "backups hold log 7 up to position 12"; empty when none is
     * @throws IOException when it cannot be asked now: until it can be, no log is made
     */
    Optional<String> remembered() throws IOException;

    /** The logs of this stream that have a backup; also those whose backups are so damaged that nobody can tell of which stream they were. */
    static FormerLog backedUp(BackupStore store, EventLogConfig config) {
        return new BackedUpLogs(new BackupObjects(store), config.streamName());
    }
}
