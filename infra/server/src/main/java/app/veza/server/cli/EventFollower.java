package app.veza.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import sun.misc.Signal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints events as they come, from a position on. When the node goes away it waits for the next one and goes on from there. */
final class EventFollower {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PAUSE_MILLIS = 300;

    private final AdminApi api;
    private final AdminApi.Query filter;
    private final EventLines lines;
    private final PrintWriter out;
    private final PrintWriter err;
    /** Id of the last event that was seen, as the stream gives them: whoever follows another log is told so by the platform. */
    private String after;

    /** Named by the block that is being read; it counts once the block has ended. */
    private String named;

    private boolean told;

    /** @param after what was read already reaches up to its position */
    EventFollower(
            AdminApi api,
            AdminApi.Query filter,
            AdminApi.Answer after,
            EventLines lines,
            PrintWriter out,
            PrintWriter err) {
        this.api = api;
        this.filter = filter;
        this.after = after.log() + ":" + after.position();
        this.named = this.after;
        this.lines = lines;
        this.out = out;
        this.err = err;
    }

    /** Ctrl-C is how following ends: between two lines, and with success. */
    void endOnSignal() {
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                synchronized (out) {
                    out.flush();
                    Runtime.getRuntime().halt(0);
                }
            });
        }
    }

    /**
     * Returns when nobody reads standard output any more.
     *
     * @throws CommandFailure when the platform is stopped, or its log was replaced by another one
     */
    void follow() throws InterruptedException {
        while (!out.checkError()) {
            try (var reader = new BufferedReader(new InputStreamReader(
                    api.stream("/api/admin/events/stream", filter, after), StandardCharsets.UTF_8))) {
                told = false;
                read(reader);
            } catch (IOException lost) {
                if (!told) {
                    err.println("veza: The node does not answer; following goes on behind position %s when it does."
                            .formatted(after.substring(after.indexOf(':') + 1)));
                    told = true;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void read(BufferedReader reader) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data: ")) {
                JsonNode event = JSON.readTree(line.substring("data: ".length()));
                synchronized (out) {
                    lines.print(event);
                    after = named;
                    if (out.checkError()) {
                        return;
                    }
                }
            } else if (line.startsWith("id: ")) {
                named = line.substring("id: ".length());
            } else if (line.isEmpty()) {
                after = named;
            }
        }
    }
}
