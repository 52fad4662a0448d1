package app.veza.eventstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of one sidecar of the log in one stream: {@code log-backup-sidecars/<stream>/<name>/<number>-<piece>-<SHA-256>} and, written
 * last, {@code <number>-index-<SHA-256>} with the pieces' keys, a line each. A number is of when a copy began to be read: what was read later
 * sorts behind it, also when it is stored earlier.
 */
final class SidecarObjects {
    private static final Logger LOG = LoggerFactory.getLogger(SidecarObjects.class);
    private static final String ROOT = "log-backup-sidecars/";
    private static final Pattern OBJECT = Pattern.compile("(\\d{15})-(index|\\d{6})-([0-9a-f]{64})");

    /** As it was in format 1 of the manifest: whole, and beside those of other streams' logs. */
    private static final Pattern WHOLE = Pattern.compile("(\\d{15})-([0-9a-f]{64})");

    private final BackupStore store;
    private final String directory;
    private final String formerDirectory;

    SidecarObjects(BackupStore store, String stream, String name) {
        this.store = store;
        this.directory = ROOT + stream + "/" + name + "/";
        this.formerDirectory = ROOT + name + "/";
    }

    /**
     * @param key of its index, which has that hash
     * @param pieces their keys, which end with their hashes
     */
    record Copy(String key, String sha256, List<String> pieces) {
        private List<String> hashes() {
            return pieces.stream().map(SidecarObjects::hash).toList();
        }
    }

    /** Of whichever log of the stream: it lies beside the log, not in it. */
    Optional<Copy> newest() throws IOException {
        Optional<String> newest = newestKey();
        if (newest.isPresent()) {
            String key = newest.get();
            byte[] index = checked(key);
            return Optional.of(new Copy(
                    key,
                    hash(key),
                    new String(index, StandardCharsets.US_ASCII)
                            .lines()
                            .map(piece -> directory + piece)
                            .toList()));
        }
        List<String> whole = keys(formerDirectory, WHOLE);
        return whole.isEmpty()
                ? Optional.empty()
                : Optional.of(new Copy(whole.getLast(), hash(whole.getLast()), List.of(whole.getLast())));
    }

    /** Whether there is one, be it damaged. */
    boolean isStored() throws IOException {
        return newestKey().isPresent() || !keys(formerDirectory, WHOLE).isEmpty();
    }

    private Optional<String> newestKey() throws IOException {
        return keys(directory, OBJECT).stream()
                .filter(key -> key.contains("-index-"))
                .reduce((older, newer) -> newer);
    }

    private List<String> keys(String in, Pattern named) throws IOException {
        return store.list(in).stream()
                .filter(key -> named.matcher(key.substring(in.length())).matches())
                .sorted()
                .toList();
    }

    /**
     * Stores its present content, unless that is what is stored. Older copies stay.
     *
     * @throws BackupRefusedException when it has lost something of what is stored
     */
    Copy put(BackupSidecar sidecar) throws IOException {
        long number = Math.max(
                newestKey().map(key -> number(key) + 1).orElse(0L),
                Instant.now().toEpochMilli());
        Optional<Copy> same = sound(sidecar);
        if (same.isPresent()) {
            return same.get();
        }
        List<String> pieces = new ArrayList<>();
        sidecar.write(piece -> pieces.add(put(number, "%06d".formatted(pieces.size()), piece)));
        byte[] index = String.join("\n", pieces).getBytes(StandardCharsets.US_ASCII);
        String key = directory + put(number, "index", index);
        return new Copy(
                key, hash(key), pieces.stream().map(piece -> directory + piece).toList());
    }

    /** What is stored, if that is the present content. What is damaged is stored anew. */
    private Optional<Copy> sound(BackupSidecar sidecar) throws IOException {
        List<String> hashes = new ArrayList<>();
        sidecar.write(piece -> hashes.add(BackupObjects.sha256(piece)));
        Optional<Copy> newest;
        try {
            newest = newest();
        } catch (BackupDamagedException e) {
            LOG.warn("The backup of {} is damaged, and is stored anew: {}", sidecar.name(), e.getMessage());
            String index = newestKey().orElseThrow();
            requireNothingLost(
                    sidecar,
                    index,
                    keys(directory, OBJECT).stream()
                            .filter(key -> number(key) == number(index) && !key.equals(index))
                            .toList());
            return Optional.empty();
        }
        if (newest.isPresent()) {
            boolean isSame = isHere(newest.get()) && newest.get().hashes().equals(hashes);
            boolean isWhole = requireNothingLost(
                    sidecar,
                    newest.get().key(),
                    isSame ? List.of() : newest.get().pieces());
            if (isSame && isWhole) {
                return newest;
            }
        }
        return Optional.empty();
    }

    private boolean isHere(Copy copy) {
        return copy.key().startsWith(directory);
    }

    /**
     * What is damaged cannot tell; the rest does.
     *
     * @return whether nothing was damaged
     */
    private boolean requireNothingLost(BackupSidecar sidecar, String copy, List<String> pieces) throws IOException {
        long lost = 0;
        boolean isWhole = true;
        for (String piece : pieces) {
            try {
                lost += sidecar.lacks(checked(piece));
            } catch (BackupDamagedException e) {
                isWhole = false;
                LOG.warn("The backup of {} is damaged, and is stored anew: {}", sidecar.name(), e.getMessage());
            }
        }
        if (lost > 0) {
            throw new BackupRefusedException(
                    "%d entries of %s that are backed up are gone though nobody deleted them: the backup keeps the copy that has them (%s) until they are brought back (log restore --keys-only)%s"
                            .formatted(
                                    lost,
                                    sidecar.name(),
                                    copy,
                                    copy.startsWith(directory)
                                            ? ""
                                            : "; if it is another platform's, that shares the bucket, have that one store its own first"));
        }
        return isWhole;
    }

    /** @return its name in the directory */
    private String put(long number, String part, byte[] content) throws IOException {
        String name = "%015d-%s-%s".formatted(number, part, BackupObjects.sha256(content));
        store.put(directory + name, content);
        checked(directory + name);
        return name;
    }

    /** What was deleted since must not live on in an older copy, nor in one that was never finished. */
    void forgetOlder() throws IOException {
        Optional<Copy> newest = newest().filter(this::isHere);
        if (newest.isEmpty()) {
            return;
        }
        for (String key : keys(directory, OBJECT)) {
            if (number(key) < number(newest.get().key())) {
                store.delete(key);
            }
        }
        for (String key : keys(formerDirectory, WHOLE)) {
            store.delete(key);
        }
    }

    /** @throws BackupDamagedException when it is missing, or is not what was put there */
    byte[] checked(String key) throws IOException {
        return BackupObjects.checked(store, key, hash(key));
    }

    private static String hash(String key) {
        return key.substring(key.lastIndexOf('-') + 1);
    }

    private static long number(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }
}
