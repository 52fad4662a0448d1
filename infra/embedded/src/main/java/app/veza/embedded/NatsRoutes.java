package app.veza.embedded;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a NATS server reaches the others of its cluster.
 *
 * @param port on which it listens for them
 * @param ports of all servers' routes, its own among them: a server skips itself
 */
record NatsRoutes(String cluster, int port, List<Integer> ports, String password) {

    private static final String USER = "route";

    /** Clients are given every server's address and learn none by themselves, for what they would learn has no password. */
    String render() {
        return """
                cluster {
                  name: "%s"
                  listen: "%s:%d"
                  no_advertise: true
                  authorization { user: "%s", password: "%s" }
                  routes: [ %s ]
                }
                """.formatted(
                cluster,
                Ports.HOST,
                port,
                USER,
                password,
                ports.stream()
                        .map(other -> "\"nats-route://%s:%s@%s:%d\"".formatted(USER, password, Ports.HOST, other))
                        .collect(Collectors.joining(", ")));
    }
}
