package app.veza.server.node;

import app.veza.stores.PostgresPool;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends analysts' transactions that take too long: any session can lift PostgreSQL's own time-outs for itself, and one that
 * stays open keeps a view from being switched and dead rows from being cleared.
 */
final class AnalystSessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnalystSessions.class);

    private final PostgresPool analytics;
    private final String role;
    private final Duration longest;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("analyst-sessions").daemon().factory());

    private AnalystSessions(PostgresPool analytics, String role, Duration longest) {
        this.analytics = analytics;
        this.role = role;
        this.longest = longest;
    }

    /** @param role that analysts log in as; Veza's own is a member of it */
    static AnalystSessions watch(PostgresPool analytics, String role, Duration longest) {
        AnalystSessions sessions = new AnalystSessions(analytics, role, longest);
        long often = Math.clamp(longest.toMillis() / 10, 100, 10_000);
        sessions.clock.scheduleWithFixedDelay(sessions::endLong, often, often, TimeUnit.MILLISECONDS);
        return sessions;
    }

    private void endLong() {
        try {
            int ended = analytics
                    .dsl()
                    .fetch("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where usename = ? and datname = current_database()
                                and xact_start < clock_timestamp() - make_interval(secs => ?)
                            """, role, longest.toMillis() / 1000.0)
                    .size();
            if (ended > 0) {
                LOG.warn("Ended {} transactions of {} that took longer than {}", ended, role, longest);
            }
        } catch (DataAccessException e) {
            // tried again in a moment; that the database is away is told by its own health check
            LOG.debug("Sessions of {} cannot be looked at", role, e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
