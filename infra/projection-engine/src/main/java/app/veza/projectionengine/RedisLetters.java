package app.veza.projectionengine;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dead letters of a projection in Redis, under its hash tag; they change in the scripts that change the read model. */
final class RedisLetters implements LetterStore {
    /** Between the parts of a letter's text: sequence key, type, attempts, when parked, when tried, error. */
    private static final String SEPARATOR = "\u001f";

    private static final int LOOKED_AT = 1_000;

    private final RedisProjection projection;
    private final Edition edition;
    private final RedisKeys keys;
    private final RedisConnection redis;

    RedisLetters(RedisProjection projection, Edition edition, RedisKeys keys, RedisConnection redis) {
        this.projection = projection;
        this.edition = edition;
        this.keys = keys;
        this.redis = redis;
    }

    /** Of the edition that is live now. */
    static RedisLetters live(RedisProjection projection, RedisConnection redis, String prefix) {
        Edition edition = RedisServed.edition(redis, prefix, projection.name())
                .filter(served -> served.version() == projection.version())
                .orElseGet(() -> Edition.first(projection));
        return new RedisLetters(projection, edition, edition.keys(prefix), redis);
    }

    /** For scripts: the position and those of the letters. */
    List<String> keys() {
        return List.of(keys.position(), keys.letters(), keys.letterTexts(), keys.letterKeys());
    }

    /** Number of letters, then for each its position, key and text. */
    List<String> arguments(List<Letter> letters) {
        List<String> arguments = new ArrayList<>(1 + 3 * letters.size());
        arguments.add(Integer.toString(letters.size()));
        String now = Instant.now().toString();
        for (Letter letter : letters) {
            arguments.add(Long.toString(letter.event().position()));
            arguments.add(letter.key());
            boolean tried = letter.error() != null;
            arguments.add(text(
                    letter.key(),
                    letter.event().type(),
                    tried ? 1 : 0,
                    now,
                    tried ? now : "",
                    tried ? letter.error() : ""));
        }
        return arguments;
    }

    private static String text(
            String key, String type, int attempts, String parkedAt, String triedAt, @Nullable String error) {
        return String.join(SEPARATOR, key, type, Integer.toString(attempts), parkedAt, triedAt, String.valueOf(error));
    }

    private @Nullable DeadLetter letter(KeyValue<String, String> text) {
        if (!text.hasValue()) {
            // settled between two looks
            return null;
        }
        String[] parts = text.getValue().split(SEPARATOR, 6);
        return new DeadLetter(
                edition.name(),
                edition.version(),
                Long.parseLong(text.getKey()),
                parts[0],
                parts[1],
                parts[5].isEmpty() ? null : parts[5],
                Integer.parseInt(parts[2]),
                Instant.parse(parts[3]),
                parts[4].isEmpty() ? null : Instant.parse(parts[4]));
    }

    Set<String> parkedAmong(Collection<String> wanted) {
        Set<String> parked = new LinkedHashSet<>();
        if (!wanted.isEmpty()) {
            redis.sync().hmget(keys.letterKeys(), wanted.toArray(String[]::new)).stream()
                    .filter(KeyValue::hasValue)
                    .forEach(count -> parked.add(count.getKey()));
        }
        return parked;
    }

    /**
     * All that were given up, for a log. Apart from the letters, since every edition asks: a script that moves one edition
     * must not read what is of another.
     */
    Set<Long> givenUp(String logId) {
        return redis.sync().zrange(givenUpKey(logId), 0, -1).stream()
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    private String givenUpKey(String logId) {
        return RedisKeys.givenUp(keys.prefix(), projection.name(), edition.version(), logId);
    }

    /** @param at where the edition is that readers see, and of which log */
    Optional<Loss> loss(RedisLetters served, Map<String, String> at) {
        long upTo = Long.parseLong(at.getOrDefault("position", "0"));
        Set<Long> without = new HashSet<>(served.givenUp(at.getOrDefault("log", "")));
        long lost = 0;
        DeadLetter first = null;
        List<DeadLetter> page = page(null, -1, upTo, LOOKED_AT);
        while (!page.isEmpty()) {
            List<Double> theirs = redis.sync().zmscore(served.keys.letters(), members(page));
            for (int i = 0; i < page.size(); i++) {
                if (theirs.get(i) == null && !without.contains(page.get(i).position())) {
                    first = first == null ? page.get(i) : first;
                    lost++;
                }
            }
            page = page(null, page.getLast().position(), upTo, LOOKED_AT);
        }
        return first == null ? Optional.empty() : Optional.of(new Loss(lost, first));
    }

    @Override
    public long count() {
        return redis.sync().zcard(keys.letters());
    }

    @Override
    public List<DeadLetter> page(@Nullable String key, long after, long upTo, int limit) {
        String from = key == null ? keys.letters() : keys.letters() + ":" + key;
        Range<Long> range = Range.from(Range.Boundary.excluding(after), Range.Boundary.including(upTo));
        List<String> positions = redis.sync().zrangebyscore(from, range, Limit.create(0, limit));
        List<DeadLetter> letters = new ArrayList<>(positions.size());
        if (!positions.isEmpty()) {
            redis.sync().hmget(keys.letterTexts(), positions.toArray(String[]::new)).stream()
                    .map(this::letter)
                    .filter(letter -> letter != null)
                    .forEach(letters::add);
        }
        return letters;
    }

    @Override
    public boolean replay(String logId, List<DeadLetter> letters, List<Recorded<?>> events) {
        RedisBatch batch = new RedisBatch(keys);
        projection.apply(batch, events);
        boolean settled = settle(logId, letters, batch.arguments());
        if (settled) {
            // a drop that was interrupted may have noted them
            redis.sync().zrem(givenUpKey(logId), members(letters));
        }
        return settled;
    }

    private boolean settle(String logId, List<DeadLetter> letters, List<String> operations) {
        List<String> arguments = new ArrayList<>();
        arguments.add(logId);
        arguments.add(Integer.toString(letters.size()));
        letters.forEach(letter -> {
            arguments.add(Long.toString(letter.position()));
            arguments.add(letter.sequenceKey());
        });
        arguments.addAll(operations);
        return redis.is(RedisScripts.SETTLE, keys(), arguments);
    }

    @Override
    public void failedAgain(DeadLetter letter, String error) {
        redis.run(
                RedisScripts.AMEND,
                keys(),
                List.of(
                        Long.toString(letter.position()),
                        text(
                                letter.sequenceKey(),
                                letter.eventType(),
                                letter.attempts() + 1,
                                letter.parkedAt().toString(),
                                Instant.now().toString(),
                                error)));
    }

    @Override
    public List<Long> drop(String key, int most) {
        List<DeadLetter> letters = page(key, -1, Long.MAX_VALUE, most);
        String logId = redis.sync().hget(keys.position(), "log");
        if (letters.isEmpty() || logId == null) {
            return List.of();
        }
        // before they are gone: interrupted in between, the drop is done again
        redis.sync()
                .zadd(
                        givenUpKey(logId),
                        letters.stream()
                                .flatMap(letter ->
                                        Stream.<Object>of((double) letter.position(), Long.toString(letter.position())))
                                .toArray());
        if (!settle(logId, letters, List.of())) {
            redis.sync().zrem(givenUpKey(logId), members(letters));
            return List.of();
        }
        return letters.stream().map(DeadLetter::position).toList();
    }

    private static String[] members(List<DeadLetter> letters) {
        return letters.stream().map(letter -> Long.toString(letter.position())).toArray(String[]::new);
    }
}
