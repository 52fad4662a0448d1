package app.veza.projectionengine;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Who in the database holds the locks that a projection waits for. */
record SqlBlockers(SqlProjection projection, DataSource database) implements StallWatch.Blockers {
    /** By which its sessions are told from others while they apply. */
    static String applicationName(String projection) {
        return "veza projection " + projection;
    }

    @Override
    public Optional<String> describe() {
        List<String> blockers = DSL.using(database, SQLDialect.POSTGRES)
                .fetch("""
                select format('process %s of %s (%s), %s for %s s', b.pid, b.usename, b.application_name, b.state,
                    round(extract(epoch from clock_timestamp() - b.state_change)))
                from pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) as blocking (pid)
                join pg_stat_activity b on b.pid = blocking.pid
                where a.application_name = ? and a.wait_event_type = 'Lock'
                """, applicationName(projection.name()))
                .getValues(0, String.class);
        return blockers.isEmpty()
                ? Optional.empty()
                : Optional.of("it waits for a lock of " + String.join(", ", blockers));
    }
}
