package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client;
import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Three nodes behind one set of stores, started as a person does, and people whose sessions began on the first of them. */
final class ThreeNodes implements AutoCloseable {

    static final int NODES = 3;

    private static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final InstalledVeza veza;
    private final List<Client> nodes;
    private final String greeting;

    ThreeNodes(Path data) {
        int port = FreePorts.inARow(2 * NODES);
        veza = new InstalledVeza(data);
        var up = veza.run(
                "up",
                "--detach",
                "--port",
                Integer.toString(port),
                "--nodes",
                Integer.toString(NODES),
                "--durability",
                "power");
        assertThat(up.exitCode()).as(up.output()).isZero();
        greeting = up.output();
        nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> new Client(NodeAddress.of(number, port).http(), null))
                .toList();
    }

    @Override
    public void close() {
        veza.run("down");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(veza.processes()).isEmpty());
    }

    /** @param token of a session that began on the first node */
    record Person(String id, String username, String token, long position, List<Client> nodes) {

        Client at(int node) {
            return nodes.get(node - 1).as(token);
        }

        /** Them at each node. */
        List<Client> everywhere() {
            return nodes.stream().map(node -> node.as(token)).toList();
        }
    }

    Person person() {
        String username = "person" + PEOPLE.incrementAndGet();
        Client first = nodes.getFirst();
        Answer registered = first.post(
                "/auth/register",
                Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        Answer login = first.post("/auth/login", Map.of("username", username, "password", PASSWORD));
        assertThat(login.status()).as(login.toString()).isEqualTo(200);
        return new Person(registered.text("userId"), username, login.text("accessToken"), login.position(), nodes);
    }

    InstalledVeza veza() {
        return veza;
    }

    /** What {@code up} printed. */
    String greeting() {
        return greeting;
    }

    List<String> statuses() {
        return veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("status").asString())
                .toList();
    }

    /** Addresses of the sockets of each node. */
    List<String> sockets() {
        return veza.status()
                .path("nodes")
                .valueStream()
                .map(node -> node.path("ws").asString())
                .toList();
    }

    /** Kills the node's process. */
    Killed kill(int node) {
        String name = "node-" + node;
        long victim = veza.pid(name);
        assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
        return new Killed(name, victim);
    }

    /** A process that was killed and that the launcher starts anew. */
    final class Killed {

        private final String name;
        private final long pid;

        private Killed(String name, long pid) {
            this.name = name;
            this.pid = pid;
        }

        /** Until the node stands again and all are well; a start takes ten seconds, or minutes beside other builds. */
        void awaitBack() {
            await().atMost(Duration.ofMinutes(6)).untilAsserted(() -> {
                assertThat(veza.pid(name)).isNotEqualTo(pid);
                assertThat(statuses()).containsOnly("up");
            });
        }
    }
}
