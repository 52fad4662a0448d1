package app.veza.server.cli;

import app.veza.server.journey.Client;
import app.veza.server.journey.Client.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One who writes in a room, now at this node and now at that: says something, corrects it, takes it away, applauds. */
final class RoomTraffic {

    private final List<Client> nodes;
    private final String messages;
    private final long from;
    private final Random random;
    private final List<String> own = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();

    /** @param from position of the room, which every node has to have read */
    RoomTraffic(List<Client> nodes, String messages, long from, long seed) {
        this.nodes = nodes;
        this.messages = messages;
        this.from = from;
        this.random = new Random(seed);
    }

    /** What is refused or not answered, as by a node that dies, is not repeated: the log tells what became of it. */
    void write(BooleanSupplier ends) {
        for (int i = 0; !ends.getAsBoolean(); i++) {
            try {
                if (one(i).status() < 300) {
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
