package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionStore.Pace;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies batches of one projection, each in one transaction with the position behind its last event. Used by one thread. */
final class SqlBatches {
    static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Logger LOG = LoggerFactory.getLogger(SqlBatches.class);

    private final SqlProjection projection;
    private final Duration usual;
    private final SilentHolder holder;

    /** Of each statement of the next batch. */
    private Duration patience;

    SqlBatches(SqlProjection projection, ProjectionEngineConfig config) {
        this.projection = projection;
        this.usual = config.statementTimeout();
        this.holder = new SilentHolder(config.idleTimeout());
        this.patience = usual;
    }

    /** @param from where the position is expected to be */
    record Move(Checkpoint from, Work work, Checkpoint to) {}

    Applied apply(SqlTransactions transactions, SqlLetters letters, Move move, Pace pace) {
        Edition edition = transactions.edition();
        try {
            Applied applied = transactions.run(
                    pace,
                    tx -> patience.equals(usual)
                            ? apply(tx, edition, letters, move)
                            : LongStatements.run(tx, patience, () -> apply(tx, edition, letters, move)));
            patience = usual;
            return applied;
        } catch (DataAccessException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.sqlState())) {
                holder.lookAt(transactions.database(), edition);
            } else if (Failures.isTimeout(e) && move.work().handled().size() == 1) {
                // it cannot be halved: as the erasure of one who said a million things
                patience = LongStatements.longer(patience);
                LOG.info(
                        "Projection {} gives each statement of the event at position {} {} s",
                        projection.name(),
                        move.work().first(),
                        patience.toSeconds());
            }
            throw e;
        }
    }

    private Applied apply(DSLContext tx, Edition edition, SqlLetters letters, Move move) {
        Checkpoint expected = move.from();
        Checkpoint next = move.to();
        // first, for it is the fence: a second runner waits here for the first, and then finds 0 rows
        Record moved = tx.fetchOne(
                """
                update projection.position set position = ?, chain_hash = ?, updated_at = now()
                where name = ? and version = ? and generation = ? and log_id = ? and position = ?
                returning dead_letters, exists (select from projection.given_up g
                    where g.name = ? and g.version = ? and g.log_id = ? and g.position > ? and g.position <= ?)
                """,
                next.position(),
                HexFormat.of().parseHex(next.chain()),
                edition.name(),
                edition.version(),
                edition.generation(),
                expected.logId(),
                expected.position(),
                projection.name(),
                projection.version(),
                expected.logId(),
                expected.position(),
                next.position());
        if (moved == null) {
            return Applied.NOTHING;
        }
        long parked = moved.get(0, Long.class);
        Work.Split split = move.work()
                .split(
                        projection,
                        parked == 0
                                ? Set.of()
                                : letters.parkedAmong(tx, move.work().keys(projection)),
                        Boolean.TRUE.equals(moved.get(1)) ? letters.givenUp(tx, expected, next) : Set.of());
        if (!split.applied().isEmpty()) {
            projection.apply(tx, split.applied());
        }
        letters.park(tx, split.letters());
        return new Applied(
                true, split.applied().size(), parked + split.letters().size());
    }
}
