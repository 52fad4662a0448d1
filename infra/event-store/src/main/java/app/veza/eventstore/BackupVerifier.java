package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies stored backups by themselves: every object is there, gives the hash in its name, and holds the appends that go on where
 * those before it end. The log is not looked at, and need not exist any more.
 */
public final class BackupVerifier {
    private final BackupStore store;
    private final BackupObjects objects;

    public BackupVerifier(BackupStore store) {
        this.store = store;
        this.objects = new BackupObjects(store);
    }

    /**
     * The newest backup of one log.
     *
     * @param createdAt RFC 3339; empty when not even its manifest can be read
     * @param lastPosition up to which the log could be restored, were nothing damaged
     * @param objectsRead chunks and what lies beside the log
     * @param chainHash of the log at the last position
     * @param damages one sentence each, naming the object and the positions in it
     */
    public record Outcome(
            String logId,
            String createdAt,
            long lastPosition,
            int objectsRead,
            long bytes,
            String chainHash,
            List<String> damages) {}

    public interface Listener {
        void begun(String logId, long lastPosition);

        /** After every object. */
        void progressed(long position);
    }

    /** Ids of the logs that have a backup. */
    public List<String> logs() throws IOException {
        return objects.logs();
    }

    /** @throws BackupRefusedException when the log has no backup */
    public Outcome verify(String logId, Listener listener) throws IOException {
        BackupManifest manifest;
        try {
            manifest = objects.newest(logId)
                    .orElseThrow(() -> new BackupRefusedException("there is no backup of log " + logId));
        } catch (BackupDamagedException e) {
            return new Outcome(logId, "", 0, 0, 0, "", List.of(e.getMessage()));
        }
        listener.begun(logId, manifest.end().position());
        List<String> damages = new ArrayList<>();
        long bytes = chunks(manifest, damages, listener) + sidecars(manifest, damages);
        return new Outcome(
                logId,
                manifest.createdAt(),
                manifest.end().position(),
                manifest.chunks().size() + manifest.sidecars().size(),
                bytes,
                Chain.text(manifest.end().chainHash()),
                List.copyOf(damages));
    }

    /** Behind a damaged one it is gone on with what the manifest says of its end, so that all damage is named. */
    private long chunks(BackupManifest manifest, List<String> damages, Listener listener) throws IOException {
        long bytes = 0;
        LogPoint before = LogPoint.ORIGIN;
        for (BackupManifest.Chunk chunk : manifest.chunks()) {
            if (chunk.firstPosition() != before.position() + 1) {
                damages.add("the manifest of %s leaves out positions %d to %d"
                        .formatted(manifest.createdAt(), before.position() + 1, chunk.firstPosition() - 1));
            }
            try {
                bytes += sound(chunk, manifest.logId(), before);
            } catch (BackupDamagedException e) {
                damages.add(e.getMessage());
            }
            before = chunk.end();
            listener.progressed(before.position());
        }
        return bytes;
    }

    private long sound(BackupManifest.Chunk chunk, String logId, LogPoint before) throws IOException {
        byte[] content = objects.checked(chunk);
        BackupChunk.read(chunk, logId, content, before, append -> {});
        return content.length;
    }

    /** The newest of each, which is the one that a restore takes, whichever log it was backed up with. */
    private long sidecars(BackupManifest manifest, List<String> damages) throws IOException {
        long bytes = 0;
        for (String name : manifest.sidecars().keySet()) {
            var beside = new SidecarObjects(store, manifest.stream(), name);
            try {
                SidecarObjects.Copy copy = beside.newest()
                        .orElseThrow(() -> new BackupDamagedException("the backup of " + name + " is missing"));
                for (String key : copy.pieces()) {
                    bytes += beside.checked(key).length;
                }
            } catch (BackupDamagedException e) {
                damages.add(e.getMessage());
            }
        }
        return bytes;
    }
}
