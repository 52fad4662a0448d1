package app.veza.projection.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.FreshDatabase;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * The tables of one SQL projection on a real PostgreSQL, to which a test applies batches itself: it decides where a batch
 * ends. The schema and jOOQ's mapping are as the engine has them.
 */
public final class ProjectorTables implements AutoCloseable {

    private final SqlProjection projection;
    private final Connection connection;
    private final String schema;
    private final DSLContext dsl;

    private ProjectorTables(SqlProjection projection, Connection connection) {
        this.projection = projection;
        this.connection = connection;
        this.schema = projection.name() + "_v" + projection.version();
        this.dsl = DSL.using(
                connection,
                SQLDialect.POSTGRES,
                new Settings()
                        .withExecuteLogging(false)
                        .withRenderMapping(new RenderMapping()
                                .withSchemata(new MappedSchema()
                                        .withInput(projection.name())
                                        .withOutput(schema))));
    }

    /** Creates the tables in a database that has none of this projection's yet. */
    public static ProjectorTables create(SqlProjection projection, FreshDatabase database) {
        try {
            Connection connection = database.connect(projection.target().name().toLowerCase(Locale.ROOT));
            ProjectorTables tables = new ProjectorTables(projection, connection);
            tables.dsl.execute("create schema " + tables.schema);
            tables.dsl.execute("create schema if not exists view");
            tables.dsl.execute("set search_path = " + tables.schema);
            tables.run(projection.tables());
            if (projection.indexes().isPresent()) {
                tables.run(projection.indexes().get());
            }
            tables.run(projection.views());
            return tables;
        } catch (SQLException e) {
            throw new IllegalStateException("The test's database cannot be used", e);
        }
    }

    public void apply(List<Recorded<?>> batch) {
        if (!batch.isEmpty()) {
            dsl.transaction(transaction -> projection.apply(transaction.dsl(), batch));
        }
    }

    /** Applies a batch and counts how often the database was asked and waited for, {@code COPY} apart. */
    public int roundTrips(List<Recorded<?>> batch) {
        AtomicInteger asked = new AtomicInteger();
        DSLContext counted = dsl.configuration()
                .derive(ExecuteListener.onExecuteStart(query -> asked.incrementAndGet()))
                .dsl();
        counted.transaction(transaction -> projection.apply(transaction.dsl(), batch));
        return asked.get();
    }

    /**
     * Empties the tables and applies a history in three ways: event by event, at once, and in batches that end anywhere; in a
     * fourth where the projection says that it reads nothing personal: without that. Where it says that its rows can be cut into
     * slices, those of some keys are made of their own events alone too.
     *
     * @return the rows, which are the same each time
     * @throws AssertionError naming the tables that differ
     */
    public Map<String, List<String>> applyEveryWay(List<Recorded<?>> events, long seed) {
        clear();
        events.forEach(event -> apply(List.of(event)));
        Map<String, List<String>> oneByOne = rows();
        clear();
        apply(events);
        assertSame("at once", rows(), "event by event", oneByOne);
        Random random = new Random(seed);
        projection.slicing().ifPresent(by -> assertSliced(events, by, random));
        clear();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(12));
            apply(events.subList(from, to));
            from = to;
        }
        assertSame("in batches", rows(), "event by event", oneByOne);
        if (!projection.readsPersonal()) {
            clear();
            events.forEach(event -> apply(List.of(Erasing.ofEverybody(event))));
            assertSame("without anything personal", rows(), "with it", oneByOne);
        }
        return oneByOne;
    }

    private void assertSliced(List<Recorded<?>> events, Slicing by, Random random) {
        List<String> keys = events.stream()
                .flatMap(event -> Tagged.values(event, by.tag()).stream())
                .distinct()
                .filter(key -> random.nextBoolean())
                .toList();
        Map<String, List<String>> whole = rowsOf(keys, by.column());
        clear();
        events.stream()
                .filter(event -> by.everywhere().contains(EventTypes.nameOf(((VezaEvent) event.event()).getClass()))
                        || Tagged.values(event, by.tag()).stream().anyMatch(keys::contains))
                .forEach(event -> apply(List.of(event)));
        assertSame("in a slice", rowsOf(keys, by.column()), "in the whole", whole);
    }

    /** Fails with the rows that only one of them has: all of them nobody would read. */
    public static void assertSame(
            String how, Map<String, List<String>> rows, String otherwise, Map<String, List<String>> others) {
        assertThat(rows.keySet()).isEqualTo(others.keySet());
        rows.forEach((table, found) -> {
            List<String> more = new ArrayList<>(found);
            List<String> missing =
                    others.get(table).stream().filter(row -> !more.remove(row)).toList();
            assertThat(more)
                    .as("rows of %s only %s, not %s", table, how, otherwise)
                    .isEqualTo(missing);
        });
    }

    /** Every row of every table, as text. */
    public Map<String, List<String>> rows() {
        return rows("", "true");
    }

    /** Of the tables that have the column. */
    private Map<String, List<String>> rowsOf(List<String> keys, String column) {
        return rows(column, column + "::text = any(?)", (Object) keys.toArray(String[]::new));
    }

    private Map<String, List<String>> rows(String column, String which, Object... values) {
        Map<String, List<String>> all = new TreeMap<>();
        dsl.fetch("""
                        select c.relname from pg_class c
                        where c.relnamespace = to_regnamespace(?) and c.relkind in ('r', 'p') and not c.relispartition
                            and (? = '' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = ?))
                        """, schema, column, column).forEach(table -> {
            String name = table.get(0, String.class);
            all.put(
                    name,
                    dsl.fetch("select t::text from %s t where %s order by 1".formatted(name, which), values)
                            .getValues(0, String.class));
        });
        return all;
    }

    public void clear() {
        rows().keySet().forEach(table -> dsl.execute("truncate " + table));
    }

    /** For questions about the rows; the projection's tables and the schema {@code view} are there. */
    public DSLContext dsl() {
        return dsl;
    }

    private void run(String resource) throws SQLException {
        try (InputStream in = projection.getClass().getClassLoader().getResourceAsStream(resource);
                var statement = connection.createStatement()) {
            if (in == null) {
                throw new IllegalStateException("No resource " + resource);
            }
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", schema));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + resource, e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
