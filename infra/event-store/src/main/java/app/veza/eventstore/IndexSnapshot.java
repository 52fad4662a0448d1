package app.veza.eventstore;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A snapshot of an index: of which log, how far it reaches and which files it is made of. Written behind its files, so what
 * is seen of it is whole.
 *
 * @param layout of the keys; of another one it is of no use
 * @param sequence of the stream
 * @param chainHash of the log up to the position, in hexadecimal
 */
public record IndexSnapshot(
        int layout, String logId, long sequence, long position, String chainHash, List<Part> parts) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /** A file, stored under its hash: one that has not changed is not stored again. */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            if (!NAME.matcher(name).matches() || !NAME.matcher(sha256).matches()) {
                throw new IllegalArgumentException("not the name of an index's file: " + name);
            }
        }
    }

    public IndexSnapshot {
        parts = List.copyOf(parts);
    }

    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    boolean isOf(Checkpoint checkpoint) {
        return checkpoint.logId().equals(logId)
                && checkpoint.point().position() == position
                && checkpoint.point().sequence() == sequence
                && Chain.text(checkpoint.point().chainHash()).equals(chainHash);
    }
}
