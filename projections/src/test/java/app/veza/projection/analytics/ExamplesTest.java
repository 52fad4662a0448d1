package app.veza.projection.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.projection.Projections;
import app.veza.projection.kit.ProjectorTables;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What ANALYTICS.md shows can be pasted into an analyst's session. */
class ExamplesTest {

    @Test
    void everyQueryOfTheGuideRunsAsAnAnalyst() throws Exception {
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(10);
        try (FreshDatabase database = EmbeddedPlatform.shared().freshDatabase()) {
            for (var projection : Projections.all()) {
                if (projection instanceof SqlProjection sql && sql.target() == Target.ANALYTICS) {
                    ProjectorTables.create(sql, database).close();
                }
            }
            Map<String, String> properties = database.properties();
            try (var analyst = DriverManager.getConnection(
                            properties.get("veza.postgres.analytics.url"),
                            properties.get("veza.postgres.analyst.username"),
                            properties.get("veza.postgres.analyst.password"));
                    var statement = analyst.createStatement()) {
                for (String query : queries) {
                    assertThatCode(() -> statement.executeQuery(query))
                            .as(query)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    /** Indented lines that are SQL, without their comments. */
    private static List<String> queries() throws IOException {
        String sql = Files.readAllLines(Path.of("ANALYTICS.md")).stream()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.replaceFirst("--.*", "").replace("'...'", "'" + new UUID(0, 0) + "'"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(sql.split(";"))
                .map(text -> text.replaceFirst("(?s)^.*?(?=\\bSELECT\\b)", ""))
                .filter(text -> text.startsWith("SELECT"))
                .toList();
    }
}
