package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Editions in one database. */
final class SqlEditions implements Editions {
    private static final Logger LOG = LoggerFactory.getLogger(SqlEditions.class);

    private final DataSource source;
    private final ProjectionEngineConfig config;
    private final SqlCatalog catalog;
    private final DSLContext database;

    SqlEditions(DataSource source, ProjectionEngineConfig config) {
        this.source = source;
        this.config = config;
        this.catalog = new SqlCatalog(config.readerRoles());
        this.database = DSL.using(source, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    /** Under the catalog's lock, where definitions change. */
    private void change(Consumer<DSLContext> work) {
        changed(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private <T> T changed(Function<DSLContext, T> work) {
        return database.transactionResult(transaction -> {
            SqlScript.run(transaction.dsl(), """
                    set local statement_timeout = %d;
                    set local lock_timeout = %d;
                    set local idle_in_transaction_session_timeout = %d""".formatted(
                            config.statementTimeout().toMillis(),
                            config.lockTimeout().toMillis(),
                            config.idleTimeout().toMillis()));
            catalog.lock(transaction.dsl());
            return work.apply(transaction.dsl());
        });
    }

    @Override
    public ProjectionStore store(Projection projection, Edition edition, boolean despiteDeadLetters) {
        return new SqlStore((SqlProjection) projection, source, config, edition, despiteDeadLetters);
    }

    @Override
    public void create(Projection projection, Edition edition, String logId) {
        SqlSchema schema = new SqlSchema((SqlProjection) projection, edition);
        change(tx -> {
            catalog.create(tx);
            if (schema.retired(tx)) {
                throw new DefinitionException("Another edition of projection " + projection.name()
                        + " came to be served: what " + edition.spoken() + " had filled is dropped");
            }
            if (!schema.complete(tx)) {
                schema.recreate(tx, logId);
            }
        });
    }

    @Override
    public int lastGeneration(String projection, int version) {
        return !SqlCatalog.exists(database)
                ? 1
                : (Integer) database.fetchValue(
                        "select coalesce(max(generation), 1) from projection.definition where name = ? and version = ?",
                        projection,
                        version);
    }

    @Override
    public Optional<Edition> served(String projection) {
        return SqlCatalog.exists(database) ? SqlSchema.served(database, projection) : Optional.empty();
    }

    @Override
    public boolean isKeptAside(Projection projection) {
        return served(projection.name())
                        .filter(served -> served.version() < projection.version())
                        .isPresent()
                && new SqlSchema((SqlProjection) projection, Edition.first(projection)).complete(database);
    }

    @Override
    public boolean isServed(Edition edition) {
        return isServed(database, edition);
    }

    private static boolean isServed(DSLContext tx, Edition edition) {
        return !edition.scratch() && SqlSchema.served(tx, edition.name()).equals(Optional.of(edition));
    }

    @Override
    public boolean drop(String projection, Edition edition) {
        try {
            return changed(tx -> {
                boolean stays = isServed(tx, edition);
                if (!stays) {
                    drop(tx, edition);
                }
                return !stays;
            });
        } catch (DataAccessException e) {
            if (SqlBatches.LOCK_NOT_AVAILABLE.equals(e.sqlState())) {
                throw new JobRefusedException(
                        JobRefusedException.Reason.CONFLICT,
                        "%s cannot be dropped while it is read: %s. End that, or try again when it has ended"
                                .formatted(
                                        edition.name(),
                                        SqlBlockers.readersOf(database, List.of(edition.name(), edition.schema()))));
            }
            throw e;
        }
    }

    private static void drop(DSLContext tx, Edition edition) {
        // first, for it is the fence: whoever is at a batch ends it, and nobody begins another one, which would lock
        // tables in another order
        for (String table : List.of("position", "definition")) {
            tx.execute(
                    "delete from projection." + table + " where name = ? and version = ? and generation = ?",
                    edition.name(),
                    edition.version(),
                    edition.generation());
        }
        if (edition.scratch()) {
            SqlScript.run(tx, "drop schema if exists " + SqlRelations.quoted(edition.name()) + " cascade");
        }
        SqlScript.run(tx, "drop schema if exists " + edition.schema() + " cascade");
    }

    @Override
    public void dropRetired(String projection, Duration retiredFor) {
        if (!SqlCatalog.exists(database)) {
            return;
        }
        List<Edition> old = retired(database, projection, retiredFor);
        for (Edition edition : old) {
            change(tx -> {
                // it may have been filled again meanwhile
                if (retired(tx, projection, retiredFor).contains(edition)) {
                    drop(tx, edition);
                    LOG.info("Projection {}: {} is dropped, it is served no longer", projection, edition.spoken());
                }
            });
        }
    }

    @Override
    public void dropUnserved(String projection, Predicate<Edition> spared) {
        if (!SqlCatalog.exists(database)) {
            return;
        }
        unserved(database, projection).stream()
                .filter(spared.negate())
                .forEach(edition -> change(tx -> {
                    // readers may have been led to it meanwhile
                    if (unserved(tx, projection).contains(edition)) {
                        drop(tx, edition);
                        LOG.info("Projection {}: {} is dropped before it was served", projection, edition.spoken());
                    }
                }));
    }

    private static List<Edition> unserved(DSLContext tx, String projection) {
        return tx.fetch("""
                        select version, generation from projection.definition
                        where name = ? and not served and retired_at is null and generation > 0
                        """, projection)
                .map(row -> new Edition(projection, row.get(0, Integer.class), row.get(1, Integer.class)));
    }

    private static List<Edition> retired(DSLContext tx, String projection, Duration retiredFor) {
        return tx.fetch("""
                        select version, generation from projection.definition
                        where name = ? and not served and retired_at < now() - ? * interval '1 millisecond'
                        """, projection, retiredFor.toMillis())
                .map(row -> new Edition(projection, row.get(0, Integer.class), row.get(1, Integer.class)));
    }

    @Override
    public @Nullable String taken(String scratch) {
        List<String> there = database.fetch(
                        "select nspname from pg_namespace where nspname in (?, ?)",
                        scratch,
                        new Edition(scratch, 1, Edition.SCRATCH).schema())
                .getValues(0, String.class);
        return there.isEmpty() ? null : "there is a schema " + there.getFirst() + " already";
    }

    @Override
    public void prepare(Projection projection, Edition edition) {
        try (ProjectionStore store = store(projection, edition)) {
            store.prepare();
        }
    }

    @Override
    public void publish(Projection projection, Edition scratch) {
        SqlProjection sql = (SqlProjection) projection;
        String views = Definitions.resource(sql, sql.views()).replace("${schema}", scratch.schema());
        // it may be a word of SQL
        String schema = SqlRelations.quoted(scratch.name());
        // other views that it may read from stay where they are
        for (String name : Definitions.viewsMade(views)) {
            views = views.replaceAll("\\bview\\." + name + "\\b", schema + "." + name);
        }
        String script = "drop schema if exists %1$s cascade; create schema %1$s; set local search_path = %1$s;%2$s"
                .formatted(schema, views);
        change(tx -> {
            SqlScript.run(tx, script);
            for (String role : config.readerRoles()) {
                SqlScript.run(tx, """
                        grant usage on schema %1$s to %2$s;
                        grant select on all tables in schema %1$s to %2$s;
                        """.formatted(schema, SqlCatalog.quoted(role)));
            }
            LOG.info("Projection {} can be read in schema {}", projection.name(), scratch.name());
        });
    }
}
