package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code veza projections cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Ends a job, and leaves nothing of what it filled.")
final class ProjectionsCancelCommand extends ProjectionsCommand.Step {

    @Parameters(paramLabel = "JOB", description = "Its id, as './veza projections jobs' lists it.")
    private String id;

    @Override
    public Integer call() {
        JsonNode job = api().delete(ProjectionsCommand.JOBS + "/" + AdminApi.segment(id), new AdminApi.Query())
                .body();
        out().println("The %s of %s ends."
                .formatted(
                        JobLines.lower(job.path("kind").asString()),
                        job.path("projection").asString()));
        return 0;
    }
}
