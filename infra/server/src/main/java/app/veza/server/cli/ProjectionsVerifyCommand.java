package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code veza projections verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a read model aside from the log and compares it with the served one at the same position.",
            "Ends with 0 only when there is no difference; else it shows the rows, column by column."
        })
final class ProjectionsVerifyCommand extends ProjectionsCommand.Step {

    @Parameters(paramLabel = "NAME", description = "The projection, as './veza projections' lists it.")
    private String name;

    @Option(
            names = "--preview",
            description = "Compares what readers see with what they would see if this code filled the read model anew.")
    private boolean preview;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "Most rows that are listed: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(names = "--json", description = "For programs: the job with its verdict.")
    private boolean json;

    @Override
    public Integer call() {
        AdminApi api = api();
        JsonNode wanted =
                JsonNodeFactory.instance.objectNode().put("preview", preview).put("rows", rows);
        JsonNode job = new JobFollower(api, err())
                .follow(api.post(ProjectionsCommand.PROJECTIONS + "/" + AdminApi.segment(name) + "/verify", wanted)
                        .body());
        boolean same = isSame(job);
        if (json) {
            out().println(job);
        } else if (same) {
            out().println("%s at position %,d is what the log says: %,d rows in %d relations, no difference."
                    .formatted(
                            name,
                            position(job),
                            rowsOf(job),
                            job.at("/verdict/relations").size()));
        } else {
            out().println((preview
                            ? "%s at position %,d would be other than it is now (version %s):"
                            : "%s at position %,d is not what the log says (version %s):")
                    .formatted(name, position(job), JobLines.version(job)));
            JobLines.printDifferences(job, out());
        }
        out().flush();
        return same ? 0 : 1;
    }

    private static boolean isSame(JsonNode job) {
        return job.path("differences").asLong() == 0
                && job.at("/verdict/relations")
                        .valueStream()
                        .allMatch(one -> one.path("onlyIn").asString("").isEmpty()
                                && one.path("added").isEmpty()
                                && one.path("removed").isEmpty());
    }

    private static long position(JsonNode job) {
        return job.at("/verdict/position").asLong();
    }

    private static long rowsOf(JsonNode job) {
        return job.at("/verdict/relations")
                .valueStream()
                .mapToLong(one -> one.path("rows").asLong())
                .sum();
    }
}
