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

/** A node of the log in a process of its own. Arguments: NATS URL, stream, index directory. */
final class NodeProcess {

    private NodeProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        long self = ProcessHandle.current().pid();
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (EventLog log = Logs.open(arguments[0], arguments[1], Path.of(arguments[2]))) {
            var appends = new LogContestant(log, new VezaEvents(new JacksonEventCodec(EventTypes.byName())), self);
            System.out.println("open");
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                String[] words = command.split(" ");
                switch (words[0]) {
                    case "append" ->
                        System.out.println(new ClosedLoop(appends, Integer.parseInt(words[1]), 1)
                                .run(Duration.ofMillis(Long.parseLong(words[2])))
                                .appends());
                    case "role" -> System.out.println(log.isSequencing());
                    default -> throw new IllegalArgumentException(command);
                }
            }
        }
    }
}
