package app.veza.eventstore.personal;

import app.veza.eventstore.json.UnreadablePayloadException;
import app.veza.eventstore.personal.KeyTable.WrappedKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of data subjects: 256 bits each, in versions of which the newest encrypts and all decrypt. Kept in memory, bounded in number
 * and in time; that somebody was erased is kept like a key is. Thread-safe.
 */
public final class SubjectKeys {

    /** Some 500 bytes each. */
    private static final long REMEMBERED = 200_000;

    /** The bound after which an erasure counts here even if nobody told this node. */
    static final Duration FOR = Duration.ofMinutes(10);

    private static final int KEY_BYTES = 32;
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Logger log = LoggerFactory.getLogger(SubjectKeys.class);

    private final KeyTable table;
    private final MasterKeys masterKeys;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Subject> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();
    private final AtomicLong forgotten = new AtomicLong();
    /** Erased, and perhaps not yet in the table. */
    private final Set<String> condemned = ConcurrentHashMap.newKeySet();

    /** What is known of a subject. */
    private sealed interface Subject {
        record Held(NavigableMap<Integer, SecretKey> keys) implements Subject {}

        record Erased() implements Subject {}
    }

    /** A key that encrypts. */
    record Current(int version, SecretKey key) {}

    SubjectKeys(KeyTable table, MasterKeys masterKeys) {
        this.table = table;
        this.masterKeys = masterKeys;
    }

    /**
     * Creates the tables if need be.
     *
     * @param database must acknowledge a commit only when it will survive: production runs it with a synchronous standby
     * @throws KeysUnavailableException when it does not answer
     * @throws IllegalStateException when it holds keys that no known master key wrapped
     */
    public static SubjectKeys open(DataSource database, MasterKeys masterKeys) {
        KeyTable table = new KeyTable(database);
        for (String id : table.countByMasterKey().keySet()) {
            if (masterKeys.byId(id).isEmpty()) {
                throw new IllegalStateException(unknownMasterKey(id).getMessage());
            }
        }
        return new SubjectKeys(table, masterKeys);
    }

    KeyTable table() {
        return table;
    }

    /**
     * The key to encrypt with, made when there is none; it is durable before this returns.
     *
     * @throws SubjectErasedException when there must be none
     * @throws KeysUnavailableException when it cannot be had now
     */
    Current current(String subject) {
        Subject found = find(subject);
        if (found == null) {
            table.addFirst(generated(subject, versionNow()));
            // Read back: another node may have been faster, or the subject may be erased
            found = load(subject);
        }
        return switch (found) {
            case Subject.Held held ->
                new Current(held.keys().lastKey(), held.keys().lastEntry().getValue());
            case Subject.Erased erased -> throw new SubjectErasedException(subject);
            case null ->
                throw new KeysUnavailableException("The new key of subject " + subject + " is not there", null);
        };
    }

    /**
     * The key of a version; empty when the subject was erased.
     *
     * @throws UnreadablePayloadException when it is lost, though nobody erased the subject
     * @throws KeysUnavailableException when it cannot be had now
     */
    Optional<SecretKey> version(String subject, int version) {
        Subject found = find(subject);
        if (found instanceof Subject.Held held && !held.keys().containsKey(version)) {
            // Made on another node since
            found = load(subject);
        }
        if (found instanceof Subject.Erased) {
            return Optional.empty();
        }
        SecretKey key = found instanceof Subject.Held held ? held.keys().get(version) : null;
        if (key == null) {
            throw new UnreadablePayloadException(
                    ("Version %d of the key of subject %s is lost, and the subject was not erased:"
                                    + " restore the table personal.subject_key of the time of this log")
                            .formatted(version, subject),
                    null);
        }
        return Optional.of(key);
    }

    /** Loads what is missing of these in one query. A failure is not told: who needs a key meets it. */
    void prefetch(Collection<String> subjects) {
        List<String> missing = subjects.stream()
                .filter(subject -> known.getIfPresent(subject) == null)
                .distinct()
                .toList();
        if (missing.size() < 2) {
            return;
        }
        try {
            loadAll(missing);
        } catch (KeysUnavailableException | UnreadablePayloadException e) {
            log.debug("The keys of {} subjects could not be loaded ahead", missing.size(), e);
        }
    }

    /**
     * Makes a further version, which encrypts from now on; nodes that run take it up within {@link #FOR}.
     *
     * @throws IllegalArgumentException when the subject has no key
     */
    int rotate(String subject) {
        Subject found = load(subject);
        if (found == null) {
            throw new IllegalArgumentException("Subject " + subject + " has no key");
        }
        int next = Math.max(
                versionNow(), found instanceof Subject.Held held ? held.keys().lastKey() + 1 : 1);
        table.add(generated(subject, next));
        forget(subject);
        return current(subject).version();
    }

    /**
     * Seconds since 2020: a key that is made because the table has lost one, as a database does that was restored from an older dump, must
     * not bear its number. Both are good then, once the lost one is brought back.
     */
    private static int versionNow() {
        return Math.toIntExact(Duration.between(BEGIN, Instant.now()).toSeconds());
    }

    /** The subject counts as erased on this node from now on, whether or not the table can be reached. */
    void condemn(String subject) {
        condemned.add(subject);
        forget(subject);
    }

    /**
     * Destroys the keys of a subject, for ever.
     *
     * @param position of the erasure in the log; null when it is not known
     * @throws KeysUnavailableException when it cannot be done now
     */
    void bury(String subject, @Nullable Long position) {
        table.erase(subject, position);
        forget(subject);
        condemned.remove(subject);
    }

    /** Nothing that was loaded before is used after this. */
    void forget(String subject) {
        forgotten.incrementAndGet();
        known.invalidate(subject);
    }

    private @Nullable Subject find(String subject) {
        if (condemned.contains(subject)) {
            return new Subject.Erased();
        }
        Subject found = known.getIfPresent(subject);
        return found == null ? load(subject) : found;
    }

    private @Nullable Subject load(String subject) {
        return loadAll(List.of(subject)).get(subject);
    }

    private Map<String, Subject> loadAll(List<String> subjects) {
        long before = forgotten.get();
        KeyTable.Loaded loaded = table.load(subjects);
        Map<String, Subject> found = new HashMap<>();
        loaded.erased().forEach(subject -> found.put(subject, new Subject.Erased()));
        loaded.keys().forEach((subject, keys) -> found.put(subject, unwrapped(keys)));
        known.putAll(found);
        if (forgotten.get() != before) {
            // It may have been read just before somebody was erased
            known.invalidateAll(found.keySet());
        }
        return found;
    }

    private Subject.Held unwrapped(List<WrappedKey> wrapped) {
        NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
        wrapped.forEach(key -> keys.put(key.version(), AesGcm.key(unwrap(key))));
        return new Subject.Held(keys);
    }

    private byte[] unwrap(WrappedKey key) {
        MasterKey masterKey = masterKeys.byId(key.masterKeyId()).orElseThrow(() -> unknownMasterKey(key.masterKeyId()));
        try {
            return masterKey.unwrap(key.bytes(), context(key.subject(), key.version()));
        } catch (IllegalArgumentException damaged) {
            throw new UnreadablePayloadException(
                    "Version %d of the key of subject %s is damaged".formatted(key.version(), key.subject()), damaged);
        }
    }

    private WrappedKey generated(String subject, int version) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return wrap(subject, version, key, masterKeys.current());
    }

    /** The same key under another master key. */
    WrappedKey rewrapped(WrappedKey key, MasterKey by) {
        return wrap(key.subject(), key.version(), unwrap(key), by);
    }

    private static WrappedKey wrap(String subject, int version, byte[] key, MasterKey by) {
        return new WrappedKey(subject, version, by.wrap(key, context(subject, version)), by.id());
    }

    /** A wrapped key is good for its own subject and version only, wherever in the table it is put. */
    private static byte[] context(String subject, int version) {
        return ("subject-key\0" + subject + "\0" + version).getBytes(StandardCharsets.UTF_8);
    }

    private static KeysUnavailableException unknownMasterKey(String id) {
        return new KeysUnavailableException(
                "Keys of personal data are wrapped by master key %s, which is not among those given: add it to them"
                        .formatted(id),
                null);
    }
}
