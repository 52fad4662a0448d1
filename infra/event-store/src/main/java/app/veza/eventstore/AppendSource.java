package app.veza.eventstore;

import java.io.IOException;

/** A whole log to restore from, in order. Memory holds a few megabytes of it at a time. */
interface AppendSource {
    interface Taker {
        void take(StoredAppend append) throws IOException;
    }

    /** Id of the log that it is. */
    String logId();

    String subjectPrefix();

    /** What is told of the source, in words. */
    String described();

    /**
     * Hands over every append up to and with the one that holds the position, checked against the chain.
     *
     * @return the last append handed over
     * @throws BackupDamagedException or {@link LogDamagedException} when it does not hold what was appended
     */
    LogPoint copy(long toPosition, Taker taker) throws IOException;
}
