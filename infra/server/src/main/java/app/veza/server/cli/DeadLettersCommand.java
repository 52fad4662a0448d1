package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    private static final String PATH = "/api/admin/dead-letters";
    private static final int PAGE = 500;
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ProjectionsCommand projections;

    @Override
    public void run() {
        new ListLetters().run(projections.api(), spec.commandLine().getOut());
    }

    /** What its commands share. */
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

        /** @return a command line that does {@code what}, for a sentence */
        static String command(String what) {
            return "'./veza projections dead-letters " + what + "'";
        }

        ParameterException misused(String why) {
            return new ParameterException(spec.commandLine(), why);
        }

        /** Prints every page of letters. @return what the first answer said besides */
        final JsonNode pages(AdminApi api, String path, AdminApi.Query query, int most, PrintWriter out) {
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

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Dead letters, by projection and position.")
    static final class ListLetters extends Step {

        @Option(names = "--projection", paramLabel = "NAME", description = "Of this projection only.")
        private @Nullable String projection;

        @Option(names = "--key", paramLabel = "KEY", description = "Of this sequence key only, such as room:0198...")
        private @Nullable String key;

        @Option(names = "--from", paramLabel = "POSITION", description = "First position.")
        private @Nullable Long from;

        @Option(names = "--to", paramLabel = "POSITION", description = "Last position.")
        private @Nullable Long to;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "" + SHOWN,
                description = "At most so many (${DEFAULT-VALUE}).")
        private int limit = SHOWN;

        @Override
        void run(AdminApi api, PrintWriter out) {
            if (limit < 1) {
                throw misused("--limit takes a number from 1");
            }
            AdminApi.Query query = new AdminApi.Query()
                    .with("projection", projection)
                    .with("key", key)
                    .with("from", from)
                    .with("to", to);
            JsonNode first = pages(api, PATH, query, limit, out);
            if (json()) {
                return;
            }
            if (first.path("counts").isEmpty()) {
                out.println("No dead letters.");
            } else {
                first.path("counts")
                        .properties()
                        .forEach(count -> out.println("%s has %s dead letters."
                                .formatted(count.getKey(), count.getValue().asString())));
                out.println(command("show PROJECTION KEY") + " tells of one, " + command("retry PROJECTION")
                        + " applies them again once their cause is gone.");
            }
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
            JsonNode first = pages(
                    api,
                    PATH + "/" + AdminApi.segment(projection) + "/" + AdminApi.segment(key),
                    new AdminApi.Query(),
                    PAGE,
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
                    answer.path("failed").forEach(letter -> out.println(line(letter)));
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
