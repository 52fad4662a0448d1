package app.veza.eventstore;

import java.io.IOException;

/** What a log needs besides itself to be readable, such as wrapped keys: backed up with every backup, brought back with the restore. */
public interface BackupSidecar {
    /** Letters, digits and {@code -}; stable over versions. */
    String name();

    /** Its present content; the same bytes while nothing changed. */
    byte[] content() throws IOException;

    /** Brings it back. Called before the restored log can be read; may be called again after an interrupted restore. */
    void restore(byte[] content) throws IOException;
}
