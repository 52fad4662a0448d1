package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file of one NATS server.
 *
 * @param maxFileStoreBytes 0: the server's own bound
 * @param routes to the other servers of its cluster; null: it stands alone
 */
record NatsConfiguration(
        String serverName,
        int port,
        Path storeDirectory,
        Durability durability,
        long maxFileStoreBytes,
        long maxPayloadBytes,
        NatsSecrets secrets,
        @Nullable NatsRoutes routes) {

    /** Whoever is added to the account without permissions of its own may neither write the log nor administer streams. */
    String render() {
        return """
                server_name: "%s"
                listen: "%s:%d"
                max_payload: %d
                jetstream {
                  store_dir: "%s"
                  max_memory_store: 256MB
                  %s
                  %s
                }
                accounts {
                  VEZA {
                    jetstream: enabled
                    default_permissions { publish: { deny: ["veza.events.>", "_log.>", "$KV.>", "$JS.API.>"] } }
                    users: [
                      { user: "%s", password: "%s", permissions: { publish: ">", subscribe: ">" } }
                    ]
                  }
                  SYSTEM { users: [ { user: "%s", password: "%s" } ] }
                }
                system_account: SYSTEM
                %s""".formatted(
                        serverName,
                        Ports.HOST,
                        port,
                        maxPayloadBytes,
                        storeDirectory,
                        durability == Durability.POWER ? "sync_interval: always" : "",
                        maxFileStoreBytes == 0 ? "" : "max_file_store: " + maxFileStoreBytes,
                        NatsSecrets.SERVER_USER,
                        secrets.password(),
                        NatsSecrets.SYSTEM_USER,
                        secrets.systemPassword(),
                        routes == null ? "" : routes.render());
    }
}
