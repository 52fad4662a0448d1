package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Prints events, one a line: for people, in colours on a terminal, or as JSON for programs. */
final class EventLines {

    private static final int LONGEST_PAYLOAD = 120;
    private static final String POSITION = "\033[33m";
    private static final String TIME = "\033[2m";
    private static final String TYPE = "\033[1;36m";
    private static final String TAGS = "\033[32m";
    private static final String PLAIN = "\033[0m";

    private final PrintWriter out;
    private final boolean json;
    private final boolean colours;

    EventLines(PrintWriter out, boolean json, boolean colours) {
        this.out = out;
        this.json = json;
        this.colours = colours;
    }

    /** Whether somebody looks at standard output, and does not mind colours. */
    static boolean onTerminal() {
        return System.getenv("NO_COLOR") == null
                && System.console() != null
                && System.console().isTerminal();
    }

    void print(JsonNode event) {
        out.println(json ? event.toString() : line(event));
    }

    /** The events of one correlation, each below the one that led to it, with the one that was asked for marked. */
    void printTree(JsonNode answer) {
        if (json) {
            out.println(answer.toString());
            return;
        }
        long asked = answer.at("/event/position").asLong();
        out.println("correlation " + safe(answer.path("correlationId").asString("none")));
        for (JsonNode one : answer.path("correlation")) {
            JsonNode event = one.path("event");
            String mark = event.path("position").asLong() == asked ? "* " : "  ";
            out.println(mark
                    + "   ".repeat(one.path("depth").asInt())
                    + (one.path("depth").asInt() > 0 ? "└─ " : "")
                    + line(event));
        }
        if (!answer.path("complete").asBoolean()) {
            out.println("  ... and more than are shown");
        }
    }

    private String line(JsonNode event) {
        String tags = StreamSupport.stream(event.path("tags").spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(" "));
        return coloured(POSITION, "%8d".formatted(event.path("position").asLong())) + "  "
                + coloured(TIME, safe(event.path("time").asString())) + "  "
                + coloured(TYPE, safe(event.path("type").asString())) + "  "
                + coloured(TAGS, safe(tags)) + "  "
                + shortened(safe(event.path("payload").toString()));
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_PAYLOAD
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_PAYLOAD)) + "…";
    }

    /** Whoever wrote an event may not steer the terminal of who reads it. */
    static String safe(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
