package app.veza.embedded;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 18 on the loopback address: a cluster of its own, or the hot standby of another one. */
public final class PostgresServer implements EmbeddedServer {

    /** The role that owns the database and that Veza connects as. */
    public static final String USER = PostgresCluster.USER;

    private final ServerDirectory directory;
    private final PostgresCluster cluster;
    private final ServerProcess process;

    private PostgresServer(ServerDirectory directory, PostgresCluster cluster, ServerProcess process) {
        this.directory = directory;
        this.cluster = cluster;
        this.process = process;
    }

    public static PostgresServer start(PostgresServerOptions options) {
        return start(options, null);
    }

    /** A read-only copy that follows the primary; it is made anew when it is missing or damaged. */
    public static PostgresServer startReplica(PostgresServerOptions options, PostgresServer primary) {
        return start(options.withDatabase(primary.cluster.database()), primary.cluster);
    }

    private static PostgresServer start(PostgresServerOptions options, @Nullable PostgresCluster primary) {
        var directory = ServerDirectory.of(options.directory(), options.name());
        var cluster = new PostgresCluster(
                options.name(),
                directory.path(),
                options.throwAway(),
                options.analysts(),
                Ports.orFree(options.port()),
                options.database(),
                primary == null ? PostgresSecrets.in(directory) : primary.secrets());
        var credentials = Credentials.forPostgres();
        var binaries = PostgresBinaries.in(credentials.cache(directory.path()));
        PostgresPreparation preparation = primary == null
                ? new PrimaryPreparation(cluster, binaries, credentials)
                : new ReplicaPreparation(cluster, primary, credentials);
        var process = new ServerProcess(new PostgresLaunch(cluster, binaries, credentials, preparation));
        process.start();
        return new PostgresServer(directory, cluster, process);
    }

    /** JDBC URL of the database, without credentials. */
    public String url() {
        return url(cluster.database());
    }

    public String url(String database) {
        return cluster.url(database);
    }

    public String database() {
        return cluster.database();
    }

    public String username() {
        return USER;
    }

    public String password() {
        return cluster.secrets().user();
    }

    public String superuser() {
        return PostgresCluster.SUPERUSER;
    }

    public String superuserPassword() {
        return cluster.secrets().superuser();
    }

    /** @param prefix as in {@code veza.postgres.analyst}: the same database for those who may only read its views */
    Map<String, String> analystProperties(String prefix) {
        return Map.of(
                prefix + ".username",
                AnalystRole.NAME,
                prefix + ".password",
                cluster.secrets().analyst());
    }

    /** @param prefix as in {@code veza.postgres.primary} */
    public Map<String, String> properties(String prefix) {
        return Map.of(prefix + ".url", url(), prefix + ".username", username(), prefix + ".password", password());
    }

    @Override
    public String name() {
        return cluster.name();
    }

    @Override
    public int port() {
        return cluster.port();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process.restart();
    }

    @Override
    public void supervised(boolean on) {
        process.supervised(on);
    }

    @Override
    public void close() {
        process.stop();
        directory.deleteIfTemporary();
    }
}
