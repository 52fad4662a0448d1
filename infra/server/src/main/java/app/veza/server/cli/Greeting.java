package app.veza.server.cli;

import java.util.concurrent.ThreadLocalRandom;

/** What {@code up} prints once the platform is healthy: where it is, and three lines that can be pasted into a shell. */
final class Greeting {

    private Greeting() {}

    static String text(NodeAddress node, DataDirectory data, String howToStop) {
        return """

                Veza is up.
                  API     %1$s (described by %1$s/openapi.json)
                  Socket  %2$s
                  Data    %3$s

                Register, log in, open a room:
                %4$s
                %5$s""".formatted(node.http(), node.ws(), data.root(), firstSteps(node.http()), howToStop);
    }

    /** Another name every time: the first one is taken when the same platform is started again. */
    private static String firstSteps(String api) {
        String name = "ada-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        return """
                  curl -sS %1$s/auth/register -H 'Content-Type: application/json' -d '{"username":"%2$s","email":"%2$s@example.org","password":"correct horse battery"}'
                  TOKEN=$(curl -sS %1$s/auth/login -H 'Content-Type: application/json' -d '{"username":"%2$s","password":"correct horse battery"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                  curl -sS %1$s/api/rooms -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"name":"Lobby","visibility":"public"}'
                """.formatted(api, name);
    }
}
