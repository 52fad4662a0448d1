package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The backups of what lies beside the log in a stream: taken with each of the log's, and whenever something in them must not live on. */
public final class SidecarBackups {
    private final BackupStore store;
    private final String stream;
    private final List<BackupSidecar> sidecars;

    /** @param stream of the log that they belong to: others may be backed up in the same place */
    public SidecarBackups(BackupStore store, String stream, List<BackupSidecar> sidecars) {
        this.store = store;
        this.stream = stream;
        this.sidecars = List.copyOf(sidecars);
    }

    private SidecarObjects objects(BackupSidecar sidecar) {
        return new SidecarObjects(store, stream, sidecar.name());
    }

    /**
     * What was backed up before is backed up as it is now, and the older copies are gone when this returns: what was deleted since is in
     * no backup any more. What was never backed up is not begun with.
     *
     * @return how many there are now
     * @throws BackupRefusedException when one has lost what is backed up of it
     */
    public int renew() throws IOException {
        int renewed = 0;
        for (BackupSidecar sidecar : sidecars) {
            SidecarObjects objects = objects(sidecar);
            if (objects.isStored()) {
                objects.put(sidecar);
                objects.forgetOlder();
                renewed++;
            }
        }
        return renewed;
    }

    /**
     * Brings back what is missing of the newest copies, every object of which is checked first.
     *
     * @return how many had been lost
     * @throws BackupRefusedException when there is no copy
     */
    public long restore() throws IOException {
        long lost = 0;
        for (BackupSidecar sidecar : sidecars) {
            SidecarObjects objects = objects(sidecar);
            SidecarObjects.Copy copy = objects.newest()
                    .orElseThrow(() -> new BackupRefusedException("there is no backup of " + sidecar.name()));
            verify(objects, copy);
            for (String key : copy.pieces()) {
                byte[] piece = objects.checked(key);
                lost += sidecar.lacks(piece);
                sidecar.restore(piece);
            }
        }
        return lost;
    }

    /** Of those that there are. */
    void verify() throws IOException {
        for (BackupSidecar sidecar : sidecars) {
            Optional<SidecarObjects.Copy> copy = objects(sidecar).newest();
            if (copy.isPresent()) {
                verify(objects(sidecar), copy.get());
            }
        }
    }

    private static void verify(SidecarObjects objects, SidecarObjects.Copy copy) throws IOException {
        for (String key : copy.pieces()) {
            objects.checked(key);
        }
    }

    /** As {@link #restore}, of those that there are. */
    void restoreBackedUp() throws IOException {
        for (BackupSidecar sidecar : sidecars) {
            if (objects(sidecar).newest().isPresent()) {
                new SidecarBackups(store, stream, List.of(sidecar)).restore();
            }
        }
    }

    /** Older copies stay until {@link #forgetOlder}. */
    Map<String, BackupManifest.Sidecar> store() throws IOException {
        Map<String, BackupManifest.Sidecar> entries = new TreeMap<>();
        for (BackupSidecar sidecar : sidecars) {
            SidecarObjects.Copy copy = objects(sidecar).put(sidecar);
            entries.put(sidecar.name(), new BackupManifest.Sidecar(copy.key(), copy.sha256()));
        }
        return entries;
    }

    void forgetOlder() throws IOException {
        for (BackupSidecar sidecar : sidecars) {
            objects(sidecar).forgetOlder();
        }
    }
}
