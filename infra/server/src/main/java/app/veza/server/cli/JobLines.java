package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Jobs on projections, and what comparisons found, for a person. */
final class JobLines {

    private JobLines() {}

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@code 1}, or {@code 1 rebuild 2}. */
    static String version(JsonNode one) {
        int generation = one.path("generation").asInt();
        return one.path("version").asInt() + (generation > 1 ? " rebuild " + generation : "");
    }

    /** {@code rebuild filling 40 %, 3:20 left (JOB)}. */
    static String progress(JsonNode job) {
        StringBuilder text = new StringBuilder(lower(job.path("kind").asString()));
        text.append(' ')
                .append(job.path("phase").asString(lower(job.path("state").asString())));
        long to = job.path("to").asLong();
        if (to > 0) {
            text.append(
                    " %d %%".formatted(Math.min(100, 100 * job.path("position").asLong() / to)));
        }
        if (job.path("etaSeconds").isNumber()) {
            long left = job.path("etaSeconds").asLong();
            text.append(", %d:%02d left".formatted(left / 60, left % 60));
        }
        if (!job.path("error").asString("").isEmpty()) {
            text.append(", ").append(job.path("error").asString());
        }
        return text.append(" (").append(job.path("id").asString()).append(')').toString();
    }

    /** Each relation that differs, then the rows that were listed, column by column. */
    static void printDifferences(JsonNode job, PrintWriter out) {
        JsonNode verdict = job.path("verdict");
        verdict.path("relations").forEach(relation -> printRelation(relation, out));
        JsonNode rows = verdict.path("rows");
        rows.forEach(row -> printRow(row, out));
        long more = job.path("differences").asLong() - rows.size();
        if (more > 0 && rows.size() > 0) {
            out.println("and %,d more; --rows lists more of them".formatted(more));
        }
    }

    private static void printRelation(JsonNode relation, PrintWriter out) {
        String name = relation.path("name").asString();
        String onlyIn = relation.path("onlyIn").asString("");
        if (!onlyIn.isEmpty()) {
            out.println("  %s is only in the %s one".formatted(name, onlyIn));
            return;
        }
        out.println("  %s: %,d rows, %,d missing, %,d extra, %,d changed%s%s"
                .formatted(
                        name,
                        relation.path("rows").asLong(),
                        relation.path("missing").asLong(),
                        relation.path("extra").asLong(),
                        relation.path("changed").asLong(),
                        columns(", new columns: ", relation.path("added")),
                        columns(", columns gone: ", relation.path("removed"))));
    }

    private static String columns(String what, JsonNode names) {
        return names.isEmpty()
                ? ""
                : what + names.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static void printRow(JsonNode row, PrintWriter out) {
        String key = row.path("key").properties().stream()
                .map(part -> part.getKey() + "=" + shown(part.getValue()))
                .collect(Collectors.joining(", "));
        out.println("%-8s %s %s"
                .formatted(row.path("kind").asString(), row.path("relation").asString(), key));
        row.path("columns")
                .forEach(column -> out.println("           %s: served %s, rebuilt %s"
                        .formatted(
                                column.path("name").asString(),
                                shown(column.path("served")),
                                shown(column.path("rebuilt")))));
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "nothing" : value.toString();
    }
}
