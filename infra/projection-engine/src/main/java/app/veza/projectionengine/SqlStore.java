package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A projection in PostgreSQL. */
final class SqlStore implements ProjectionStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    private final SqlProjection projection;
    private final SqlCatalog catalog;
    private final ProjectionEngineConfig config;
    private final DataSource source;
    private final @Nullable Edition pinned;
    private final boolean despiteDeadLetters;
    private final SqlBatches batches;
    private SqlSchema schema;
    private SqlTransactions transactions;
    private SqlLetters letters;
    private boolean granted;
    private boolean prepared;
    private @Nullable String switchHeldUp;
    private final SwitchPatience switchPatience = new SwitchPatience(System::nanoTime);

    /** Of the live runner: whatever edition of the projection's version is served. */
    SqlStore(SqlProjection projection, DataSource database, ProjectionEngineConfig config) {
        this(projection, database, config, null, false);
    }

    /**
     * @param pinned the edition that a job fills; it is served even where a higher version is, for a person wants that
     * @param despiteDeadLetters readers are led to it whatever they {@link Loss lose} by it
     */
    SqlStore(
            SqlProjection projection,
            DataSource database,
            ProjectionEngineConfig config,
            @Nullable Edition pinned,
            boolean despiteDeadLetters) {
        this.despiteDeadLetters = despiteDeadLetters;
        this.projection = projection;
        this.catalog = new SqlCatalog(config.readerRoles());
        this.config = config;
        this.source = database;
        this.pinned = pinned;
        this.batches = new SqlBatches(projection, config);
        Edition edition = pinned == null ? Edition.first(projection) : pinned;
        this.schema = new SqlSchema(projection, edition);
        this.transactions = new SqlTransactions(edition, projection.name(), source, config);
        this.letters = new SqlLetters(projection, transactions);
    }

    private void bind(Edition edition) {
        schema = new SqlSchema(projection, edition);
        transactions = new SqlTransactions(edition, projection.name(), source, config);
        letters = new SqlLetters(projection, transactions);
    }

    private DSLContext database() {
        return transactions.database();
    }

    private Edition current(DSLContext tx) {
        return pinned != null
                ? pinned
                : SqlSchema.served(tx, projection.name())
                        .filter(served -> served.version() == projection.version())
                        .orElseGet(() -> Edition.first(projection));
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
        // it may have been made anew
        prepared = false;
        if (!granted || !SqlCatalog.exists(database())) {
            transactions.run(Pace.LIVE, tx -> {
                catalog.lock(tx);
                catalog.create(tx);
                return true;
            });
            granted = true;
        }
        while (true) {
            Edition current = current(database());
            if (!schema.edition().equals(current)) {
                bind(current);
            }
            Optional<Checkpoint> opened = transactions.run(Pace.LIVE, tx -> openBound(tx, logId));
            if (opened.isPresent()) {
                return opened.get();
            }
        }
    }

    /** Empty when another edition came to be served meanwhile. */
    private Optional<Checkpoint> openBound(DSLContext tx, String logId) {
        if (!schema.complete(tx)) {
            catalog.lock(tx);
            if (!current(tx).equals(schema.edition())) {
                return Optional.empty();
            }
            if (pinned != null && !schema.defined(tx)) {
                // to make it again would leave it behind: whoever took it away knew that it is not needed
                throw new DefinitionException("Projection " + projection.name() + ", " + pinned.spoken()
                        + ", was dropped, or another edition is served");
            }
            // another node may have been first
            if (!schema.complete(tx)) {
                schema.recreate(tx, logId);
            }
        }
        schema.checkTables(tx);
        if (!schema.edition().scratch()
                && SqlSchema.served(tx, projection.name()).equals(Optional.of(schema.edition()))
                && !schema.viewsCurrent(tx)) {
            catalog.lock(tx);
            schema.serve(tx);
        }
        return Optional.of(checkpoint(tx, logId));
    }

    @Override
    public Checkpoint peek(String logId) {
        return checkpoint(database(), logId);
    }

    private Checkpoint checkpoint(DSLContext tx, String logId) {
        Record row = tx.fetchOne(
                "select log_id, position, chain_hash from projection.position where name = ? and version = ? and generation = ?",
                edition().name(),
                edition().version(),
                edition().generation());
        if (row == null) {
            return Checkpoint.start(logId);
        }
        return new Checkpoint(
                row.get(0, String.class), row.get(1, Long.class), HexFormat.of().formatHex(row.get(2, byte[].class)));
    }

    @Override
    public Applied apply(Checkpoint expected, Work work, Checkpoint next, Pace pace) {
        return batches.apply(transactions, letters, new SqlBatches.Move(expected, work, next), pace);
    }

    @Override
    public long deadLetters() {
        return letters.count();
    }

    @Override
    public void reset(Checkpoint observed, String logId) {
        transactions.run(Pace.LIVE, tx -> {
            catalog.lock(tx);
            if (checkpoint(tx, logId).equals(observed)) {
                schema.recreate(tx, logId);
            }
            return true;
        });
    }

    @Override
    public Edition edition() {
        return schema.edition();
    }

    @Override
    public boolean outdated() {
        return pinned == null
                && SqlCatalog.exists(database())
                && SqlSchema.served(database(), projection.name())
                        .filter(served -> served.version() > projection.version())
                        .isPresent()
                && !new SqlSchema(projection, Edition.first(projection)).complete(database());
    }

    @Override
    public Optional<ServedAt> servedAt() {
        return SqlSchema.servedAt(database(), projection.name());
    }

    @Override
    public boolean unserved() {
        return !edition().scratch()
                && !SqlSchema.served(database(), projection.name()).equals(Optional.of(edition()));
    }

    @Override
    public boolean isPrepared() {
        prepared = prepared || schema.prepared(database());
        return prepared;
    }

    @Override
    public void prepare() {
        transactions.run(
                Pace.LIVE,
                tx -> LongStatements.run(tx, () -> {
                    schema.prepare(tx);
                    return true;
                }));
    }

    @Override
    public boolean serve() {
        if (switchPatience.rests()) {
            return false;
        }
        if (pinned == null
                && config.switching() == Switching.WHEN_ASKED
                && SqlSchema.served(database(), projection.name())
                        .filter(one -> one.version() < projection.version())
                        .isPresent()) {
            switchHeldUp = ProjectionStore.waitsToBeAskedFor(projection);
            switchPatience.rest();
            return false;
        }
        try {
            Switched switched = transactions.run(Pace.LIVE, this::lead);
            switchHeldUp = switched.loss().map(loss -> loss.heldUp(edition())).orElse(null);
            switchPatience.done();
            if (switchHeldUp != null) {
                switchPatience.rest();
            }
            return switched.led();
        } catch (DataAccessException e) {
            if (!SqlBatches.LOCK_NOT_AVAILABLE.equals(e.sqlState())) {
                throw e;
            }
            switchHeldUp =
                    "waits to lead its readers over: " + SqlBlockers.readers(database(), schema.former(database()));
            LOG.info("Projection {} {}", projection.name(), switchHeldUp);
            switchPatience.putOff();
            return false;
        }
    }

    @Override
    public @Nullable String switchHeldUp() {
        return switchHeldUp;
    }

    private record Switched(boolean led, Optional<Loss> loss) {
        static Switched is(boolean led) {
            return new Switched(led, Optional.empty());
        }
    }

    private Switched lead(DSLContext tx) {
        SqlScript.run(
                tx, "set local lock_timeout = " + switchPatience.lockTimeout().toMillis());
        catalog.lock(tx);
        Optional<Edition> served = SqlSchema.served(tx, projection.name());
        if (pinned == null
                && served.filter(one -> one.version() > projection.version()).isPresent()) {
            LOG.warn(
                    "Projection {} stays served by {}",
                    projection.name(),
                    served.get().spoken());
            return Switched.is(true);
        }
        // it may have been dropped, or another edition may have taken its place
        if (!schema.complete(tx)
                || !schema.prepared(tx)
                || served.filter(one -> !one.equals(edition()) && isFurther(tx, one))
                        .isPresent()) {
            return Switched.is(false);
        }
        Optional<Loss> loss = despiteDeadLetters ? Optional.empty() : served.flatMap(one -> letters.loss(tx, one));
        if (loss.isEmpty()) {
            schema.serve(tx);
        }
        return new Switched(loss.isEmpty(), loss);
    }

    /** Its row stays locked: what it has now it has until readers are led away from it. */
    private boolean isFurther(DSLContext tx, Edition other) {
        return Boolean.TRUE.equals(tx.fetchValue(
                """
                select o.position > p.position and o.log_id = p.log_id
                from projection.position o, projection.position p
                where (o.name, o.version, o.generation) = (?, ?, ?) and (p.name, p.version, p.generation) = (?, ?, ?)
                for update of o
                """,
                other.name(),
                other.version(),
                other.generation(),
                edition().name(),
                edition().version(),
                edition().generation()));
    }

    @Override
    public void close() {
        // connections belong to the data source
    }
}
