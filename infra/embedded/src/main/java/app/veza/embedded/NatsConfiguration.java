package app.veza.embedded;

import java.nio.file.Path;

/** The configuration file of one NATS server. */
record NatsConfiguration(
        String serverName,
        int port,
        Path storeDirectory,
        Durability durability,
        String user,
        String password,
        String systemPassword) {

    /**
     * The payload bound is far above the event store's own, which is the one to be met. Whoever is added to the account
     * without permissions of its own may neither write the log nor administer streams.
     */
    String render() {
        return """
                server_name: "%s"
                listen: "%s:%d"
                max_payload: 8MB
                jetstream {
                  store_dir: "%s"
                  max_memory_store: 256MB
                  %s
                }
                accounts {
                  VEZA {
                    jetstream: enabled
                    default_permissions { publish: { deny: ["veza.events.>", "$JS.API.>"] } }
                    users: [
                      { user: "%s", password: "%s", permissions: { publish: ">", subscribe: ">" } }
                    ]
                  }
                  SYSTEM { users: [ { user: "system", password: "%s" } ] }
                }
                system_account: SYSTEM
                """.formatted(
                        serverName,
                        Ports.HOST,
                        port,
                        storeDirectory,
                        durability == Durability.POWER ? "sync_interval: always" : "",
                        user,
                        password,
                        systemPassword);
    }
}
