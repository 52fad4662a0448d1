package app.veza.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a server writes to its standard output and error. */
record ServerLog(Path file) {

    private static final long ROTATE_AT_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 4000;
    private static final int TAIL_LINES = 6;

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
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot read " + file + ": " + e.getMessage() + ")";
        }
    }
}
