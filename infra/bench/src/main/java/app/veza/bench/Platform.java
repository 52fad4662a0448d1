package app.veza.bench;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform that is driven as a person would: by {@code ./veza}, and by the addresses that its status tells. */
final class Platform {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final VezaScript veza;
    private final int nodes;
    private final int port;

    Platform(VezaScript veza, int nodes) throws IOException {
        this.veza = veza;
        this.nodes = nodes;
        this.port = freePort(2 * nodes);
    }

    /** One whose successors, those of the gateway and of further nodes, are free too. */
    private static int freePort(int inARow) throws IOException {
        while (true) {
            try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int first = http.getLocalPort();
                boolean free = first + inARow < 65_536;
                for (int next = 1; free && next < inARow; next++) {
                    free = isFree(first + next);
                }
                if (free) {
                    return first;
                }
            }
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (var gateway = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return gateway.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    /** Starts it, as a whole process with whatever that takes, and returns the seconds until it was healthy. */
    double up() throws IOException, InterruptedException {
        long start = System.nanoTime();
        veza.run("up", "--detach", "--port", Integer.toString(port), "--nodes", Integer.toString(nodes));
        return (System.nanoTime() - start) / 1e9;
    }

    void down() throws IOException, InterruptedException {
        veza.run("down");
    }

    Status status() throws IOException, InterruptedException {
        return new Status(JSON.readTree(veza.run("status", "--json")));
    }

    /** What {@code ./veza status --json} says. */
    record Status(JsonNode json) {

        URI http() {
            return URI.create(json.path("http").asString());
        }

        URI gateway() {
            URI socket = URI.create(json.path("ws").asString());
            return socket.resolve("/");
        }

        /** Process id of the first node. */
        long node() {
            return json.path("nodes").path(0).path("pid").asLong();
        }

        String natsUrl() {
            return json.path("stores").path("nats").path("url").asString();
        }
    }
}
