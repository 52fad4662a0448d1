package app.veza.eventstore;

import java.io.IOException;

/**
 * What a log needs besides itself to be readable, such as wrapped keys: backed up with every backup, brought back with the restore. Only
 * its newest content is kept, so that what was deleted from it is gone from the backups too, with the next one at the latest.
 */
public interface BackupSidecar {
    /** Letters, digits and {@code -}; stable over versions. */
    String name();

    /** Its present content; the same bytes while nothing changed. */
    byte[] content() throws IOException;

    /** Brings it back. Called before the restored log can be read; may be called again after an interrupted restore. */
    void restore(byte[] content) throws IOException;
}
