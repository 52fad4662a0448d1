package app.veza.bench.store;

import app.veza.event.EventTypes;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A node of the log in a process of its own, driven by a {@link Node}. */
final class NodeProcess implements AutoCloseable {

    private final VezaEvents events = new VezaEvents(new JacksonEventCodec(EventTypes.byName()));
    private final String natsUrl;
    private final String stream;
    private final Path index;
    private EventLog log;

    private NodeProcess(String natsUrl, String stream, Path index) {
        this.natsUrl = natsUrl;
        this.stream = stream;
        this.index = index;
        this.log = Logs.open(natsUrl, stream, index);
    }

    /** Arguments: NATS URL, stream, index directory. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (var node = new NodeProcess(arguments[0], arguments[1], Path.of(arguments[2]))) {
            System.out.println("open");
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(node.answer(command.split(" ")));
            }
        }
    }

    private String answer(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "append" -> {
                var appends =
                        new LogContestant(log, events, ProcessHandle.current().pid());
                var loop = new ClosedLoop(appends, Integer.parseInt(words[1]), 1);
                return Long.toString(
                        loop.run(Duration.ofMillis(Long.parseLong(words[2]))).appends());
            }
            case "leave" -> log.close();
            case "join" -> log = Logs.open(natsUrl, stream, index);
            case "role" -> {
                return Boolean.toString(log.isSequencing());
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return words[0];
    }

    /** Or its threads would keep the process, and whoever waits for an answer waiting. */
    @Override
    public void close() {
        log.close();
    }
}
