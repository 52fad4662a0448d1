package app.veza.eventstore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backups of what lies beside a log: taken with each of the log's, and whenever something in them must not live on. */
public final class SidecarBackups {
    private final BackupObjects objects;
    private final List<BackupSidecar> sidecars;

    public SidecarBackups(BackupStore store, List<BackupSidecar> sidecars) {
        this.objects = new BackupObjects(store);
        this.sidecars = List.copyOf(sidecars);
    }

    /**
     * What was backed up before is backed up as it is now, and the older copies are gone when this returns: what was deleted since is in
     * no backup any more. What was never backed up is not begun with.
     *
     * @return how many there are now
     */
    public int renew() throws IOException {
        int renewed = 0;
        for (BackupSidecar sidecar : sidecars) {
            if (objects.newestSidecar(sidecar.name()).isPresent()) {
                objects.putSidecar(sidecar);
                objects.forgetOlderSidecars(sidecar.name());
                renewed++;
            }
        }
        return renewed;
    }

    Map<String, BackupManifest.Sidecar> store() throws IOException {
        Map<String, BackupManifest.Sidecar> entries = new TreeMap<>();
        for (BackupSidecar sidecar : sidecars) {
            entries.put(sidecar.name(), objects.putSidecar(sidecar));
        }
        return entries;
    }
}
