package app.veza.server.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code veza projections jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists the last jobs on projections, audits among them, newest first.")
final class ProjectionsJobsCommand extends ProjectionsCommand.Step {

    private static final int PAGE = 500;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw misused("--limit takes a number from 1");
        }
        ArrayNode jobs = JsonNodeFactory.instance.arrayNode();
        String cursor = null;
        do {
            AdminApi.Query page = new AdminApi.Query()
                    .with("limit", Math.min(limit - jobs.size(), PAGE))
                    .with("cursor", cursor);
            JsonNode body = api().get(ProjectionsCommand.JOBS, page).body();
            body.path("items").forEach(jobs::add);
            cursor = body.path("nextCursor").asStringOpt().orElse(null);
        } while (cursor != null && jobs.size() < limit);
        if (json) {
            out().println(jobs);
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("JOB", "KIND", "PROJECTION", "STATE", "POSITION", "REQUESTED", "DETAILS"));
        jobs.forEach(job -> rows.add(List.of(
                job.path("id").asString(),
                JobLines.lower(job.path("kind").asString()),
                job.path("projection").asString(),
                JobLines.lower(job.path("state").asString()),
                "%,d".formatted(job.path("position").asLong()),
                job.path("requestedAt").asString(),
                details(job))));
        out().print(StatusTable.aligned(rows));
        out().flush();
        return 0;
    }

    private static String details(JsonNode job) {
        if (!JobFollower.hasEnded(job)) {
            return JobLines.progress(job);
        }
        if (job.path("differences").isNumber()) {
            return "%,d differences".formatted(job.path("differences").asLong());
        }
        if (job.path("into").isString()) {
            return "into " + job.path("into").asString()
                    + (job.path("droppedAt").isString() ? ", dropped" : "");
        }
        return job.path("error").asString("");
    }
}
