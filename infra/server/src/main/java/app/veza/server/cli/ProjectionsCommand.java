package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code veza projections}. */
@Command(
        name = "projections",
        subcommands = {
            ProjectionsCommand.ListProjections.class,
            ProjectionsRebuildCommand.class,
            ProjectionsVerifyCommand.class,
            ProjectionsReplayCommand.class,
            ProjectionsJobsCommand.class,
            ProjectionsCancelCommand.class,
            ProjectionsDropCommand.class,
            DeadLettersCommand.class
        },
        mixinStandardHelpOptions = true,
        description =
                "Lists the read models and how far each is; rebuilds, verifies and replays them while they are read.")
final class ProjectionsCommand implements Callable<Integer> {

    static final String PROJECTIONS = "/api/admin/projections";
    static final String JOBS = "/api/admin/jobs";

    /** What its commands share. */
    abstract static class Step implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private ProjectionsCommand projections;

        AdminApi api() {
            return projections.api();
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        PrintWriter err() {
            return spec.commandLine().getErr();
        }

        ParameterException misused(String why) {
            return new ParameterException(spec.commandLine(), why);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    AdminApi api() {
        return new AdminApi(data.directory());
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the read models and how far each is, as 'veza projections' does.")
    static final class ListProjections extends Step {

        @Option(names = "--json", description = "For programs.")
        private boolean json;

        @Override
        public Integer call() {
            return list(api(), json, out());
        }
    }

    @Override
    public Integer call() {
        return list(api(), json, spec.commandLine().getOut());
    }

    private static Integer list(AdminApi api, boolean json, PrintWriter out) {
        JsonNode body = api.get(PROJECTIONS, new AdminApi.Query()).body();
        if (json) {
            out.println(body.path("items"));
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PROJECTION", "TARGET", "VERSION", "STATE", "POSITION", "LAG", "RATE", "DETAILS"));
        body.path("items").forEach(one -> rows.add(row(one)));
        out.print(StatusTable.aligned(rows));
        out.flush();
        return 0;
    }

    /** In these the last error says why; in others it may be long past. */
    private static final Set<String> TOLD = Set.of("FAILED", "STALLED", "REBUILDING");

    private static List<String> row(JsonNode one) {
        List<String> details = new ArrayList<>();
        one.path("jobs").forEach(job -> details.add(JobLines.progress(job)));
        String state = one.path("state").asString();
        if (!one.path("readers").isNull()) {
            details.add(one.path("readers").asString(""));
        }
        if (TOLD.contains(state) && !one.path("lastError").isNull()) {
            details.add(one.path("lastError").asString(""));
        }
        return List.of(
                one.path("name").asString(),
                one.path("target").asString(),
                JobLines.version(one),
                JobLines.lower(state),
                "%,d".formatted(one.path("position").asLong()),
                "%,d".formatted(one.path("lag").asLong()),
                "%,.0f/s".formatted(one.path("rate").asDouble()),
                String.join("; ", details));
    }
}
