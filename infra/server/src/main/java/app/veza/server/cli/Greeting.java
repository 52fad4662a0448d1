package app.veza.server.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** What {@code up} prints once the platform is healthy: where it is, and three lines that can be pasted into a shell. */
final class Greeting {

    private Greeting() {}

    /** @param stores properties of the servers in use */
    static String text(List<NodeAddress> nodes, Map<String, String> stores, DataDirectory data, String howToStop) {
        NodeAddress node = nodes.getFirst();
        return """

                Veza is up.
                  API     %1$s (described by %1$s/openapi.json)
                  Socket  %2$s
                %3$s  Data    %4$s
                  Log     %5$s

                Register, log in, open a room:
                %6$s
                %7$s""".formatted(
                        node.http(),
                        node.ws(),
                        others(nodes),
                        data.root(),
                        LogDurability.described(stores),
                        firstSteps(node),
                        howToStop);
    }

    /** Any of them serves any client. */
    private static String others(List<NodeAddress> nodes) {
        return nodes.stream()
                .skip(1)
                .map(node -> "  %-7s %s and %s%n".formatted(node.name(), node.http(), node.ws()))
                .collect(Collectors.joining());
    }

    /** Another name every time: the first one is taken when the same platform is started again. */
    private static String firstSteps(NodeAddress node) {
        String api = node.http();
        String curl = node.certificate() == null ? "curl -sS" : "curl -sS --cacert " + node.certificate();
        String name = "ada-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        return """
                  %3$s %1$s/auth/register -H 'Content-Type: application/json' -d '{"username":"%2$s","email":"%2$s@example.org","password":"correct horse battery"}'
                  TOKEN=$(%3$s %1$s/auth/login -H 'Content-Type: application/json' -d '{"username":"%2$s","password":"correct horse battery"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                  %3$s %1$s/api/rooms -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"Lobby","visibility":"public"}'
                """.formatted(api, name, curl);
    }
}
