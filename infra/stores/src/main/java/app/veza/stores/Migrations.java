package app.veza.stores;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Flyway for tables that are not a projection's: those are the projection engine's, made anew for each version. */
public final class Migrations {
    private Migrations() {}

    /**
     * Brings a database up to date; safe on several nodes at a time.
     *
     * @param location class-path folder of the migrations, such as {@code app/veza/migrations/primary}
     * @param schema where the tables and Flyway's history of them are
     * @return how many migrations ran
     */
    public static int run(DataSource database, String location, String schema) {
        return Flyway.configure()
                .dataSource(database)
                .locations("classpath:" + location)
                .defaultSchema(schema)
                .createSchemas(true)
                .failOnMissingLocations(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
