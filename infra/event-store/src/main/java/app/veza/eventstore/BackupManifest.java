package app.veza.eventstore;

import java.util.List;
import java.util.Map;

/**
 * One backup: which objects make it up. Written last, so that a backup is there whole or not at all; chunks are shared with the backups
 * before it and never change.
 *
 * @param createdAt RFC 3339
 */
record BackupManifest(
        int format,
        String logId,
        String stream,
        String subjectPrefix,
        String createdAt,
        List<Chunk> chunks,
        Map<String, Sidecar> sidecars) {
    /** Since 2 what lies beside the log is in a place for each stream, in pieces: who knows 1 only would restore the log without. */
    static final int FORMAT = 2;

    static final int FIRST_FORMAT = 1;

    /**
     * Consecutive appends in one object.
     *
     * @param lastSequence of the stream, of the last append
     * @param bytes before compression
     * @param sha256 of the object, hexadecimal
     * @param chainBefore of the append before the first
     * @param chainAfter of the last append
     */
    record Chunk(
            String key,
            long firstPosition,
            long lastPosition,
            long lastSequence,
            int appends,
            long bytes,
            String sha256,
            String chainBefore,
            String chainAfter) {
        LogPoint end() {
            return new LogPoint(lastSequence, lastPosition, Chain.parse(chainAfter));
        }
    }

    record Sidecar(String key, String sha256) {}

    /** The last append that is in the backup. */
    LogPoint end() {
        return chunks.isEmpty() ? LogPoint.ORIGIN : chunks.getLast().end();
    }
}
