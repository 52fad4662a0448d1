package app.veza.server.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code veza projections replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a read model aside as it was at a position or an instant, to be looked at in SQL.",
            "It stays until './veza projections drop SCHEMA', or as long as --drop-after says."
        })
final class ProjectionsReplayCommand extends ProjectionsCommand.Step {

    @Parameters(paramLabel = "NAME", description = "The projection, as './veza projections' lists it.")
    private String name;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "PLACE",
            description =
                    "Last position (1200), instant that no event reaches (2026-01-31T12:00:00Z) or so long ago (-2h).")
    private String to;

    @Option(
            names = "--into",
            required = true,
            paramLabel = "SCHEMA",
            description = "Name of the schema that is made; of a Redis projection, of its keys.")
    private String into;

    @Option(names = "--drop-after", paramLabel = "TIME", description = "Goes by itself: 90s, 15m, 2h, 7d.")
    private @Nullable String dropAfter;

    @Override
    public Integer call() {
        AdminApi api = api();
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("to", to).put("into", into);
        if (dropAfter != null) {
            wanted.put("dropAfter", dropAfter);
        }
        JsonNode job = new JobFollower(api, err())
                .follow(api.post(ProjectionsCommand.PROJECTIONS + "/" + AdminApi.segment(name) + "/replay", wanted)
                        .body());
        out().println("%s as it was at position %,d is in %s; './veza projections drop %s' drops it%s."
                .formatted(
                        name,
                        job.path("to").asLong(),
                        place(job),
                        into,
                        job.path("dropAt").isString()
                                ? ", at the latest " + job.path("dropAt").asString()
                                : ""));
        return 0;
    }

    private String place(JsonNode job) {
        String target = job.path("target").asString();
        return target.equals("redis")
                ? "the keys {%s:%d:0}:*".formatted(into, job.path("version").asInt())
                : "schema %s of the %s database (tables in %s_tables)".formatted(into, target, into);
    }
}
