package app.veza.server.node;

import static java.util.function.Predicate.not;

import app.veza.command.Ids;
import app.veza.command.chat.AttachmentStore;
import app.veza.eventstore.EventLog;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import app.veza.stores.ReadPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws away files that no message bears: those that no message ever named, once none may name them any more, and those whose messages
 * were deleted; and what was uploaded of those that messages bear, for they have copies. Whatever it does can be done again, by any node.
 */
public final class UploadCleaning implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UploadCleaning.class);

    private static final Duration EVERY = Duration.ofHours(1);

    /** A message that named a file in the last moment is in the read model by then. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_A_TIME = 500;

    private final ObjectStore bucket;
    private final ReadPositions positions;
    private final EventLog events;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upload-cleaning").daemon().factory());

    UploadCleaning(ObjectStore bucket, ReadPositions positions, EventLog events) {
        this.bucket = bucket;
        this.positions = positions;
        this.events = events;
    }

    void start() {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        clean(Instant.now());
                    } catch (RuntimeException failure) {
                        log.warn("Files that nothing refers to could not be looked for; trying again", failure);
                    }
                },
                EVERY.toSeconds(),
                EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    /** How many were thrown away; none while the read model is behind the log. */
    public int clean(Instant now) {
        if (!(positions.await(Set.of("chat"), events.head(), PATIENCE) instanceof ReadPositions.Reached reached)) {
            return 0;
        }
        int cleaned = throwAwayUploads(now) + throwAwayUnborne(now, reached.pool());
        if (cleaned > 0) {
            log.info("{} files that no message bears, or bears a copy of, were thrown away", cleaned);
        }
        return cleaned;
    }

    private int throwAwayUploads(Instant now) {
        return old(BucketAttachments.UPLOADS, now)
                .mapToInt(file -> {
                    bucket.delete(BucketAttachments.uploadKey(file));
                    return 1;
                })
                .sum();
    }

    private int throwAwayUnborne(Instant now, PostgresPool pool) {
        return old(BucketAttachments.PREFIX, now)
                .gather(Gatherers.windowFixed(AT_A_TIME))
                .mapToInt(files -> {
                    Set<UUID> borne = pool.read(sql -> borne(sql, files));
                    List<UUID> useless =
                            files.stream().filter(not(borne::contains)).toList();
                    useless.forEach(file -> bucket.delete(BucketAttachments.key(file)));
                    return useless.size();
                })
                .sum();
    }

    /** Of the keys with a prefix the ids of files that no message may name any more. */
    private Stream<UUID> old(String prefix, Instant now) {
        return bucket.keys(prefix)
                .map(key -> UUID.fromString(key.substring(prefix.length())))
                .filter(file -> isOld(file, now));
    }

    private static boolean isOld(UUID file, Instant now) {
        return Ids.timeOf(file).plus(AttachmentStore.CLAIM_LIFE).plus(MARGIN).isBefore(now);
    }

    private static Set<UUID> borne(DSLContext sql, List<UUID> files) {
        return new HashSet<>(sql.fetch(
                        "select distinct attachment_id from view.attachment_uses where attachment_id = any(?)",
                        (Object) files.toArray(UUID[]::new))
                .getValues(0, UUID.class));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
