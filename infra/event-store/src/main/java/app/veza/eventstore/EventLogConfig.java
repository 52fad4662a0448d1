package app.veza.eventstore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How one node opens one log.
 *
 * @param natsUrl with the user and password of the account that alone may publish below the prefix
 * @param streamName of the JetStream stream; created when missing and no log is known to have stood there
 * @param subjectPrefix of the log's subjects, without a trailing dot; must not overlap another stream's
 * @param durability stated, see there
 * @param replicas 1, 3 or 5
 * @param indexDirectory this node's local index; may be deleted while the node is down
 * @param indexMaxOpenFiles bound of RocksDB's open files
 * @param indexCacheBytes bound of the index's memory outside the heap: blocks of its files with their indexes and filters and, charged
 *     to the same account, at most half of it for what is not yet written to files; a quarter as much in the heap besides, and a quarter
 *     at most, and one append, for each of: appends handed in, handed to the node that sequences, in flight or kept for conditions, and
 *     waiting for being indexed
 * @param maxQueued appends handed in and not yet published; beyond, be it by their bytes, appends fail as unavailable
 * @param maxInFlight appends published and not yet acknowledged
 * @param maxAppendBytes of one append, headers and payload; the server's {@code max_payload} binds besides, less what an append takes
 *     with its condition on its way from node to node, mostly some hundred bytes
 * @param maxAppendEvents of one append
 * @param appendTimeout after it an append that is not settled fails: unknown if it was published, else unavailable
 * @param tailCheck how often a node looks for appends of other nodes, and whether the log is still the same
 */
public record EventLogConfig(
        String natsUrl,
        String streamName,
        String subjectPrefix,
        Durability durability,
        int replicas,
        Path indexDirectory,
        int indexMaxOpenFiles,
        long indexCacheBytes,
        int maxQueued,
        int maxInFlight,
        int maxAppendBytes,
        int maxAppendEvents,
        Duration appendTimeout,
        Duration tailCheck) {
    private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SUBJECT_PREFIX = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    public EventLogConfig {
        Objects.requireNonNull(natsUrl, "natsUrl");
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(indexDirectory, "indexDirectory");
        require(STREAM_NAME.matcher(streamName).matches(), "streamName: letters, digits, _ and -, at most 64");
        require(SUBJECT_PREFIX.matcher(subjectPrefix).matches(), "subjectPrefix: tokens of letters, digits, _ and -");
        require(replicas == 1 || replicas == 3 || replicas == 5, "replicas: 1, 3 or 5");
        require(indexMaxOpenFiles >= 32, "indexMaxOpenFiles: at least 32");
        require(indexCacheBytes >= 1 << 20, "indexCacheBytes: at least 1 MiB");
        require(maxQueued >= 1, "maxQueued: at least 1");
        require(maxInFlight >= 1 && maxInFlight <= 4096, "maxInFlight: 1 to 4096");
        require(maxAppendBytes >= 1024, "maxAppendBytes: at least 1024");
        require(maxAppendEvents >= 1, "maxAppendEvents: at least 1");
        require(appendTimeout.isPositive(), "appendTimeout: positive");
        require(tailCheck.isPositive(), "tailCheck: positive");
    }

    /** Veza's own log: stream {@code VEZA_EVENTS}, subjects below {@code veza.events}. */
    public static EventLogConfig defaults(String natsUrl, Path indexDirectory) {
        return new EventLogConfig(
                natsUrl,
                "VEZA_EVENTS",
                "veza.events",
                Durability.PROCESS,
                1,
                indexDirectory,
                256,
                128L << 20,
                16_384,
                1024,
                1 << 20,
                4096,
                Duration.ofSeconds(5),
                Duration.ofMillis(100));
    }

    /** Another log on the same server: its subjects follow from its name, {@code MY_LOG} gives {@code my.log}. */
    public EventLogConfig withStream(String name) {
        return withStream(name, name.toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    public EventLogConfig withStream(String name, String prefix) {
        return new EventLogConfig(
                natsUrl,
                name,
                prefix,
                durability,
                replicas,
                indexDirectory,
                indexMaxOpenFiles,
                indexCacheBytes,
                maxQueued,
                maxInFlight,
                maxAppendBytes,
                maxAppendEvents,
                appendTimeout,
                tailCheck);
    }

    public EventLogConfig withDurability(Durability value, int replicas) {
        return new EventLogConfig(
                natsUrl,
                streamName,
                subjectPrefix,
                value,
                replicas,
                indexDirectory,
                indexMaxOpenFiles,
                indexCacheBytes,
                maxQueued,
                maxInFlight,
                maxAppendBytes,
                maxAppendEvents,
                appendTimeout,
                tailCheck);
    }

    public EventLogConfig withLimits(int maxQueued, int maxInFlight, Duration appendTimeout) {
        return new EventLogConfig(
                natsUrl,
                streamName,
                subjectPrefix,
                durability,
                replicas,
                indexDirectory,
                indexMaxOpenFiles,
                indexCacheBytes,
                maxQueued,
                maxInFlight,
                maxAppendBytes,
                maxAppendEvents,
                appendTimeout,
                tailCheck);
    }

    /** Bound of each queue of appends, beside their number: they may be of a MiB or of some bytes. */
    long queueBytes() {
        return indexCacheBytes / 4;
    }

    private static void require(boolean valid, String what) {
        if (!valid) {
            throw new IllegalArgumentException("event log configuration: " + what);
        }
    }

    /** Without the password in the URL. */
    @Override
    public String toString() {
        return "EventLogConfig[%s, %s.>, %s, R%d, index %s]"
                .formatted(streamName, subjectPrefix, durability, replicas, indexDirectory);
    }
}
