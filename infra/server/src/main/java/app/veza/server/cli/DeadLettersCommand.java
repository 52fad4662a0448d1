package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code veza projections dead-letters}. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.ListLetters.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Drop.class
        },
        description =
                "Events that a read model could not take, and those that wait behind them; without a command lists them.")
final class DeadLettersCommand implements Runnable {

    static final String PATH = "/api/admin/dead-letters";

    /** Of those that wait for one key. */
    private static final int SHOWN = 500;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ProjectionsCommand projections;

    @Mixin
    private DeadLettersListing listing;

    @Override
    public void run() {
        listing.print(projections.api(), spec.commandLine().getOut());
    }

    /** @return a command line that does {@code what}, for a sentence */
    static String command(String what) {
        return "'./veza projections dead-letters " + what + "'";
    }

    /** What the commands share that deal with letters of one projection. */
    abstract static class Step implements Runnable {

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private DeadLettersCommand parent;

        @Option(names = "--json", description = "For programs: JSON, one object a line.")
        private boolean json;

        @Override
        public final void run() {
            run(parent.projections.api(), spec.commandLine().getOut());
        }

        abstract void run(AdminApi api, PrintWriter out);

        boolean json() {
            return json;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Dead letters, by projection and position.")
    static final class ListLetters implements Runnable {

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private DeadLettersCommand parent;

        @Mixin
        private DeadLettersListing listing;

        @Override
        public void run() {
            listing.print(parent.projections.api(), spec.commandLine().getOut());
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "What waits for one key, and the event that it waits for.")
    static final class Show extends Step {

        @Parameters(index = "0", paramLabel = "PROJECTION", description = "Such as chat.")
        private String projection;

        @Parameters(index = "1", paramLabel = "KEY", description = "Sequence key, such as room:0198...")
        private String key;

        @Override
        void run(AdminApi api, PrintWriter out) {
            JsonNode first = DeadLetterLines.print(
                    api,
                    PATH + "/" + AdminApi.segment(projection) + "/" + AdminApi.segment(key),
                    new AdminApi.Query(),
                    SHOWN,
                    json(),
                    out);
            if (json()) {
                out.println(first.path("event").toString());
            } else {
                out.println("The first of them:");
                new EventLines(out, false, EventLines.onTerminal()).print(first.path("event"));
            }
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Applies dead letters again, in order; what fails again stays.")
    static final class Retry extends Step {

        @Parameters(index = "0", paramLabel = "PROJECTION", description = "Such as chat.")
        private String projection;

        @Option(names = "--key", paramLabel = "KEY", description = "Only those of this sequence key.")
        private @Nullable String key;

        @Override
        void run(AdminApi api, PrintWriter out) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("projection", projection);
            if (key != null) {
                request.put("key", key);
            }
            long applied = 0;
            int failed = 0;
            boolean complete;
            boolean further;
            do {
                JsonNode answer = api.post(PATH + "/retry", request).body();
                applied += answer.path("applied").asLong();
                failed += answer.path("failed").size();
                if (json()) {
                    out.println(answer.toString());
                } else {
                    answer.path("failed").forEach(letter -> out.println(DeadLetterLines.line(letter)));
                }
                out.flush();
                complete = answer.path("complete").asBoolean();
                Long after = answer.path("nextAfter").asLong(0);
                further = !after.equals(request.put("after", after));
            } while (!complete && further);
            if (!json()) {
                out.println("%d dead letters were applied.".formatted(applied));
            }
            if (failed > 0) {
                throw new CommandFailure(
                        "%d keys failed again, each at its first letter: mend the projection, or give the letter up with %s."
                                .formatted(failed, command("drop %s KEY".formatted(projection))));
            }
            if (!complete) {
                throw new CommandFailure("Others change these dead letters at the same time: try again.");
            }
        }
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description =
                    "Gives up the first dead letter of a key: the read model lacks that event, until it has a new version.")
    static final class Drop extends Step {

        @Parameters(index = "0", paramLabel = "PROJECTION", description = "Such as chat.")
        private String projection;

        @Parameters(index = "1", paramLabel = "KEY", description = "Sequence key, such as room:0198...")
        private String key;

        @Option(names = "--all", description = "All letters of the key.")
        private boolean all;

        @Override
        void run(AdminApi api, PrintWriter out) {
            JsonNode answer = api.delete(
                            PATH,
                            new AdminApi.Query()
                                    .with("projection", projection)
                                    .with("key", key)
                                    .with("all", all))
                    .body();
            out.println(
                    json()
                            ? answer.toString()
                            : "%s dead letters of %s were dropped: only a new version of %s would try their events again."
                                    .formatted(answer.path("dropped").asString(), key, projection));
        }
    }
}
