package app.veza.eventstore;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The objects of backups: {@code log-backup/<log id>/{chunks,manifests}/...}, each named by the SHA-256 of its content. */
final class BackupObjects {
    private static final Logger LOG = LoggerFactory.getLogger(BackupObjects.class);
    private static final String ROOT = "log-backup/";
    private static final Pattern MANIFEST =
            Pattern.compile(Pattern.quote(ROOT) + "([^/]+)/manifests/[0-9]+-([0-9a-f]{64})\\.json");

    private final BackupStore store;

    BackupObjects(BackupStore store) {
        this.store = store;
    }

    /** Ids of the logs that have a backup. */
    List<String> logs() throws IOException {
        return store.list(ROOT).stream()
                .map(MANIFEST::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1))
                .distinct()
                .collect(Collectors.toList());
    }

    /** The log's backup that was written last. */
    Optional<BackupManifest> newest(String logId) throws IOException {
        Optional<String> key = newestKey(logId);
        return key.isEmpty() ? Optional.empty() : Optional.of(manifest(key.get()));
    }

    Optional<String> newestKey(String logId) throws IOException {
        List<String> keys = manifests(logId);
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
    }

    /** The same, leaving out what is damaged. */
    Optional<BackupManifest> newestReadable(String logId) throws IOException {
        for (String key : manifests(logId).reversed()) {
            try {
                return Optional.of(manifest(key));
            } catch (BackupDamagedException e) {
                LOG.warn("A backup is left out: {}", e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** @throws BackupDamagedException when it is not what was put there */
    BackupManifest manifest(String key) throws IOException {
        var match = MANIFEST.matcher(key);
        if (!match.matches()) {
            throw new BackupDamagedException("backup object %s has no name of a manifest: remove it".formatted(key));
        }
        byte[] content = checked(key, match.group(2));
        try {
            BackupManifest manifest = StreamSettings.JSON.readValue(content, BackupManifest.class);
            if (manifest.format() < BackupManifest.FIRST_FORMAT || manifest.format() > BackupManifest.FORMAT) {
                throw new BackupRefusedException("backup %s has format %d, this version reads %d to %d"
                        .formatted(key, manifest.format(), BackupManifest.FIRST_FORMAT, BackupManifest.FORMAT));
            }
            return manifest;
        } catch (JacksonException e) {
            throw new BackupDamagedException("backup object %s is no manifest: %s".formatted(key, e.getMessage()));
        }
    }

    private List<String> manifests(String logId) throws IOException {
        return store.list(ROOT + logId + "/manifests/").stream().sorted().toList();
    }

    /** For a backup that begins now: it sorts behind those before, whatever the clock says, and before those that begin later. */
    long nextNumber(String logId) throws IOException {
        List<String> before = manifests(logId);
        long number = before.isEmpty() ? 0 : number(before.getLast()) + 1;
        return Math.max(number, Instant.now().toEpochMilli());
    }

    /** @param number of when the backup began: one that was held up for long must not look newer than what was backed up meanwhile */
    void put(BackupManifest manifest, long number) throws IOException {
        byte[] content = StreamSettings.JSON.writeValueAsBytes(manifest);
        store.put("%s%s/manifests/%015d-%s.json".formatted(ROOT, manifest.logId(), number, sha256(content)), content);
    }

    /**
     * Removes manifests that tell no more than this newest one: their chunks are its first ones. The one before it stays, should the
     * newest be damaged, and so do those of a log that has lost its tail since.
     */
    void forgetManifestsWithin(BackupManifest newest) throws IOException {
        List<String> keys = manifests(newest.logId());
        for (String key : keys.subList(0, Math.max(0, keys.size() - 2))) {
            if (isWithin(key, newest)) {
                store.delete(key);
            }
        }
    }

    private boolean isWithin(String key, BackupManifest newest) throws IOException {
        try {
            List<BackupManifest.Chunk> chunks = manifest(key).chunks();
            return chunks.size() <= newest.chunks().size()
                    && chunks.equals(newest.chunks().subList(0, chunks.size()));
        } catch (BackupDamagedException | BackupRefusedException e) {
            LOG.warn("An old backup is left where it is: {}", e.getMessage());
            return false;
        }
    }

    private static long number(String numberedKey) {
        String name = numberedKey.substring(numberedKey.lastIndexOf('/') + 1);
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }

    static String chunkKey(String logId, long firstPosition, long lastPosition, String sha256) {
        return "%s%s/chunks/%019d-%019d-%s.gz".formatted(ROOT, logId, firstPosition, lastPosition, sha256);
    }

    void put(String key, byte[] content) throws IOException {
        store.put(key, content);
    }

    /** @throws BackupDamagedException as {@link #checked(String, String)}, naming the positions too */
    byte[] checked(BackupManifest.Chunk chunk) throws IOException {
        try {
            return checked(chunk.key(), chunk.sha256());
        } catch (BackupDamagedException e) {
            throw new BackupDamagedException(
                    "%s (positions %d to %d)".formatted(e.getMessage(), chunk.firstPosition(), chunk.lastPosition()));
        }
    }

    /** @throws BackupDamagedException when it is missing, or is not what was put there */
    byte[] checked(String key, String sha256) throws IOException {
        return checked(store, key, sha256);
    }

    static byte[] checked(BackupStore store, String key, String sha256) throws IOException {
        byte[] content = store.get(key)
                .orElseThrow(() -> new BackupDamagedException("backup object %s is missing".formatted(key)));
        if (!sha256(content).equals(sha256)) {
            throw new BackupDamagedException(
                    "backup object %s is damaged: its content does not give the SHA-256 in its name".formatted(key));
        }
        return content;
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Chain.sha256(content));
    }
}
