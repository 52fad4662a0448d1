package app.veza.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what on a NATS server, or on all of a cluster.
 *
 * @param password of the server account, the only one that may publish to {@code veza.events.>}
 * @param systemPassword of the account that watches the servers
 */
record NatsSecrets(String password, String systemPassword) {

    static final String SERVER_USER = "server";
    static final String SYSTEM_USER = "system";

    /** @param wanted as password; null: generated once */
    static NatsSecrets in(RememberedProperties remembered, @Nullable String wanted) {
        return new NatsSecrets(
                wanted != null ? wanted : remembered.get("password", Secrets::generate),
                remembered.get("system-password", Secrets::generate));
    }

    String serverUrl(int port) {
        return url(SERVER_USER, password, port);
    }

    String systemUrl(int port) {
        return url(SYSTEM_USER, systemPassword, port);
    }

    private static String url(String user, String password, int port) {
        return "nats://" + user + ":" + password + "@" + Ports.HOST + ":" + port;
    }
}
