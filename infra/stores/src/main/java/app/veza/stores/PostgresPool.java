package app.veza.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Connections to one PostgreSQL database. Opens also while the server is away; a use then fails within a few seconds. */
public final class PostgresPool implements AutoCloseable {
    static {
        // jOOQ prints both to standard output otherwise
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    /** A node that vanished, as its machine does, keeps its locks no longer than a minute. */
    private static final String KEEP_ALIVE =
            "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=4";

    private final PoolConfig config;
    private final HikariDataSource pool;
    private final DSLContext dsl;

    private PostgresPool(PoolConfig config, HikariDataSource pool, DSLContext dsl) {
        this.config = config;
        this.pool = pool;
        this.dsl = dsl;
    }

    public static PostgresPool open(PoolConfig config, MeterRegistry meters) {
        HikariDataSource pool = new HikariDataSource(hikari(config, meters));
        DSLContext dsl = DSL.using(
                new GuardedConnections(pool, config, meters),
                SQLDialect.POSTGRES,
                new Settings().withExecuteLogging(false));
        return new PostgresPool(config, pool, dsl);
    }

    public String name() {
        return config.name();
    }

    /** Takes a connection for each statement, or one for the whole of a transaction. */
    public DSLContext dsl() {
        return dsl;
    }

    public <T> T transaction(Function<DSLContext, T> work) {
        return dsl.transactionResult(transaction -> work.apply(transaction.dsl()));
    }

    /**
     * Runs reads, and once more when the server cancelled them for its own sake: a replica does so when it must apply
     * what conflicts with a running query.
     */
    public <T> T read(Function<DSLContext, T> query) {
        try {
            return query.apply(dsl);
        } catch (DataAccessException e) {
            if (RecoveryConflict.isOne(e)) {
                return query.apply(dsl);
            }
            throw e;
        }
    }

    /**
     * The pool itself, past the semaphore: for users with a connection count of their own that fits, such as the
     * projection engine, Flyway and health checks.
     */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static HikariConfig hikari(PoolConfig config, MeterRegistry meters) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName(config.name());
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.username());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.size());
        hikari.setMinimumIdle(Math.max(1, config.size() / 4));
        hikari.setConnectionTimeout(Math.max(250, config.acquireTimeout().toMillis()));
        hikari.setValidationTimeout(Math.max(250, config.acquireTimeout().toMillis() / 2));
        hikari.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        hikari.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        // opens while the server is still away
        hikari.setInitializationFailTimeout(-1);
        hikari.setMetricRegistry(meters);
        // the driver tells the server the zone of the JVM, and would overrule "options": a day of a query is one in UTC
        // wherever it runs
        hikari.setConnectionInitSql("set time zone 'UTC'");
        hikari.addDataSourceProperty("ApplicationName", "veza-" + config.name());
        hikari.addDataSourceProperty("connectTimeout", "3");
        // a server that vanished without a reset is noticed only by this; past the server's own statement timeout
        hikari.addDataSourceProperty(
                "socketTimeout", Long.toString(config.statementTimeout().toSeconds() + 5));
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        // details of an error quote rows, which may be personal and would end in log files
        hikari.addDataSourceProperty("logServerErrorDetail", "false");
        hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
        hikari.addDataSourceProperty(
                "options",
                // locks of a node that was stopped, maybe for good, are for others again
                "-c statement_timeout=%d -c idle_in_transaction_session_timeout=%d -c default_transaction_read_only=%s %s"
                        .formatted(
                                config.statementTimeout().toMillis(),
                                config.statementTimeout().multipliedBy(2).toMillis(),
                                config.readOnly() ? "on" : "off",
                                KEEP_ALIVE));
        return hikari;
    }
}
