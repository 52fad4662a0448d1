package app.veza.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three NATS servers on the loopback address that hold every stream of three replicas together: two of them can append while the
 * third is away. Servers are named by their index, 0 to 2. Ports and secrets are kept in the directory. None is started
 * again by itself.
 */
public final class NatsCluster implements AutoCloseable {

    public static final int SIZE = 3;

    private static final Duration USABLE_WITHIN = Duration.ofSeconds(60);
    private static final Duration LEADER_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ServerDirectory directory;
    private final List<NatsServer> servers;
    private final Set<NatsServer> paused = ConcurrentHashMap.newKeySet();

    private NatsCluster(ServerDirectory directory, List<NatsServer> servers) {
        this.directory = directory;
        this.servers = servers;
    }

    /** Returns once a stream of three replicas can be made. */
    public static NatsCluster start(NatsClusterOptions options) {
        var directory = ServerDirectory.of(options.directory(), "nats-cluster");
        var remembered = RememberedProperties.in(directory.resolve("cluster.properties"));
        var secrets = NatsSecrets.in(remembered, null);
        String routePassword = remembered.get("route-password", Secrets::generate);
        List<Integer> routePorts = ports(remembered, "route-port-");
        List<Integer> clientPorts = ports(remembered, "client-port-");
        var servers = new ArrayList<NatsServer>();
        var cluster = new NatsCluster(directory, servers);
        try {
            for (int i = 0; i < SIZE; i++) {
                String name = "nats-" + (i + 1);
                servers.add(NatsServer.start(
                        options.ofServer(directory, name, clientPorts.get(i)),
                        ServerDirectory.of(directory.resolve(name), name),
                        name,
                        secrets,
                        new NatsRoutes("veza", routePorts.get(i), routePorts, routePassword)));
            }
            cluster.awaitUsable();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static List<Integer> ports(RememberedProperties remembered, String key) {
        return IntStream.range(0, SIZE)
                .map(i -> {
                    int port = Integer.parseInt(remembered.get(key + i, () -> Integer.toString(Ports.free())));
                    int usable = Ports.isFree(port) ? port : Ports.free();
                    remembered.put(key + i, Integer.toString(usable));
                    return usable;
                })
                .boxed()
                .toList();
    }

    private void awaitUsable() {
        await(
                "can hold a stream of three replicas",
                USABLE_WITHIN,
                () -> isUsable() ? Optional.of(true) : Optional.empty());
    }

    private boolean isUsable() {
        return servers.stream().allMatch(NatsClusterProbe::isCurrent)
                && NatsClusterProbe.takesReplicas(servers.getFirst(), SIZE);
    }

    /** Of all servers, separated by commas, with user and password of the account that alone may publish to {@code veza.events.>}. */
    public String url() {
        return String.join(",", urls());
    }

    /** One for each server, by index. */
    public List<String> urls() {
        return servers.stream().map(NatsServer::url).toList();
    }

    public Map<String, String> properties() {
        return Map.of("veza.nats.url", url());
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill(int server) {
        servers.get(server).kill();
        paused.remove(servers.get(server));
    }

    /** Starts a server again with its data, after it was killed or in its running; returns once its copies are current. */
    public void restart(int server) {
        servers.get(server).restart();
        paused.remove(servers.get(server));
        awaitCurrent(server);
    }

    /** Starts all servers again with their data, whether they run or not; returns once the cluster is usable. */
    public void restartAll() {
        servers.forEach(NatsServer::restart);
        paused.clear();
        awaitUsable();
    }

    /** SIGSTOP: it keeps its connections and answers nobody, as on a machine that hangs. */
    public void pause(int server) {
        servers.get(server).pause();
        paused.add(servers.get(server));
    }

    /** SIGCONT: it goes on where it was, and may believe for a moment that it still leads. */
    public void resume(int server) {
        servers.get(server).resume();
        paused.remove(servers.get(server));
    }

    public boolean isRunning(int server) {
        return servers.get(server).isRunning();
    }

    public long pid(int server) {
        return servers.get(server).pid();
    }

    /** Waits until the server takes part in the cluster and has what the others have. */
    public void awaitCurrent(int server) {
        await(
                "has " + servers.get(server).serverName() + " with current copies",
                USABLE_WITHIN,
                () -> NatsClusterProbe.isCurrent(servers.get(server)) ? Optional.of(true) : Optional.empty());
    }

    /** Index of the server that leads the stream, once there is one that runs: not the one that was killed or paused just now. */
    public int leaderOf(String stream) {
        return awaitLeader("has a leader of stream " + stream, server -> NatsClusterProbe.leader(server, stream));
    }

    /** Index of the server that places streams, once there is one that runs. */
    public int metaLeader() {
        return awaitLeader("has a meta leader", NatsClusterProbe::metaLeader);
    }

    private int awaitLeader(String what, Function<NatsServer, Optional<String>> told) {
        return await(
                what,
                LEADER_WITHIN,
                () -> servers.stream()
                        .filter(this::serves)
                        .map(told)
                        .flatMap(Optional::stream)
                        .flatMap(leader -> servers.stream()
                                .filter(server -> server.serverName().equals(leader)))
                        .filter(this::serves)
                        .map(servers::indexOf)
                        .findFirst());
    }

    private boolean serves(NatsServer server) {
        return server.isRunning() && !paused.contains(server);
    }

    private <T> T await(String what, Duration atMost, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(atMost);
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new EmbeddedPlatformException(
                        "The NATS cluster in %s does not come to where it %s within %d s (serving: %s)."
                                .formatted(directory.path(), what, atMost.toSeconds(), serving()));
            }
            ServerProcess.pause(LOOK_EVERY);
        }
    }

    private String serving() {
        return servers.stream().filter(this::serves).map(NatsServer::serverName).collect(Collectors.joining(", "));
    }

    /** Stops all, also paused ones, in good order. Data in a temporary directory is deleted. */
    @Override
    public void close() {
        servers.forEach(NatsServer::close);
        directory.deleteIfTemporary();
    }
}
