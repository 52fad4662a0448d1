package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionStore.Pace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters of a projection in its database. Everything that writes holds the row of the position, so the runner, which
 * moves it, never sees a key half-way; and nobody needs to remember which keys are parked.
 */
final class SqlLetters implements LetterStore {
    private final SqlProjection projection;
    private final SqlTransactions transactions;
    private final Edition edition;

    SqlLetters(SqlProjection projection, SqlTransactions transactions) {
        this.projection = projection;
        this.transactions = transactions;
        this.edition = transactions.edition();
    }

    /**
     * Of the edition that is live now.
     *
     * @throws DeadLetters.Unavailable when the database holds no projection yet
     */
    static SqlLetters live(SqlProjection projection, DataSource source, ProjectionEngineConfig config) {
        SqlTransactions first = new SqlTransactions(Edition.first(projection), projection.name(), source, config);
        if (!SqlCatalog.exists(first.database())) {
            throw new DeadLetters.Unavailable(new IllegalStateException("its database holds no projection yet"));
        }
        return SqlSchema.served(first.database(), projection.name())
                .filter(served -> served.version() == projection.version())
                .map(served -> new SqlTransactions(served, projection.name(), source, config))
                .map(transactions -> new SqlLetters(projection, transactions))
                .orElseGet(() -> new SqlLetters(projection, first));
    }

    /** Those of the keys that have letters. In the transaction that has moved the position. */
    Set<String> parkedAmong(DSLContext tx, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return tx.fetch("""
                        select k from unnest(?::text[]) k where exists (
                            select from projection.dead_letter where name = ? and version = ? and generation = ? and sequence_key = k)
                        """, keys.toArray(String[]::new), edition.name(), edition.version(), edition.generation())
                .intoSet(0, String.class);
    }

    /** Those between two positions of the log, whatever edition they were given up in. */
    Set<Long> givenUp(DSLContext tx, Checkpoint after, Checkpoint upTo) {
        return tx.fetch("""
                        select position from projection.given_up
                        where name = ? and version = ? and log_id = ? and position > ? and position <= ?
                        """, projection.name(), projection.version(), after.logId(), after.position(), upTo.position())
                .intoSet(0, Long.class);
    }

    private void giveUp(DSLContext tx, Long[] positions) {
        tx.execute("""
                insert into projection.given_up (name, version, log_id, position)
                select p.name, p.version, p.log_id, given_up from projection.position p, unnest(?::bigint[]) given_up
                where p.name = ? and p.version = ? and p.generation = ?
                on conflict do nothing
                """, positions, edition.name(), edition.version(), edition.generation());
    }

    /** In the transaction that has moved the position. */
    void park(DSLContext tx, List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        tx.execute(
                """
                insert into projection.dead_letter
                    (name, version, generation, position, sequence_key, event_type, error, attempts, parked_at, tried_at)
                select ?, ?, ?, position, key, type, error, case when error is null then 0 else 1 end, now(),
                    case when error is null then null else now() end
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) as letter (position, key, type, error)
                """,
                edition.name(),
                edition.version(),
                edition.generation(),
                letters.stream().map(letter -> letter.event().position()).toArray(Long[]::new),
                letters.stream().map(Letter::key).toArray(String[]::new),
                letters.stream().map(letter -> letter.event().type()).toArray(String[]::new),
                letters.stream().map(Letter::error).toArray(String[]::new));
        count(tx, letters.size());
    }

    private void count(DSLContext tx, int difference) {
        tx.execute(
                "update projection.position set dead_letters = dead_letters + ? where name = ? and version = ? and generation = ?",
                difference,
                edition.name(),
                edition.version(),
                edition.generation());
    }

    @Override
    public long count() {
        Record row = transactions
                .database()
                .fetchOne(
                        "select dead_letters from projection.position where name = ? and version = ? and generation = ?",
                        edition.name(),
                        edition.version(),
                        edition.generation());
        return row == null ? 0 : row.get(0, Long.class);
    }

    @Override
    public List<DeadLetter> page(@Nullable String key, long after, long upTo, int limit) {
        // two statements: with one for both the planner may take the index of the other
        String ofKey = key == null ? "" : "and sequence_key = ?";
        List<Object> bindings =
                new ArrayList<>(List.of(edition.name(), edition.version(), edition.generation(), after, upTo));
        if (key != null) {
            bindings.add(key);
        }
        bindings.add(limit);
        return transactions
                .database()
                .fetch("""
                        select position, sequence_key, event_type, error, attempts, parked_at, tried_at
                        from projection.dead_letter
                        where name = ? and version = ? and generation = ? and position > ? and position <= ? %s order by position limit ?
                        """.formatted(ofKey), bindings.toArray())
                .map(this::letter);
    }

    private DeadLetter letter(Record row) {
        return new DeadLetter(
                edition.name(),
                edition.version(),
                row.get(0, Long.class),
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, String.class),
                row.get(4, Integer.class),
                row.get(5, OffsetDateTime.class).toInstant(),
                instant(row.get(6, OffsetDateTime.class)));
    }

    /** In the transaction that leads readers from that edition to this one, and has its position locked. */
    Optional<Loss> loss(DSLContext tx, Edition served) {
        return tx.fetchOptional(
                        """
                        select l.position, l.sequence_key, l.event_type, l.error, l.attempts, l.parked_at, l.tried_at, count(*) over ()
                        from projection.dead_letter l
                        join projection.position p on (p.name, p.version, p.generation) = (l.name, l.version, l.generation)
                        join projection.position s on s.log_id = p.log_id and s.position >= l.position
                        where (l.name, l.version, l.generation) = (?, ?, ?) and (s.name, s.version, s.generation) = (?, ?, ?)
                            and not exists (select from projection.dead_letter o
                                where (o.name, o.version, o.generation, o.position) = (s.name, s.version, s.generation, l.position))
                            and not exists (select from projection.given_up g
                                where (g.name, g.version, g.log_id, g.position) = (s.name, s.version, s.log_id, l.position))
                        order by l.position limit 1
                        """,
                        edition.name(),
                        edition.version(),
                        edition.generation(),
                        served.name(),
                        served.version(),
                        served.generation())
                .map(row -> new Loss(row.get(7, Long.class), letter(row)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    @Override
    public boolean replay(String logId, List<DeadLetter> letters, List<Recorded<?>> events) {
        return fenced(tx -> {
            Long[] positions = letters.stream().map(DeadLetter::position).toArray(Long[]::new);
            int removed = remove(tx, positions);
            if (removed != letters.size() || !isOf(logId, tx) || earlier(tx, letters)) {
                throw new Overtaken();
            }
            projection.apply(tx, events);
            return true;
        });
    }

    /** The letters were retried or dropped by someone else meanwhile, or the read model began anew. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("The dead letters changed", null, false, false);
        }
    }

    private boolean isOf(String logId, DSLContext tx) {
        return logId.equals(tx.fetchValue(
                "select log_id from projection.position where name = ? and version = ? and generation = ?",
                edition.name(),
                edition.version(),
                edition.generation()));
    }

    /** One look a key: rows that were just deleted are stepped over each time, and there may be many. */
    private boolean earlier(DSLContext tx, List<DeadLetter> letters) {
        Map<String, Long> lastByKey = new LinkedHashMap<>();
        letters.forEach(letter -> lastByKey.put(letter.sequenceKey(), letter.position()));
        return Boolean.TRUE.equals(tx.fetchValue(
                """
                select exists (
                    select from unnest(?::text[], ?::bigint[]) as taken (key, at)
                    where exists (select from projection.dead_letter
                        where name = ? and version = ? and generation = ? and sequence_key = key and position < at))
                """,
                lastByKey.keySet().toArray(String[]::new),
                lastByKey.values().toArray(Long[]::new),
                edition.name(),
                edition.version(),
                edition.generation()));
    }

    private int remove(DSLContext tx, Long[] positions) {
        int removed = tx.execute(
                "delete from projection.dead_letter where name = ? and version = ? and generation = ? and position = any(?::bigint[])",
                edition.name(),
                edition.version(),
                edition.generation(),
                positions);
        count(tx, -removed);
        return removed;
    }

    @Override
    public void failedAgain(DeadLetter letter, String error) {
        fenced(tx ->
                tx.execute("""
                        update projection.dead_letter set error = ?, attempts = attempts + 1, tried_at = now()
                        where name = ? and version = ? and generation = ? and position = ?
                        """, error, edition.name(), edition.version(), edition.generation(), letter.position()) > 0);
    }

    @Override
    public List<Long> drop(String key, int most) {
        List<Long> dropped = new ArrayList<>();
        fenced(tx -> {
            dropped.addAll(page(tx, key, most));
            Long[] positions = dropped.toArray(Long[]::new);
            giveUp(tx, positions);
            return remove(tx, positions) > 0;
        });
        return dropped;
    }

    private List<Long> page(DSLContext tx, String key, int most) {
        return tx.fetch("""
                        select position from projection.dead_letter
                        where name = ? and version = ? and generation = ? and sequence_key = ? order by position limit ?
                        """, edition.name(), edition.version(), edition.generation(), key, most)
                .getValues(0, Long.class);
    }

    /** While the runner waits. @return false also when {@code work} was overtaken, and then nothing happened */
    private boolean fenced(Function<DSLContext, Boolean> work) {
        try {
            return transactions.run(Pace.LIVE, tx -> {
                tx.execute(
                        "select from projection.position where name = ? and version = ? and generation = ? for update",
                        edition.name(),
                        edition.version(),
                        edition.generation());
                return work.apply(tx);
            });
        } catch (Overtaken e) {
            return false;
        }
    }
}
