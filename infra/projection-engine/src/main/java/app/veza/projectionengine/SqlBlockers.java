package app.veza.projectionengine;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Who in the database holds the locks that a projection waits for. */
record SqlBlockers(SqlProjection projection, DataSource database) implements StallWatch.Blockers {
    /** By which its sessions are told from others while they apply. */
    static String applicationName(String projection) {
        return "veza projection " + projection;
    }

    /** Who reads these views in a transaction that is still open, or that was so short that it is over. */
    static String readers(DSLContext database, List<String> views) {
        return readers(database, "c.relnamespace = 'view'::regnamespace and c.relname = any(?)", (Object)
                views.toArray(String[]::new));
    }

    /** Who reads anything in these schemas. */
    static String readersOf(DSLContext database, List<String> schemas) {
        return readers(database, "c.relnamespace in (select oid from pg_namespace where nspname = any(?))", (Object)
                schemas.toArray(String[]::new));
    }

    private static String readers(DSLContext database, String which, Object names) {
        List<String> readers = database.fetch("""
                select format('process %%s of %%s (%%s), %%s for %%s s, reads %%s', a.pid, a.usename, a.application_name, a.state,
                    round(extract(epoch from clock_timestamp() - a.state_change)), string_agg(distinct c.relname, ', '))
                from pg_locks l join pg_class c on c.oid = l.relation join pg_stat_activity a on a.pid = l.pid
                where l.granted and l.database = (select oid from pg_database where datname = current_database())
                    and %s and l.pid <> pg_backend_pid()
                group by a.pid, a.usename, a.application_name, a.state, a.state_change
                """.formatted(which), names).getValues(0, String.class);
        return readers.isEmpty() ? "somebody reads it" : String.join("; ", readers);
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
