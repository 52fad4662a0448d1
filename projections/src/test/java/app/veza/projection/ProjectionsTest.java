package app.veza.projection;

import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.Events.streamCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.event.EventTypes;
import app.veza.projection.kit.History;
import app.veza.projection.kit.RunningProjections;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.SqlProjection;
import app.veza.stores.PostgresPool;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProjectionsTest {

    @Test
    void namesAreUniqueAndEventTypesExist() {
        List<Projection> all = Projections.all();

        assertThat(all).extracting(Projection::name).doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(
                        projection -> assertThat(EventTypes.byName().keySet()).containsAll(projection.eventTypes()));
    }

    /** A preview reads two transactions, whose times are two: views that told them would differ. */
    @Test
    void viewsThatTellTheTimeLetThemselvesBeToldIt() throws IOException {
        for (Projection projection : Projections.all()) {
            if (projection instanceof SqlProjection sql) {
                try (var in = sql.getClass().getClassLoader().getResourceAsStream(sql.views())) {
                    assertThat(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                                    .replaceAll("(?m)^--.*$", "")
                                    .replace("nullif(current_setting('veza.now', true), '')::timestamptz, now()", ""))
                            .as(sql.views())
                            .doesNotContainIgnoringCase("now()", "current_timestamp", "current_date");
                }
            }
        }
    }

    @Test
    void theEngineRunsThemAllAndEveryTableAndColumnIsExplained() {
        try (var database = EmbeddedPlatform.shared().freshDatabase();
                var running = RunningProjections.start(Projections.all(), database.properties())) {
            long position = running.given(
                    registered("ada"),
                    registered("bob"),
                    loggedIn("ada", "session", History.timeOf(1_000)),
                    publicRoom("hall", "ada"),
                    owns("hall", "ada"),
                    joined("hall", "bob"),
                    said("hall", "bob", "hello"),
                    streamCreated("jazz", "ada"));

            assertThat(count(running.primary(), "view.people")).isEqualTo(2);
            assertThat(count(running.primary(), "view.members")).isEqualTo(2);
            assertThat(count(running.primary(), "view.messages")).isEqualTo(1);
            assertThat(count(running.primary(), "view.streams")).isEqualTo(1);
            assertThat(count(running.analytics(), "view.fact_logins")).isEqualTo(1);
            assertThat(count(running.analytics(), "view.fact_messages")).isEqualTo(1);
            assertThat(count(running.analytics(), "view.dim_streams")).isEqualTo(1);
            assertThat(running.primary()
                            .dsl()
                            .fetch("select name, position from projection.current")
                            .map(row -> row.get("name") + " " + row.get("position")))
                    .containsExactlyInAnyOrder(
                            "people " + position,
                            "chat " + position,
                            "search " + position,
                            "streams " + position,
                            "inbox " + position);
            assertThat(unexplained(running.primary())).isEmpty();
            assertThat(unexplained(running.analytics())).isEmpty();
        }
    }

    private static int count(PostgresPool pool, String relation) {
        return pool.dsl().fetchSingle("select count(*) from " + relation).get(0, Integer.class);
    }

    /** Tables, views and columns of read models that have no comment. */
    private static List<String> unexplained(PostgresPool pool) {
        String schemas = "view|"
                + Projections.all().stream()
                        .filter(SqlProjection.class::isInstance)
                        .map(projection -> projection.name() + "_v" + projection.version())
                        .reduce((one, other) -> one + "|" + other)
                        .orElseThrow();
        return pool.dsl().fetch("""
                        select n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
                        from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace
                        cross join lateral (
                            select 0 as attnum, null::name as attname
                            union all
                            select attnum, attname from pg_attribute
                            where attrelid = c.oid and attnum > 0 and not attisdropped) a
                        where c.relkind in ('r', 'p', 'v') and not c.relispartition and n.nspname ~ ('^(' || ? || ')$')
                          and col_description(c.oid, a.attnum) is null
                          and not (a.attnum = 0 and obj_description(c.oid, 'pg_class') is not null)
                        """, schemas).getValues(0, String.class);
    }
}
