package app.veza.projectionengine;

import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds the position of an edition and stands still in the midst of a statement: while PostgreSQL waits for the rest of a {@code
 * COPY}, or to be rid of an answer, neither {@code statement_timeout} nor {@code idle_in_transaction_session_timeout} nor {@code
 * transaction_timeout} counts, and the kernel of a process that is stopped keeps its connection alive. Used by one thread.
 */
final class SilentHolder {
    private static final Logger LOG = LoggerFactory.getLogger(SilentHolder.class);

    private final Duration atMost;
    private @Nullable Record seen;
    private long seenAt;

    /** @param atMost how long it may be silent */
    SilentHolder(Duration atMost) {
        this.atMost = atMost;
    }

    /** To be called each time that the position could not be had: ends the session of a holder that said nothing since an earlier call. */
    void lookAt(DSLContext database, Edition edition) {
        Record now = holder(database, edition).orElse(null);
        if (now == null || !now.equals(seen)) {
            seen = now;
            seenAt = System.nanoTime();
        } else if (System.nanoTime() - seenAt >= atMost.toNanos()) {
            LOG.warn(
                    "Process {} of the database holds the position of projection {}, and its client has stood still for {} s in the"
                            + " midst of a statement: its session is ended",
                    now.get("pid"),
                    edition.name(),
                    Duration.ofNanos(System.nanoTime() - seenAt).toSeconds());
            database.execute("select pg_terminate_backend(?)", now.get("pid"));
            seen = null;
        }
    }

    /** What was changed or locked but not committed names the transaction that did it, and that a process. */
    private static Optional<Record> holder(DSLContext database, Edition edition) {
        return database.fetchOptional("""
                select a.pid, a.backend_start, a.state_change, c.bytes_processed
                from projection.position p
                join pg_locks l on l.locktype = 'transactionid' and l.transactionid = p.xmax and l.granted
                join pg_stat_activity a on a.pid = l.pid
                left join pg_stat_progress_copy c on c.pid = a.pid
                where (p.name, p.version, p.generation) = (?, ?, ?)
                    and a.state = 'active' and a.wait_event in ('ClientRead', 'ClientWrite')
                """, edition.name(), edition.version(), edition.generation());
    }
}
