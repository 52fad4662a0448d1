package app.veza.projectionengine;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** A projection in PostgreSQL. */
final class SqlStore implements ProjectionStore {
    static {
        // jOOQ prints both to standard output otherwise
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final SqlProjection projection;
    private final SqlSchema schema;
    private final SqlCatalog catalog;
    private final ProjectionEngineConfig config;
    private final DSLContext database;
    private boolean granted;

    SqlStore(SqlProjection projection, DataSource database, ProjectionEngineConfig config) {
        this.projection = projection;
        this.schema = new SqlSchema(projection);
        this.catalog = new SqlCatalog(config.readerRoles());
        this.config = config;
        this.database = DSL.using(database, SQLDialect.POSTGRES, settings(projection.name(), schema.schema()));
    }

    private static Settings settings(String name, String schema) {
        return new Settings()
                .withExecuteLogging(false)
                .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_QUOTED)
                .withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema().withInput(name).withOutput(schema)));
    }

    @Override
    public String target() {
        return projection.target().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int batchLimit() {
        return config.sqlBatch();
    }

    @Override
    public Checkpoint open(String logId) {
        if (!granted || !SqlCatalog.exists(database)) {
            inTransaction(Pace.LIVE, tx -> {
                catalog.lock(tx);
                catalog.create(tx);
                return true;
            });
            granted = true;
        }
        return inTransaction(Pace.LIVE, tx -> {
            if (!schema.complete(tx)) {
                catalog.lock(tx);
                // another node may have been first
                if (!schema.complete(tx)) {
                    schema.recreate(tx, logId);
                }
            }
            schema.checkTables(tx);
            if (schema.servedVersion(tx) == projection.version() && !schema.viewsCurrent(tx)) {
                catalog.lock(tx);
                schema.serve(tx);
            }
            return checkpoint(tx, logId);
        });
    }

    @Override
    public Checkpoint peek(String logId) {
        return checkpoint(database, logId);
    }

    private Checkpoint checkpoint(DSLContext tx, String logId) {
        Record row = tx.fetchOne(
                "select log_id, position, chain_hash from projection.position where name = ? and version = ?",
                projection.name(),
                projection.version());
        if (row == null) {
            return Checkpoint.start(logId);
        }
        return new Checkpoint(
                row.get(0, String.class), row.get(1, Long.class), HexFormat.of().formatHex(row.get(2, byte[].class)));
    }

    @Override
    public boolean apply(Checkpoint expected, List<Recorded<?>> handled, Checkpoint next, Pace pace) {
        return inTransaction(pace, tx -> {
            // first, for it is the fence: a second runner waits here for the first, and then finds 0 rows
            int moved = tx.execute(
                    """
                    update projection.position set position = ?, chain_hash = ?, updated_at = now()
                    where name = ? and version = ? and log_id = ? and position = ?
                    """,
                    next.position(),
                    HexFormat.of().parseHex(next.chain()),
                    projection.name(),
                    projection.version(),
                    expected.logId(),
                    expected.position());
            if (moved == 1 && !handled.isEmpty()) {
                projection.apply(tx, handled);
            }
            return moved == 1;
        });
    }

    @Override
    public void reset(Checkpoint observed, String logId) {
        inTransaction(Pace.LIVE, tx -> {
            catalog.lock(tx);
            if (checkpoint(tx, logId).equals(observed)) {
                schema.recreate(tx, logId);
            }
            return true;
        });
    }

    @Override
    public boolean unserved() {
        return schema.servedVersion(database) != projection.version();
    }

    @Override
    public void serve() {
        inTransaction(Pace.LIVE, tx -> {
            catalog.lock(tx);
            schema.serve(tx);
            return true;
        });
    }

    @Override
    public void close() {
        // connections belong to the data source
    }

    private <T> T inTransaction(Pace pace, Function<DSLContext, T> work) {
        return database.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            // A backlog need not wait for the disk: batch and position are lost together, and applied again.
            SqlScript.run(tx, """
                    set local search_path = %s;
                    set local statement_timeout = %d;
                    set local lock_timeout = %d;
                    set local idle_in_transaction_session_timeout = %d;
                    set local synchronous_commit = %s""".formatted(
                            schema.schema(),
                            config.statementTimeout().toMillis(),
                            config.lockTimeout().toMillis(),
                            config.idleTimeout().toMillis(),
                            pace == Pace.BACKLOG ? "off" : "on"));
            return work.apply(tx);
        });
    }
}
