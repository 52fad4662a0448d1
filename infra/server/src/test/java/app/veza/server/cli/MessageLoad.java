package app.veza.server.cli;

import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client;
import app.veza.server.journey.Client.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * One sender on each node, one message after the other. What is not acknowledged is sent again, under the same id, to the next
 * node, as a client behind a load balancer does.
 */
final class MessageLoad implements AutoCloseable {

    private static final int PAGE = 100;

    private final List<Client> nodes;
    private final String path;
    private final long from;
    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final List<AtomicInteger> acknowledged;
    private final AtomicLong lastPosition = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> senders = new ArrayList<>();
    private volatile boolean stopped;

    /** @param from position of the room, which every node has to have read */
    MessageLoad(List<Client> nodes, String path, long from) {
        this.nodes = nodes;
        this.path = path;
        this.from = from;
        this.acknowledged = nodes.stream().map(node -> new AtomicInteger()).toList();
        IntStream.range(0, nodes.size()).forEach(home -> senders.add(threads.submit(() -> send(home))));
    }

    private void send(int home) {
        for (int i = 0; !stopped; i++) {
            String text = "message " + i + " of sender " + home;
            var body = Map.of("text", text, "clientMessageId", "sender-" + home + "-" + i);
            for (int node = home; !taken(node % nodes.size(), text, body); ) {
                node++;
            }
        }
    }

    private boolean taken(int node, String text, Map<String, String> body) {
        Answer answer;
        try {
            answer = nodes.get(node).post(path, body, "Veza-Min-Position", Long.toString(from));
        } catch (UncheckedIOException died) {
            return false;
        }
        if (answer.status() == 201) {
            texts.add(text);
            acknowledged.get(node).incrementAndGet();
            lastPosition.accumulateAndGet(answer.position(), Math::max);
            return true;
        }
        if (answer.status() < 500 && answer.status() != 409) {
            throw new AssertionError("A message was refused: " + answer);
        }
        return false;
    }

    int acknowledged() {
        return texts.size();
    }

    int acknowledgedBy(int node) {
        return acknowledged.get(node).get();
    }

    long lastPosition() {
        return lastPosition.get();
    }

    Set<String> texts() {
        return texts;
    }

    /** Waits until every sender's last message is acknowledged. */
    void stop() throws InterruptedException, ExecutionException {
        stopped = true;
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    /** Of all messages that a node shows. */
    static List<String> texts(Client node, String path, long position) {
        return items(node, path, position).stream()
                .map(item -> item.path("text").asString())
                .toList();
    }

    /** All messages that a node shows, newest first. */
    static List<JsonNode> items(Client node, String path, long position) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = page(node, path + "?limit=" + PAGE + cursor, position);
            if (page.status() != 200) {
                throw new AssertionError("The history was refused: " + page);
            }
            page.body().path("items").valueStream().forEach(items::add);
            cursor = page.body().hasNonNull("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** A node that has just started may not know yet how far the read models are, and says so. */
    private static Answer page(Client node, String path, long position) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> node.get(path, "Veza-Min-Position", Long.toString(position)),
                        answer -> answer.status() != 503);
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
