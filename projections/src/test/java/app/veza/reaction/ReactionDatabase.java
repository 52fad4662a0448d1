package app.veza.reaction;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.stores.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database with the tables of reactions, for the tests of a class: each finds it empty. */
public final class ReactionDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private @Nullable FreshDatabase fresh;

    @Override
    public void beforeAll(ExtensionContext tests) {
        fresh = EmbeddedPlatform.shared().freshDatabase();
        source.setUrl(fresh.properties().get("veza.postgres.primary.url"));
        source.setUser(fresh.properties().get("veza.postgres.primary.username"));
        source.setPassword(fresh.properties().get("veza.postgres.primary.password"));
        Migrations.run(source, "app/veza/reaction/migrations", "reaction");
    }

    public DataSource source() {
        return source;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
        run("truncate reaction.position, reaction.outbox, reaction.webhook");
    }

    public void run(String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** The first column. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        fresh.close();
    }
}
