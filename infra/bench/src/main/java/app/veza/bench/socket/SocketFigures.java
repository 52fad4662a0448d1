package app.veza.bench.socket;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.bench.WarmUp;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Sockets of a platform of three nodes, with load clients in processes of their own on the same machine. */
public final class SocketFigures {

    private static final int SENDERS = 256;
    private static final List<Integer> ROOM_SIZES = List.of(2, 100, 1_000);
    private static final List<Integer> DELIVERIES = List.of(1_000, 10_000);

    /** In seconds, of what is then measured. */
    private static final int WARM_UP = 5;

    /** What can be measured of sockets. */
    public enum Part {
        HELD,
        DELIVERY,
        ACCEPTED,
        RESUMED
    }

    private final JsonNode status;
    private final Settings settings;
    private final Figures figures;
    private final List<URI> gateways;
    private int started;

    /**
     * @param parts to measure
     * @param tokens of people who are members of all rooms
     * @param rooms one at least
     * @param held connections over all nodes
     * @param back connections that come back at once
     * @param seconds of each load
     */
    public record Settings(Set<Part> parts, List<String> tokens, List<String> rooms, int held, int back, int seconds) {}

    private SocketFigures(JsonNode status, Settings settings, Figures figures) {
        this.status = status;
        this.settings = settings;
        this.figures = figures;
        this.gateways = status.path("nodes")
                .valueStream()
                .map(node -> URI.create(node.path("ws").asString()))
                .toList();
    }

    /** @param status what {@code ./veza status --json} tells */
    public static void measure(JsonNode status, Settings settings, Figures figures)
            throws IOException, InterruptedException, SQLException {
        var run = new SocketFigures(status, settings, figures);
        for (Part part : settings.parts()) {
            switch (part) {
                case HELD -> run.holding();
                case DELIVERY -> run.delivering();
                case ACCEPTED -> run.accepting();
                case RESUMED -> run.comingBack();
            }
        }
    }

    private List<RemoteSwarm> swarms() throws IOException {
        List<RemoteSwarm> swarms = new ArrayList<>();
        for (URI gateway : gateways) {
            swarms.add(swarm(gateway));
        }
        return swarms;
    }

    /** From an address of its own: the ports of those before are not free again for a minute. */
    private RemoteSwarm swarm(URI gateway) throws IOException {
        started++;
        return RemoteSwarm.start(gateway, "127.1.%d.%d".formatted(started / 250, started % 250 + 1), settings.tokens());
    }

    private static List<String> askAll(List<RemoteSwarm> swarms, String order, Object... arguments) throws IOException {
        for (RemoteSwarm swarm : swarms) {
            swarm.order(order, arguments);
        }
        List<String> answers = new ArrayList<>();
        for (RemoteSwarm swarm : swarms) {
            answers.add(swarm.answer());
        }
        return answers;
    }

    private static void closeAll(List<RemoteSwarm> swarms) {
        swarms.forEach(RemoteSwarm::close);
    }

    private List<Long> pids() {
        return IntStream.rangeClosed(1, gateways.size())
                .mapToObj(node -> status.path("processes").path("node-" + node).asLong())
                .toList();
    }

    /** Rooms of a size at a rate. Sizes are over all nodes. */
    private void delivering() throws IOException {
        warmUp();
        for (int size : ROOM_SIZES) {
            for (int rate : DELIVERIES) {
                latency(size, rate);
            }
        }
    }

    private void warmUp() throws IOException {
        List<RemoteSwarm> swarms = swarms();
        try {
            askAll(swarms, "connect", SENDERS / swarms.size());
            askAll(swarms, "talk", rooms(), SENDERS / swarms.size(), WarmUp.OF_PLATFORM.toSeconds());
        } finally {
            closeAll(swarms);
        }
    }

    /** How much is taken and made durable. */
    private void accepting() throws IOException {
        warmUp();
        List<RemoteSwarm> swarms = swarms();
        try {
            askAll(swarms, "connect", SENDERS / swarms.size());
            askAll(swarms, "talk", rooms(), SENDERS / swarms.size(), WARM_UP);
            CpuClock clock = new CpuClock(pids().getFirst());
            CpuClock.Reading before = clock.read();
            double sum = askAll(swarms, "talk", rooms(), SENDERS / swarms.size(), settings.seconds()).stream()
                    .mapToDouble(Double::parseDouble)
                    .sum();
            CpuClock.Reading used = clock.read().since(before);
            figures.add(
                    "messages accepted over " + SENDERS + " sockets, durable",
                    "5,000/s",
                    "%,.0f/s; first node's CPU a message taken by any: %.0f us",
                    sum,
                    used.server() / 1000.0 / (sum * settings.seconds()));
        } finally {
            closeAll(swarms);
        }
    }

    private void latency(int size, int rate) throws IOException {
        String room = settings.rooms().getFirst();
        List<RemoteSwarm> swarms = swarms();
        RemoteSwarm speakers = swarm(gateways.getFirst());
        try {
            double perSecond = (double) rate / size;
            int senders = Math.clamp((long) Math.ceil(perSecond / 20), 1, SENDERS);
            speakers.ask("connect", senders);
            for (int i = 0; i < swarms.size(); i++) {
                int share = size / swarms.size() + (i < size % swarms.size() ? 1 : 0);
                if (share > 0) {
                    swarms.get(i).ask("connect", share);
                    swarms.get(i).ask("subscribe", room, share);
                }
            }
            speakers.ask("say", room, senders, perSecond, WARM_UP);
            for (RemoteSwarm swarm : swarms) {
                swarm.report();
            }
            speakers.ask("say", room, senders, perSecond, settings.seconds());
            long deliveries = 0;
            double p50 = 0;
            double p99 = 0;
            for (RemoteSwarm swarm : swarms) {
                Swarm.Report report = swarm.report();
                deliveries += report.deliveries();
                p50 = Math.max(p50, report.p50Millis());
                p99 = Math.max(p99, report.p99Millis());
            }
            figures.add(
                    "send to receive, room of %,d, %,d deliveries/s due".formatted(size, rate),
                    "p99 < 50 ms",
                    "p50 %.1f ms, p99 %.1f ms (slowest node); %,d deliveries",
                    p50,
                    p99,
                    deliveries);
        } finally {
            closeAll(swarms);
            speakers.close();
        }
    }

    private String rooms() {
        return String.join(",", settings.rooms());
    }

    private void comingBack() throws IOException, SQLException {
        List<RemoteSwarm> swarms = swarms();
        RemoteSwarm speaker = swarm(gateways.getFirst());
        try {
            int each = settings.back() / swarms.size();
            askAll(swarms, "connect", each);
            askAll(swarms, "subscribe", rooms(), each);
            speaker.ask("connect", settings.rooms().size());
            speaker.ask("subscribe", rooms(), settings.rooms().size());
            sayEverywhere(speaker, 1);
            askAll(swarms, "settle");
            askAll(swarms, "cut");
            sayEverywhere(speaker, 20);
            String last = speaker.ask("positions", settings.rooms().size());
            Database before = database();
            double slowest = askAll(swarms, "resume", rooms(), last).stream()
                    .mapToDouble(Double::parseDouble)
                    .max()
                    .orElseThrow();
            Database after = database();
            figures.add(
                    "%,d come back at once, each 20 messages behind".formatted(each * swarms.size()),
                    "-",
                    "all current after %.1f s; the databases did %,d transactions and read %,d rows meanwhile",
                    slowest,
                    after.transactions() - before.transactions(),
                    after.rows() - before.rows());
        } finally {
            closeAll(swarms);
            speaker.close();
        }
    }

    private void sayEverywhere(RemoteSwarm speaker, int times) throws IOException {
        for (String room : settings.rooms()) {
            speaker.ask("say", room, 1, 40, times / 40.0);
        }
    }

    /** Of primary and replica together. */
    private record Database(long transactions, long rows) {}

    private Database database() throws SQLException {
        long transactions = 0;
        long rows = 0;
        for (String name : List.of("postgresPrimary", "postgresReplica")) {
            JsonNode store = status.path("stores").path(name);
            Properties login = new Properties();
            login.setProperty("user", store.path("username").asString());
            login.setProperty("password", store.path("password").asString());
            try (Connection sql =
                            DriverManager.getConnection(store.path("jdbcUrl").asString(), login);
                    Statement statement = sql.createStatement();
                    ResultSet counted = statement.executeQuery("select xact_commit + xact_rollback, tup_returned"
                            + " from pg_stat_database where datname = current_database()")) {
                counted.next();
                transactions += counted.getLong(1);
                rows += counted.getLong(2);
            }
        }
        return new Database(transactions, rows);
    }

    private void holding() throws IOException, InterruptedException {
        // Code that is compiled and buffers that are kept are not of a connection
        hold(settings.held() / 5);
        hold(settings.held());
    }

    private void hold(int connections) throws IOException, InterruptedException {
        List<RemoteSwarm> swarms = swarms();
        try {
            List<NodeMemory> before = memory();
            int each = connections / swarms.size();
            double seconds = askAll(swarms, "connect", each).stream()
                    .mapToDouble(Double::parseDouble)
                    .max()
                    .orElseThrow();
            askAll(swarms, "subscribe", settings.rooms().getLast(), each);
            List<NodeMemory> after = memory();
            long heap = sum(after, NodeMemory::heap) - sum(before, NodeMemory::heap);
            long outside = sum(after, NodeMemory::outside) - sum(before, NodeMemory::outside);
            long resident = sum(after, NodeMemory::resident) - sum(before, NodeMemory::resident);
            int held = each * swarms.size();
            figures.add(
                    "%,d connections held over %d nodes, each in a room".formatted(held, swarms.size()),
                    "50,000",
                    "opened in %.1f s (%,.0f/s)",
                    seconds,
                    held / seconds);
            figures.add("heap of a connection", "< 8 KiB", "%.1f KiB", heap / 1024.0 / held);
            figures.add("resident outside of the heap, a connection", "< 8 KiB", "%.1f KiB", outside / 1024.0 / held);
            figures.add(
                    "resident, a connection, with what is free in the heap", "-", "%.1f KiB", resident / 1024.0 / held);
        } finally {
            closeAll(swarms);
        }
    }

    private List<NodeMemory> memory() throws IOException, InterruptedException {
        List<NodeMemory> memory = new ArrayList<>();
        for (long pid : pids()) {
            memory.add(NodeMemory.of(pid));
        }
        return memory;
    }

    private static long sum(List<NodeMemory> memory, ToLongFunction<NodeMemory> part) {
        return memory.stream().mapToLong(part).sum();
    }
}
