package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.cli.ThreeNodes.Killed;
import app.veza.server.cli.ThreeNodes.Person;
import app.veza.server.journey.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A room in which two write, at all nodes, and four follow who are cut again and again, while a node is killed. */
final class Gale {

    private final ThreeNodes nodes;
    private final Person writer;
    private final Answer created;
    private final String room;
    private final String messages;
    private final List<Wanderer> wanderers;
    private final List<RoomTraffic> traffic;
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);

    Gale(ThreeNodes nodes) {
        this.nodes = nodes;
        this.writer = nodes.person();
        this.created = writer.at(1).post("/api/rooms", Map.of("name", "Gale", "visibility", "public"));
        this.room = created.text("roomId");
        this.messages = "/api/rooms/" + room + "/messages";
        String log = created.headers().firstValue("Veza-Log").orElseThrow();
        List<String> addresses = nodes.sockets();
        var place = new Wanderer.Place(room, log, created.position());
        wanderers = IntStream.range(0, 4)
                .mapToObj(seed -> new Wanderer(addresses, writer.token(), place, seed))
                .toList();
        traffic = IntStream.range(0, 2)
                .mapToObj(seed ->
                        new RoomTraffic(writer.everywhere(), messages, created.position(), this::seenByAll, seed))
                .toList();
    }

    private long seenByAll() {
        return wanderers.stream().mapToLong(Wanderer::seen).min().orElseThrow();
    }

    List<Wanderer> wanderers() {
        return wanderers;
    }

    /** For so long at least, and until the node was killed so often and is back; then until everyone has seen all. */
    void blow(Duration time, int kills) throws Exception {
        long start = System.nanoTime();
        AtomicBoolean killed = new AtomicBoolean();
        BooleanSupplier ends = () -> killed.get() && System.nanoTime() - start > time.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            traffic.forEach(one -> writing.add(threads.submit(() -> one.write(ends))));
            List<Future<?>> following = new ArrayList<>();
            wanderers.forEach(one -> following.add(threads.submit(() -> one.follow(last))));
            try {
                for (int kill = 0; kill < kills; kill++) {
                    int before = traffic.getFirst().written();
                    await().atMost(Duration.ofMinutes(3))
                            .until(() -> traffic.getFirst().written() > before + 10);
                    Killed node = nodes.kill(2);
                    node.awaitBack();
                }
                killed.set(true);
                for (Future<?> one : writing) {
                    one.get(5, TimeUnit.MINUTES);
                }
                last.set(writer.at(1).post(messages, Map.of("text", "The end")).position());
                for (Future<?> one : following) {
                    one.get(5, TimeUnit.MINUTES);
                }
            } catch (Throwable failure) {
                // whoever writes and follows would go on for ever
                last.set(0);
                threads.shutdownNow();
                throw failure;
            }
        }
    }

    /** Positions of what the log itself has of the room's messages. */
    List<Long> logged() {
        var events = nodes.veza()
                .run(
                        "events",
                        "--json",
                        "--tag",
                        "room:" + room,
                        "--type",
                        "chat.MessageSent",
                        "--type",
                        "chat.MessageEdited",
                        "--type",
                        "chat.MessageDeleted",
                        "--type",
                        "chat.ReactionAdded",
                        "--type",
                        "chat.ReactionRemoved",
                        "--from",
                        Long.toString(created.position() + 1),
                        "--to",
                        Long.toString(last.get()));
        assertThat(events.exitCode()).as(events.output()).isZero();
        return events.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line).path("position").asLong())
                .toList();
    }

    /** Messages as reads have them, by id. */
    Map<String, JsonNode> history() {
        Map<String, JsonNode> byId = new HashMap<>();
        MessageLoad.items(writer.at(1), messages, last.get())
                .forEach(item -> byId.put(item.path("id").asString(), item));
        return byId;
    }
}
