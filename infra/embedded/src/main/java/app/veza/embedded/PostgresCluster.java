package app.veza.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * What is the same for a primary and a replica of one cluster: where it is and who may enter.
 *
 * @param throwAway its data need not survive a loss of power
 * @param analysts whether it has the role {@link AnalystRole}
 */
record PostgresCluster(
        String name,
        Path directory,
        boolean throwAway,
        boolean analysts,
        int port,
        String database,
        PostgresSecrets secrets) {

    static final String SUPERUSER = "postgres";
    static final String USER = "veza";
    static final String REPLICATOR = "replicator";

    Path data() {
        return directory.resolve("data");
    }

    String url(String database) {
        return "jdbc:postgresql://" + Ports.HOST + ":" + port + "/" + database;
    }

    Connection superuser(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", secrets.superuser());
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(url(database), properties);
    }

    EmbeddedPlatformException failed(String what, SQLException e) {
        return new EmbeddedPlatformException(
                "%s: %s failed (%s); see its log in %s.".formatted(name, what, e.getMessage(), directory), e);
    }
}
