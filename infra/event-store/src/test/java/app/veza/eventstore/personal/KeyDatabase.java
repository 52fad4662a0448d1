package app.veza.eventstore.personal;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own for one test's keys, on the test run's real server. */
final class KeyDatabase implements AutoCloseable {

    private final FreshDatabase fresh = EmbeddedPlatform.shared().freshDatabase();

    private final KeptConnections kept =
            new KeptConnections(source(fresh.properties().get("veza.postgres.primary.url")));

    DataSource source() {
        return kept.view();
    }

    /** Of a server that is not there. */
    DataSource away() {
        return source("jdbc:postgresql://127.0.0.1:1/veza");
    }

    private DataSource source(String url) {
        Map<String, String> properties = fresh.properties();
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(properties.get("veza.postgres.primary.username"));
        source.setPassword(properties.get("veza.postgres.primary.password"));
        return source;
    }

    void execute(String sql) {
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row. */
    List<String> query(String sql) {
        try (Connection connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kept.close();
        fresh.close();
    }
}
