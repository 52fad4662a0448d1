package app.veza.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The snapshots of one log's indexes in their store: {@code index/LOG/NODE/POSITION.json} names the parts, {@code
 * index/LOG/NODE/parts/SHA256} holds them. Each node writes and removes below its own name only, so none removes what another is writing.
 */
final class IndexSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(IndexSnapshots.class);
    private static final String MANIFEST = ".json";
    private static final int KEPT = 2;
    /** Whoever finds that many unusable builds the index from the log instead. */
    private static final int TRIED = 3;

    private final SnapshotStore store;
    private final String node;
    private final Path workplace;
    private final PartHashes hashes = new PartHashes();

    /** @param indexDirectory snapshots are gathered beside it, on the same file system */
    IndexSnapshots(SnapshotStore store, String node, Path indexDirectory) {
        this.store = store;
        this.node = node;
        this.workplace = indexDirectory.toAbsolutePath().resolveSibling(indexDirectory.getFileName() + ".snapshot");
    }

    /** Where the files of an index are put together. */
    Path workplace() {
        return workplace;
    }

    Path emptyWorkplace() {
        IndexFiles.delete(workplace);
        return workplace;
    }

    /** Stores the files of an index that lie in the workplace, as far as they are not stored yet. */
    IndexSnapshot store(Checkpoint checkpoint) throws IOException {
        String own = prefix(checkpoint.logId()) + node + "/";
        Set<String> stored = new HashSet<>(store.list(own));
        List<IndexSnapshot.Part> parts = new ArrayList<>();
        for (Path file : files()) {
            String sha256 = hashes.of(file);
            parts.add(new IndexSnapshot.Part(file.getFileName().toString(), Files.size(file), sha256));
            if (stored.add(own + "parts/" + sha256)) {
                store.put(own + "parts/" + sha256, file);
            }
        }
        hashes.keep(parts.stream().map(IndexSnapshot.Part::name).collect(Collectors.toSet()));
        LogPoint point = checkpoint.point();
        IndexSnapshot snapshot = new IndexSnapshot(
                IndexKeys.LAYOUT,
                checkpoint.logId(),
                point.sequence(),
                point.position(),
                Chain.text(point.chainHash()),
                parts);
        Path manifest = workplace.resolve("manifest" + MANIFEST);
        Files.write(manifest, StreamSettings.JSON.writeValueAsBytes(snapshot));
        String key = own + "%020d".formatted(point.position()) + MANIFEST;
        store.put(key, manifest);
        stored.add(key);
        IndexFiles.delete(workplace);
        removeOld(own, stored);
        return snapshot;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(workplace)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void removeOld(String own, Set<String> stored) throws IOException {
        List<String> manifests = newestFirst(stored);
        Set<String> needed = new HashSet<>();
        for (String key : manifests.subList(0, Math.min(KEPT, manifests.size()))) {
            read(key).parts().forEach(part -> needed.add(own + "parts/" + part.sha256()));
            needed.add(key);
        }
        for (String key : stored) {
            if (!needed.contains(key)) {
                store.delete(key);
            }
        }
    }

    /** Position of the newest snapshot of a log, by any node; 0 when there is none. */
    long newestPosition(String logId) throws IOException {
        return newestFirst(store.list(prefix(logId))).stream()
                .findFirst()
                .map(IndexSnapshots::position)
                .orElse(0L);
    }

    /**
     * Fetches the newest usable snapshot of a log into the workplace and tells what it is.
     *
     * @param upToSequence of the stream: a snapshot that reaches further is passed by
     */
    Optional<IndexSnapshot> fetch(String logId, long upToSequence) {
        try {
            int tried = 0;
            for (String key : newestFirst(store.list(prefix(logId)))) {
                if (tried == TRIED) {
                    break;
                }
                Optional<IndexSnapshot> fetched = fetch(key, logId, upToSequence);
                if (fetched.isPresent()) {
                    return fetched;
                }
                tried++;
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Snapshots of the index cannot be looked for; it is built from the log", e);
        }
        IndexFiles.delete(workplace);
        return Optional.empty();
    }

    private Optional<IndexSnapshot> fetch(String key, String logId, long upToSequence) {
        try {
            IndexSnapshot snapshot = read(key);
            if (!snapshot.logId().equals(logId) || snapshot.layout() != IndexKeys.LAYOUT) {
                LOG.warn(
                        "The snapshot {} is of log {} in layout {}, and of no use",
                        key,
                        snapshot.logId(),
                        snapshot.layout());
                return Optional.empty();
            }
            if (snapshot.sequence() > upToSequence) {
                return Optional.empty();
            }
            Files.createDirectories(emptyWorkplace());
            String parts = key.substring(0, key.lastIndexOf('/')) + "/parts/";
            for (IndexSnapshot.Part part : snapshot.parts()) {
                Path file = workplace.resolve(part.name());
                store.get(parts + part.sha256(), file);
                if (!PartHashes.sha256(file).equals(part.sha256())) {
                    LOG.warn(
                            "The snapshot {} is damaged: {} does not have the hash {}",
                            key,
                            part.name(),
                            part.sha256());
                    return Optional.empty();
                }
            }
            return Optional.of(snapshot);
        } catch (IOException | UncheckedIOException | JacksonException | IllegalArgumentException e) {
            LOG.warn("The snapshot {} cannot be used", key, e);
            return Optional.empty();
        }
    }

    private IndexSnapshot read(String key) throws IOException {
        Path file = Files.createTempFile("index-snapshot", MANIFEST);
        try {
            store.get(key, file);
            return StreamSettings.JSON.readValue(Files.readAllBytes(file), IndexSnapshot.class);
        } finally {
            Files.delete(file);
        }
    }

    private static String prefix(String logId) {
        return "index/" + logId + "/";
    }

    private static List<String> newestFirst(Collection<String> keys) {
        return keys.stream()
                .filter(key -> key.endsWith(MANIFEST))
                .sorted(Comparator.comparingLong(IndexSnapshots::position).reversed())
                .toList();
    }

    private static long position(String key) {
        String number = key.substring(key.lastIndexOf('/') + 1, key.length() - MANIFEST.length());
        return number.matches("[0-9]{20}") ? Long.parseLong(number) : -1;
    }
}
