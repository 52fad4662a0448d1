package app.veza.eventstore;

import java.io.IOException;

/**
 * What a log needs besides itself to be readable, such as wrapped keys: backed up with every backup, brought back with the restore. Only
 * its newest content is kept, so that what was deleted from it is gone from the backups too, with the next one at the latest.
 */
public interface BackupSidecar {
    /** Letters, digits and {@code -}; stable over versions. */
    String name();

    /** Its present content, piece by piece, each of a few megabytes at most; the same pieces while nothing changed. */
    void write(Pieces pieces) throws IOException;

    /** Takes pieces, one after the other. */
    interface Pieces {
        void add(byte[] piece) throws IOException;
    }

    /**
     * Brings a piece back: adds what is missing of it. Called before the restored log can be read; may be called again after an interrupted
     * restore.
     */
    void restore(byte[] piece) throws IOException;

    /** How much of a piece that was backed up is missing here although nobody deleted it: lost, and the backup is all that is left of it. */
    long lacks(byte[] piece) throws IOException;
}
