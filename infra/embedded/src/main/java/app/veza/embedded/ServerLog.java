package app.veza.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a server writes to its standard output and error. */
record ServerLog(Path file) {

    private static final long ROTATE_AT_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 1500;

    /** At a start: the log of long ago is kept once, the one before it goes. */
    void rotate() {
        try {
            if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw PrivateFiles.unwritable(file, e);
        }
    }

    /** The last lines. */
    String tail() {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - TAIL_BYTES);
            log.seek(from);
            var bytes = new byte[(int) (log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }
}
