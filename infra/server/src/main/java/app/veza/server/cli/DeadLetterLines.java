package app.veza.server.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** Dead letters as people and programs read them, one a line. */
final class DeadLetterLines {

    private static final int PAGE = 500;

    private DeadLetterLines() {}

    /** Prints every page of letters. @return what the first answer said besides */
    static JsonNode print(AdminApi api, String path, AdminApi.Query query, int most, boolean json, PrintWriter out) {
        int left = most;
        String cursor = null;
        JsonNode first = null;
        do {
            AdminApi.Query page =
                    query.copy().with("limit", Math.min(left, PAGE)).with("cursor", cursor);
            JsonNode body = api.get(path, page).body();
            first = first == null ? body : first;
            for (JsonNode letter : body.path("items")) {
                out.println(json ? letter.toString() : line(letter));
                left--;
            }
            cursor = body.path("nextCursor").asStringOpt().orElse(null);
        } while (cursor != null && left > 0 && !out.checkError());
        if (cursor != null && !json) {
            out.println("... and more: --limit shows more than " + most + ", --from begins further on.");
        }
        return first;
    }

    static String line(JsonNode letter) {
        String error = letter.path("error").asString("");
        return "%-20s %10d  %-40s %-24s %s"
                .formatted(
                        text(letter, "projection"),
                        letter.path("position").asLong(),
                        text(letter, "sequenceKey"),
                        text(letter, "eventType"),
                        error.isEmpty()
                                ? "waits behind the first of its key"
                                : "attempt %d: %s"
                                        .formatted(letter.path("attempts").asInt(), EventLines.safe(error)));
    }

    private static String text(JsonNode letter, String field) {
        return EventLines.safe(letter.path(field).asString(""));
    }
}
