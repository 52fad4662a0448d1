package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionStore.Pace;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Transactions of one edition in its database: its own schema first, and no wait without a bound. */
final class SqlTransactions {
    static {
        // jOOQ prints both to standard output otherwise
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final Edition edition;
    private final String schemaOfCode;
    private final ProjectionEngineConfig config;
    private final DSLContext database;

    /** @param schemaOfCode what the code that jOOQ generated names the schema: the projection */
    SqlTransactions(Edition edition, String schemaOfCode, DataSource database, ProjectionEngineConfig config) {
        this.edition = edition;
        this.schemaOfCode = schemaOfCode;
        this.config = config;
        this.database = DSL.using(database, SQLDialect.POSTGRES, settings(schemaOfCode, edition.schema()));
    }

    private static Settings settings(String name, String schema) {
        return new Settings()
                .withExecuteLogging(false)
                .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_QUOTED)
                .withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema().withInput(name).withOutput(schema)));
    }

    Edition edition() {
        return edition;
    }

    /** For single statements, outside of a transaction. */
    DSLContext database() {
        return database;
    }

    <T> T run(Pace pace, Function<DSLContext, T> work) {
        return database.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            // A backlog need not wait for the disk: batch and position are lost together, and applied again.
            SqlScript.run(tx, """
                    set local search_path = %s;
                    set local statement_timeout = %d;
                    set local lock_timeout = %d;
                    set local idle_in_transaction_session_timeout = %d;
                    set local application_name = '%s';
                    set local synchronous_commit = %s""".formatted(
                            edition.schema(),
                            config.statementTimeout().toMillis(),
                            config.lockTimeout().toMillis(),
                            config.idleTimeout().toMillis(),
                            SqlBlockers.applicationName(schemaOfCode),
                            pace == Pace.BACKLOG ? "off" : "on"));
            return work.apply(tx);
        });
    }
}
