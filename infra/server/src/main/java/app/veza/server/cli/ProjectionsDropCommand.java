package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code veza projections drop}. */
@Command(name = "drop", mixinStandardHelpOptions = true, description = "Drops what a replay filled.")
final class ProjectionsDropCommand extends ProjectionsCommand.Step {

    @Parameters(paramLabel = "SCHEMA", description = "Name that the replay was given with --into.")
    private String into;

    @Override
    public Integer call() {
        api().delete("/api/admin/replays/" + AdminApi.segment(into), new AdminApi.Query());
        out().println("%s is dropped.".formatted(into));
        return 0;
    }
}
