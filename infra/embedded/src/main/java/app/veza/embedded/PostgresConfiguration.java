package app.veza.embedded;

import java.nio.file.Path;

/** The configuration files of one server, written anew before each start. */
final class PostgresConfiguration {

    private PostgresConfiguration() {}

    /** Sized for two cores and some GB that four servers and a JVM share. */
    static void write(PostgresCluster cluster, String roleSettings) {
        PrivateFiles.write(cluster.data().resolve("postgresql.conf"), """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                cluster_name = '%s'
                max_connections = 120
                password_encryption = 'scram-sha-256'

                shared_buffers = '%s'
                effective_cache_size = '2GB'
                work_mem = '16MB'
                maintenance_work_mem = '128MB'
                huge_pages = 'off'
                # Compiling a query costs more than running ours
                jit = off
                # Data lies on SSD or in memory
                random_page_cost = 1.1
                io_workers = 2

                fsync = %s
                synchronous_commit = on
                wal_level = replica
                wal_compression = on
                max_wal_size = '2GB'
                min_wal_size = '%s'
                # Segments that are done with are removed, and not kept, with all that stands in them, to be written over some time
                wal_recycle = off
                checkpoint_timeout = '15min'
                max_wal_senders = 10
                max_replication_slots = 10
                # A replica that is away for long is copied anew; its slot must not fill the disk
                max_slot_wal_keep_size = '4GB'
                # Nobody here listens for notifications; the default is 8 GB of disk for whoever sends some
                max_notify_queue_pages = 64

                timezone = 'UTC'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] %%q%%u@%%d '
                log_min_duration_statement = '1s'
                # What statements and rows say may be personal, and does not belong into a log
                log_parameter_max_length = 0
                log_error_verbosity = terse
                log_lock_waits = on
                track_io_timing = on
                %s""".formatted(
                        Ports.HOST,
                        cluster.port(),
                        cluster.name(),
                        cluster.throwAway() ? "64MB" : "192MB",
                        cluster.throwAway() ? "off" : "on",
                        cluster.throwAway() ? "80MB" : "256MB",
                        roleSettings));
        PrivateFiles.write(
                cluster.data().resolve("pg_hba.conf"), """
                host all         all %1$s/32 scram-sha-256
                host replication %2$s %1$s/32 scram-sha-256
                """.formatted(Ports.HOST, PostgresCluster.REPLICATOR));
    }

    /** For a standby of the primary. */
    static String replicaSettings(PostgresCluster primary, String slot) {
        return """

                primary_conninfo = 'host=%s port=%d user=%s password=%s application_name=%s'
                primary_slot_name = '%s'
                hot_standby = on
                # Rows that a query here still sees are not vacuumed there
                hot_standby_feedback = on
                # Reads must not hold up replication: what they would miss is worth more than a rare cancelled query
                max_standby_streaming_delay = '1s'
                wal_receiver_status_interval = '1s'
                # Default 5 s: how long reads stay behind after the primary was restarted
                wal_retrieve_retry_interval = '200ms'
                """.formatted(
                        Ports.HOST,
                        primary.port(),
                        PostgresCluster.REPLICATOR,
                        primary.secrets().replicator(),
                        slot,
                        slot);
    }

    /** Where the process id and the state of the running server stand. */
    static Path stateFile(PostgresCluster cluster) {
        return cluster.data().resolve("postmaster.pid");
    }
}
