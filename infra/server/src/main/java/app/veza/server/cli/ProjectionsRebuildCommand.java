package app.veza.server.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code veza projections rebuild}. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a read model anew from the whole log while the present one is read, then switches the readers over.",
            "Nothing is down, nothing is sent to anybody. Interrupted, it goes on by itself.",
            "Where an event that readers see applied cannot be applied anew, it fails, and they go on to see what they saw."
        })
final class ProjectionsRebuildCommand extends ProjectionsCommand.Step {

    @Parameters(paramLabel = "NAME", description = "The projection, as './veza projections' lists it.")
    private String name;

    @Option(names = "--abandon", description = "Ends the rebuild that is under way, and leaves nothing of it.")
    private boolean abandon;

    @Option(
            names = "--with-dead-letters",
            description = "Switches also when events cannot be applied anew: they are dead letters then.")
    private boolean withDeadLetters;

    @Option(names = "--detach", description = "Does not wait until it is done.")
    private boolean detach;

    @Override
    public Integer call() {
        AdminApi api = api();
        String projection = ProjectionsCommand.PROJECTIONS + "/" + AdminApi.segment(name);
        if (abandon) {
            return abandoned(api, projection);
        }
        JsonNode job = api.post(projection + "/rebuild", Map.of("withDeadLetters", withDeadLetters))
                .body();
        if (detach) {
            out().println(job.path("id").asString());
            return 0;
        }
        JsonNode done = new JobFollower(api, err()).follow(job);
        out().println("%s is served by version %s, filled up to position %,d."
                .formatted(name, JobLines.version(done), done.path("position").asLong()));
        return 0;
    }

    private int abandoned(AdminApi api, String projection) {
        for (JsonNode job : api.get(projection, new AdminApi.Query()).body().at("/projection/jobs")) {
            if ("REBUILD".equals(job.path("kind").asString())) {
                api.delete(ProjectionsCommand.JOBS + "/" + job.path("id").asString(), new AdminApi.Query());
                out().println("The rebuild of %s is abandoned.".formatted(name));
                return 0;
            }
        }
        throw new CommandFailure("No rebuild of %s is under way.".formatted(name));
    }
}
