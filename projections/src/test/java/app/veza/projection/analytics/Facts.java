package app.veza.projection.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import java.util.List;
import java.util.stream.Collectors;

/** One projection's tables and views after a history, the same wherever a batch ended. */
final class Facts implements AutoCloseable {

    private final FreshDatabase database = EmbeddedPlatform.shared().freshDatabase();
    private final ProjectorTables tables;

    Facts(SqlProjection projection, History history) {
        tables = ProjectorTables.create(projection, database);
        List<Recorded<?>> events = history.seenBy(projection);
        for (int seed = 0; seed < 3; seed++) {
            tables.applyEveryWay(events, seed);
        }
    }

    /** Rows of a query upon the views as PostgreSQL writes them in UTC, columns separated by blanks. */
    List<String> query(String sql) {
        tables.dsl().execute("set timezone = 'UTC'");
        return tables.dsl().fetch("select r::text from (" + sql + ") r").stream()
                .map(row -> row.get(0, String.class))
                .map(row -> row.substring(1, row.length() - 1).replace("\"", "").replace("+00", ""))
                .collect(Collectors.toList());
    }

    String one(String sql) {
        List<String> rows = query(sql);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    @Override
    public void close() throws Exception {
        tables.close();
        database.close();
    }
}
