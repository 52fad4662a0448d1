package app.veza.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A database of its own for one test, on the primary, visible on the replica, and on analytics. Dropped by close. */
public final class FreshDatabase implements AutoCloseable {

    private static final Duration REPLICATION_TIME = Duration.ofSeconds(30);

    private final String name;
    private final Map<String, String> platform;

    private FreshDatabase(String name, Map<String, String> platform) {
        this.name = name;
        this.platform = platform;
    }

    static FreshDatabase create(Map<String, String> platform) {
        var database = new FreshDatabase("test_" + Secrets.generate().toLowerCase(Locale.ROOT), platform);
        try (Connection primary = database.superuser(PlatformProperties.PRIMARY);
                Connection analytics = database.superuser(PlatformProperties.ANALYTICS)) {
            PrimaryPreparation.createDatabase(primary, database.name);
            PrimaryPreparation.createDatabase(analytics, database.name);
            database.admitAnalysts();
            database.awaitReplica();
            return database;
        } catch (SQLException e) {
            throw new EmbeddedPlatformException("No database can be created for a test (" + e.getMessage() + ").", e);
        }
    }

    public String name() {
        return name;
    }

    /** All properties of the platform; those of PostgreSQL name the new databases. */
    public Map<String, String> properties() {
        var all = new TreeMap<>(platform);
        for (String server :
                new String[] {PlatformProperties.PRIMARY, PlatformProperties.REPLICA, PlatformProperties.ANALYTICS}) {
            all.put(server + ".url", url(server, name));
        }
        return all;
    }

    /**
     * A connection as the platform's own user; the caller closes it.
     *
     * @param server {@code primary} or {@code analytics}
     */
    public Connection connect(String server) throws SQLException {
        String its = "veza.postgres." + server;
        return DriverManager.getConnection(
                url(its, name), platform.get(its + ".username"), platform.get(its + ".password"));
    }

    private String url(String server, String database) {
        String url = platform.get(server + ".url");
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    private void admitAnalysts() throws SQLException {
        try (Connection analytics = superuser(PlatformProperties.ANALYTICS, name)) {
            AnalystRole.admit(analytics, PostgresCluster.USER);
        }
    }

    /** A connection to the replica as superuser, for tests that hold its replay; the caller closes it. */
    public Connection replicaSuperuser() throws SQLException {
        return superuser(PlatformProperties.REPLICA);
    }

    private Connection superuser(String server) throws SQLException {
        return superuser(server, "postgres");
    }

    private Connection superuser(String server, String database) throws SQLException {
        String password = platform.get(
                server.equals(PlatformProperties.ANALYTICS)
                        ? PlatformProperties.ANALYTICS_SUPERUSER_PASSWORD
                        : PlatformProperties.PRIMARY_SUPERUSER_PASSWORD);
        return DriverManager.getConnection(url(server, database), PostgresCluster.SUPERUSER, password);
    }

    private void awaitReplica() throws SQLException {
        Instant deadline = Instant.now().plus(REPLICATION_TIME);
        try (Connection replica = superuser(PlatformProperties.REPLICA)) {
            while (!PrimaryPreparation.exists(replica, "SELECT FROM pg_database WHERE datname = ?", name)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new EmbeddedPlatformException("The replica does not follow the primary: see its log.");
                }
                ServerProcess.pause(Duration.ofMillis(2));
            }
        }
    }

    @Override
    public void close() {
        for (String server : new String[] {PlatformProperties.PRIMARY, PlatformProperties.ANALYTICS}) {
            try (Connection connection = superuser(server);
                    var statement = connection.createStatement()) {
                statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
            } catch (SQLException e) {
                throw new EmbeddedPlatformException(
                        "The test database %s cannot be dropped (%s).".formatted(name, e.getMessage()), e);
            }
        }
    }
}
