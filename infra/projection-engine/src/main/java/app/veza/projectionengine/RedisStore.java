package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A projection in Redis. Its keys and its position share a hash tag and change in one script; a Redis that lost its data
 * shows so by a missing position, one that lost the newest of it by an older one.
 */
final class RedisStore implements ProjectionStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
    private static final int HELD = 2;
    private static final int CHANGED = 3;
    /** Between two looks for what would be lost, which read all letters. */
    private static final Duration LOSS_LOOK = Duration.ofSeconds(5);

    static final Duration HELD_AT_MOST = Duration.ofSeconds(2);
    private static final Duration HELD_PAUSE = Duration.ofMillis(2);

    private final RedisProjection projection;
    private final RedisConnection redis;
    private final ProjectionEngineConfig config;
    private final @Nullable Edition pinned;
    private final boolean despiteDeadLetters;
    private final boolean expiring;
    private final RedisServed served;
    private Edition edition;
    private RedisKeys keys;
    private RedisLetters letters;
    private String lettersRevision = "0";
    private @Nullable String switchHeldUp;
    private long lossSeenAt = System.nanoTime() - LOSS_LOOK.toNanos();
    private long parked;
    private Set<Long> givenUp = Set.of();
    private long carefulFrom;
    private long carefulTo;

    /** Of the live runner: whatever edition of the projection's version is served. */
    RedisStore(RedisProjection projection, RedisClient client, ProjectionEngineConfig config) {
        this(projection, client, config, null, false, true);
    }

    /**
     * @param pinned the edition that a job fills; it is served even where a higher version is, for a person wants that
     * @param despiteDeadLetters readers are led to it whatever they {@link Loss lose} by it
     * @param expiring keys go when their time is over
     */
    RedisStore(
            RedisProjection projection,
            RedisClient client,
            ProjectionEngineConfig config,
            @Nullable Edition pinned,
            boolean despiteDeadLetters,
            boolean expiring) {
        this.despiteDeadLetters = despiteDeadLetters;
        this.expiring = expiring;
        this.projection = projection;
        this.config = config;
        this.pinned = pinned;
        this.edition = pinned == null ? Edition.first(projection) : pinned;
        this.redis = new RedisConnection(client);
        this.keys = edition.keys(config.redisKeyPrefix());
        this.letters = new RedisLetters(projection, edition, keys, redis);
        this.served = new RedisServed(projection, redis, config.redisKeyPrefix(), pinned != null);
    }

    @Override
    public String target() {
        return "redis";
    }

    @Override
    public int batchLimit() {
        return config.redisBatch();
    }

    @Override
    public Checkpoint open(String logId) {
        Map<String, String> at;
        do {
            edition = current();
            bind();
            at = commands().hgetall(keys.position());
            // what is retired was led away from before: then another edition is served
        } while (!sound(at) && !current().equals(edition));
        if (pinned == null && unserved()) {
            // before there is anything of it: what nobody fills any more is found here
            commands().sadd(RedisKeys.begun(config.redisKeyPrefix(), projection.name()), keys.edition());
        }
        if (!sound(at)) {
            if (pinned != null && at.containsKey("retired")) {
                throw new DefinitionException("Projection " + projection.name() + ", " + pinned.spoken()
                        + ", was superseded: another edition is served");
            }
            if (pinned != null && at.isEmpty()) {
                // to make it again would leave it behind: whoever took it away knew that it is not needed
                throw new DefinitionException("Projection " + projection.name() + ", " + pinned.spoken()
                        + ", is gone: it was dropped, or Redis lost its data");
            }
            LOG.info(
                    "Projection {} in Redis {}: it is emptied and filled again",
                    projection.name(),
                    at.containsKey("broken") ? "is broken (" + at.get("broken") + ")" : "has no position");
            keyspace().empty(at.getOrDefault("log", ""), at.getOrDefault("position", ""), logId);
        }
        if (!edition.scratch() && served.edition().isEmpty()) {
            serve();
        }
        remember();
        return peek(logId);
    }

    private void bind() {
        keys = edition.keys(config.redisKeyPrefix());
        letters = new RedisLetters(projection, edition, keys, redis);
    }

    private Edition current() {
        return pinned != null
                ? pinned
                : served.edition()
                        .filter(one -> one.version() == projection.version())
                        .orElseGet(() -> Edition.first(projection));
    }

    @Override
    public Checkpoint peek(String logId) {
        Map<String, String> at = commands().hgetall(keys.position());
        return sound(at)
                ? new Checkpoint(at.get("log"), Long.parseLong(at.get("position")), at.get("chain"))
                : Checkpoint.start(logId);
    }

    static boolean sound(Map<String, String> at) {
        return at.containsKey("chain") && !at.containsKey("broken") && !at.containsKey("retired");
    }

    @Override
    public Applied apply(Checkpoint expected, Work work, Checkpoint next, Pace pace) {
        long deadline = System.nanoTime() + HELD_AT_MOST.toNanos();
        while (true) {
            Work.Split split = split(work);
            if (!split.letters().isEmpty()) {
                // given up meanwhile, maybe
                givenUp = letters.givenUp(expected.logId());
                split = split(work);
            }
            long reply = redis.run(RedisScripts.APPLY, letters.keys(), arguments(expected, split, next));
            if (reply == CHANGED) {
                remember();
            } else if (reply != HELD) {
                if (reply == 1 && !split.letters().isEmpty()) {
                    remember();
                }
                return reply == 1 ? new Applied(true, split.applied().size(), parked) : Applied.NOTHING;
            } else if (System.nanoTime() - deadline > 0) {
                return Applied.NOTHING;
            } else {
                LockSupport.parkNanos(HELD_PAUSE.toNanos());
            }
        }
    }

    private Work.Split split(Work work) {
        return work.split(projection, parked == 0 ? Set.of() : letters.parkedAmong(work.keys(projection)), givenUp);
    }

    private List<String> arguments(Checkpoint expected, Work.Split split, Checkpoint next) {
        RedisBatch batch = new RedisBatch(keys, expiring);
        if (!split.applied().isEmpty()) {
            projection.apply(batch, split.applied());
        }
        boolean careful = expected.position() < carefulTo && next.position() > carefulFrom;
        List<String> arguments = new ArrayList<>(batch.arguments().size() + 7);
        arguments.add(expected.logId());
        arguments.add(Long.toString(expected.position()));
        arguments.add(Long.toString(next.position()));
        arguments.add(next.chain());
        arguments.add(lettersRevision);
        arguments.add(careful ? "1" : "0");
        arguments.addAll(letters.arguments(split.letters()));
        arguments.addAll(batch.arguments());
        return arguments;
    }

    /** What scripts compare, so that it need not be asked before each of them. */
    private void remember() {
        Map<String, String> at = commands().hgetall(keys.position());
        lettersRevision = at.getOrDefault("letters", "0");
        carefulFrom = Long.parseLong(at.getOrDefault("careful_from", "0"));
        carefulTo = Long.parseLong(at.getOrDefault("careful_to", "0"));
        parked = letters.count();
        givenUp = letters.givenUp(at.getOrDefault("log", ""));
    }

    @Override
    public long deadLetters() {
        return letters.count();
    }

    @Override
    public void reset(Checkpoint observed, String logId) {
        keyspace().empty(observed.logId(), Long.toString(observed.position()), logId);
    }

    private RedisKeyspace keyspace() {
        return new RedisKeyspace(redis, keys);
    }

    @Override
    public Edition edition() {
        return edition;
    }

    @Override
    public boolean outdated() {
        return pinned == null
                && served.edition()
                        .filter(one -> one.version() > projection.version())
                        .isPresent()
                && !sound(commands()
                        .hgetall(Edition.first(projection)
                                .keys(config.redisKeyPrefix())
                                .position()));
    }

    @Override
    public Optional<ServedAt> servedAt() {
        return served.edition().map(one -> {
            String at = commands().hget(one.keys(config.redisKeyPrefix()).position(), "position");
            return new ServedAt(one, at == null ? 0 : Long.parseLong(at));
        });
    }

    @Override
    public boolean unserved() {
        return !edition.scratch() && !served.edition().equals(Optional.of(edition));
    }

    /** Its readers find everything by its key. */
    @Override
    public boolean isPrepared() {
        return true;
    }

    @Override
    public void prepare() {
        // it is
    }

    @Override
    public boolean serve() {
        if (pinned == null
                && config.switching() == Switching.WHEN_ASKED
                && served.edition()
                        .filter(one -> one.version() < projection.version())
                        .isPresent()) {
            switchHeldUp = ProjectionStore.waitsToBeAskedFor(projection);
            return false;
        }
        if (System.nanoTime() - lossSeenAt < LOSS_LOOK.toNanos()) {
            return false;
        }
        Optional<Loss> loss =
                despiteDeadLetters ? Optional.empty() : served.edition().flatMap(this::loss);
        switchHeldUp = loss.map(one -> one.heldUp(edition)).orElse(null);
        if (loss.isPresent()) {
            lossSeenAt = System.nanoTime();
            return false;
        }
        return served.serve(edition);
    }

    private Optional<Loss> loss(Edition from) {
        RedisKeys theirs = from.keys(config.redisKeyPrefix());
        Map<String, String> at = commands().hgetall(theirs.position());
        return sound(at) && at.get("log").equals(commands().hget(keys.position(), "log")) && !from.equals(edition)
                ? letters.loss(new RedisLetters(projection, from, theirs, redis), at)
                : Optional.empty();
    }

    @Override
    public @Nullable String switchHeldUp() {
        return switchHeldUp;
    }

    @Override
    public void close() {
        redis.close();
    }

    private RedisCommands<String, String> commands() {
        return redis.sync();
    }
}
