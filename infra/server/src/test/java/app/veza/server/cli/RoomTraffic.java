package app.veza.server.cli;

import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client;
import app.veza.server.journey.Client.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One who writes in a room, now at this node and now at that: says something, corrects it, takes it away, applauds. */
final class RoomTraffic {

    /**
     * Positions that those who follow may be behind: who is further away is waited for. On a busy machine they would fall behind by more than
     * the 10,000 events that a node replays, and be told so for ever.
     */
    private static final long FURTHEST = 2_000;

    private final List<Client> nodes;
    private final String messages;
    private final long from;
    private final LongSupplier seen;
    private final Random random;
    private final List<String> own = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private long last;

    /**
     * @param from position of the room, which every node has to have read
     * @param seen the last position that everyone who follows has seen
     */
    RoomTraffic(List<Client> nodes, String messages, long from, LongSupplier seen, long seed) {
        this.nodes = nodes;
        this.messages = messages;
        this.from = from;
        this.last = from;
        this.seen = seen;
        this.random = new Random(seed);
    }

    /** What is refused or not answered, as by a node that dies, is not repeated: the log tells what became of it. */
    void write(BooleanSupplier ends) {
        for (int i = 0; !ends.getAsBoolean(); i++) {
            await().atMost(Duration.ofMinutes(3)).until(() -> last - seen.getAsLong() < FURTHEST);
            try {
                Answer answer = one(i);
                if (answer.status() < 300) {
                    last = answer.position();
                    written.incrementAndGet();
                }
            } catch (UncheckedIOException nodeDied) {
                Thread.yield();
            }
        }
    }

    private Answer one(int number) {
        Client node = nodes.get(random.nextInt(nodes.size()));
        if (own.isEmpty() || random.nextInt(3) > 0) {
            Answer sent =
                    node.post(messages, Map.of("text", "number " + number), "Veza-Min-Position", Long.toString(from));
            if (sent.status() == 201) {
                own.add(sent.text("messageId"));
            }
            return sent;
        }
        String message = messages + "/" + own.get(random.nextInt(own.size()));
        return switch (random.nextInt(4)) {
            case 0 -> node.send("PATCH", message, "{\"text\": \"corrected " + number + "\"}");
            case 1 -> node.send("PUT", message + "/reactions/%F0%9F%91%8D", null);
            case 2 -> node.send("DELETE", message + "/reactions/%F0%9F%91%8D", null);
            default -> node.send("DELETE", message, null);
        };
    }

    /** How much was acknowledged. */
    int written() {
        return written.get();
    }
}
