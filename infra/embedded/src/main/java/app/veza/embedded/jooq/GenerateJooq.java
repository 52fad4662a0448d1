package app.veza.embedded.jooq;

import app.veza.embedded.EmbeddedPlatformException;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedSerialVersionUID;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.postgresql.Driver;

/**
 * Generates jOOQ classes from SQL, for the build: runs the SQL on a throw-away PostgreSQL and reads the catalogue. Does
 * nothing when its inputs are those of the last time.
 *
 * <pre>
 * --flyway DIR          migrations, run first; DIR may be missing
 * --schema NAME=FILE    creates schema NAME and runs FILE with search_path NAME; repeatable, in order
 * --view NAME=FILE      runs FILE with ${schema} replaced by NAME (views go to schema "view"); repeatable, after all schemas
 * --generate SCHEMA     generates this schema into package P.SCHEMA; repeatable
 * --package P --out DIR where to; DIR is deleted before
 * </pre>
 */
public final class GenerateJooq {

    private static final String STAMP = ".generated-from";

    private final GenerationInput input;

    private GenerateJooq(GenerationInput input) {
        this.input = input;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        // A build says something only when something is wrong
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        // Maven runs this several times in one JVM, by another class loader each time, and DriverManager looks for
        // drivers but once
        if (!Driver.isRegistered()) {
            Driver.register();
        }
        new GenerateJooq(GenerationInput.parse(arguments)).run();
    }

    private void run() throws IOException {
        String stamp = input.stamp();
        Path stampFile = input.out().resolve(STAMP);
        if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
            return;
        }
        deleteOutput();
        try (var server = PostgresServer.start(PostgresServerOptions.temporary().withName("jooq"))) {
            if (input.hasMigrations()) {
                Flyway.configure()
                        .dataSource(server.url(), server.username(), server.password())
                        .loggers("slf4j")
                        .locations("filesystem:" + input.flyway())
                        .load()
                        .migrate();
            }
            runSql(server);
            for (String schema : input.generate()) {
                GenerationTool.generate(configuration(server, schema));
            }
        } catch (SQLException e) {
            throw new EmbeddedPlatformException("jOOQ's classes cannot be generated: " + e.getMessage(), e);
        } catch (RuntimeException | IOException e) {
            throw e;
        } catch (Exception e) { // as GenerationTool declares it
            throw new EmbeddedPlatformException("jOOQ's classes cannot be generated: " + e.getMessage(), e);
        }
        Files.writeString(stampFile, stamp);
    }

    private void runSql(PostgresServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            for (var schema : input.schemas()) {
                statement.execute(
                        "CREATE SCHEMA IF NOT EXISTS \"%1$s\"; SET search_path = \"%1$s\"".formatted(schema.name()));
                run(schema, schema.sql(), connection);
            }
            statement.execute("RESET search_path; CREATE SCHEMA IF NOT EXISTS view");
            for (var view : input.views()) {
                run(view, view.sql().replace("${schema}", view.name()), connection);
            }
        }
    }

    private static void run(GenerationInput.NamedFile file, String sql, Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new EmbeddedPlatformException(file.file() + ": " + e.getMessage(), e);
        }
    }

    /** One run for each schema: with several in one, jOOQ names the packages otherwise than with one alone. */
    private Configuration configuration(PostgresServer server, String schema) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc()
                        .withDriver("org.postgresql.Driver")
                        .withUrl(server.url())
                        .withUser(server.username())
                        .withPassword(server.password()))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema(schema)
                                .withIncludes(".*")
                                // Partitions are named so: rows go through the table that they are parts of
                                .withExcludes("flyway_schema_history|.*_p[0-9]+")
                                // The events' times are instants; the database keeps no zone either
                                .withForcedTypes(new ForcedType()
                                        .withName("INSTANT")
                                        .withIgnoreUnused(true)
                                        .withIncludeTypes("(?i:TIMESTAMPTZ|TIMESTAMP WITH TIME ZONE)")))
                        .withGenerate(new Generate()
                                .withRecords(true)
                                .withPojos(false)
                                .withDaos(false)
                                .withRoutines(false)
                                .withSources(false)
                                .withGeneratedAnnotation(false)
                                .withGeneratedSerialVersionUID(GeneratedSerialVersionUID.OFF)
                                .withJavadoc(false))
                        .withTarget(new Target()
                                .withPackageName(input.packageName() + "." + schema)
                                .withDirectory(input.out().toString())));
    }

    private void deleteOutput() throws IOException {
        if (Files.exists(input.out())) {
            try (Stream<Path> files = Files.walk(input.out())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(input.out());
    }
}
