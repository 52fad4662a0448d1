package app.veza.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hot standby: a copy of its primary, which it follows; copied again whenever it cannot be what it should be. */
record ReplicaPreparation(PostgresCluster cluster, PostgresCluster primary, Credentials credentials)
        implements PostgresPreparation {

    private static final Logger log = LoggerFactory.getLogger(ReplicaPreparation.class);
    private static final String SLOT = "replica";

    @Override
    public void beforeStart() {
        try (Connection connection = primary.superuser("postgres")) {
            if (!isFit(connection)) {
                copyFromPrimary(connection);
            }
        } catch (SQLException e) {
            if (Files.notExists(cluster.data().resolve("standby.signal"))) {
                throw primary.failed("copying it to the replica", e);
            }
            // The primary is away: the copy may serve reads meanwhile
            log.warn("{} starts without having seen {}: {}", cluster.name(), primary.name(), e.getMessage());
        }
        PostgresConfiguration.write(cluster, PostgresConfiguration.replicaSettings(primary, SLOT));
        credentials.own(cluster.directory());
    }

    @Override
    public void afterStart() {}

    /** Takes the copy away, so that the next start makes a new one; not while there is nothing to copy from. */
    @Override
    public boolean repair() {
        try (Connection connection = primary.superuser("postgres")) {
            log.warn(
                    "{} is thrown away, to be copied from {}",
                    cluster.name(),
                    connection.getMetaData().getURL());
        } catch (SQLException e) {
            log.warn("{} cannot be copied again now: {}", cluster.name(), e.getMessage());
            return false;
        }
        PrivateFiles.deleteRecursively(cluster.data());
        return true;
    }

    private boolean isFit(Connection primaryConnection) throws SQLException {
        if (Files.notExists(cluster.data().resolve("standby.signal"))) {
            return false;
        }
        try (var statement = primaryConnection.prepareStatement("""
                SELECT system_identifier, EXISTS (
                  SELECT FROM pg_replication_slots WHERE slot_name = ? AND wal_status NOT IN ('lost', 'unreserved'))
                FROM pg_control_system()""")) {
            statement.setString(1, SLOT);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(2) && row.getLong(1) == systemIdentifier();
            }
        }
    }

    /** First eight bytes of pg_control: tells clusters apart, and is the same in all copies of one. */
    private long systemIdentifier() {
        try (var control = FileChannel.open(cluster.data().resolve("global/pg_control"))) {
            var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            return control.read(bytes) == Long.BYTES ? bytes.flip().getLong() : 0;
        } catch (IOException e) {
            log.warn("{} is damaged: {}", cluster.name(), e.toString());
            return 0;
        }
    }

    private void copyFromPrimary(Connection connection) throws SQLException {
        log.info("{} is copied from {}", cluster.name(), primary.name());
        Path fresh = cluster.directory().resolve("data.new");
        PrivateFiles.deleteRecursively(cluster.data());
        PrivateFiles.deleteRecursively(fresh);
        PrivateFiles.directory(fresh);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s'"
                            .formatted(SLOT));
            // Reserved at once: all that is written from here on is kept for the copy
            statement.execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(SLOT));
            statement.execute("SELECT pg_backup_start('replica', true)");
            BaseBackup.copy(primary.data(), fresh);
            try (var row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                PrivateFiles.write(fresh.resolve("backup_label"), row.getString(1));
            }
            PrivateFiles.write(fresh.resolve("standby.signal"), "");
            Files.move(fresh, cluster.data());
        } catch (IOException e) {
            throw PrivateFiles.unwritable(cluster.directory(), e);
        }
    }
}
