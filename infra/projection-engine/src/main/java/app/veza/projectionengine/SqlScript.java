package app.veza.projectionengine;

import java.sql.Statement;
import org.jooq.DSLContext;

/** Several statements sent as they stand, in one round trip; jOOQ would look for bind variables in them. */
final class SqlScript {
    private SqlScript() {}

    static void run(DSLContext tx, String script) {
        tx.connection(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(script);
            }
        });
    }
}
