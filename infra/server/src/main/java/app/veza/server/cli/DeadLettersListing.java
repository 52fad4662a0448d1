package app.veza.server.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What {@code veza projections dead-letters} does, with its options, and its {@code list} alike. */
final class DeadLettersListing {

    private static final int SHOWN = 100;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "For programs: JSON, one object a line.")
    private boolean json;

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
    private int limit;

    void print(AdminApi api, PrintWriter out) {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit takes a number from 1");
        }
        AdminApi.Query query = new AdminApi.Query()
                .with("projection", projection)
                .with("key", key)
                .with("from", from)
                .with("to", to);
        JsonNode first = DeadLetterLines.print(api, DeadLettersCommand.PATH, query, limit, json, out);
        if (json) {
            return;
        }
        first.path("unavailable")
                .properties()
                .forEach(away -> out.println("Of %s nothing can be told just now: %s"
                        .formatted(away.getKey(), away.getValue().asString())));
        if (first.path("counts").isEmpty()) {
            out.println("No dead letters.");
        } else {
            first.path("counts")
                    .properties()
                    .forEach(count -> out.println("%s has %s dead letters."
                            .formatted(count.getKey(), count.getValue().asString())));
            out.println(DeadLettersCommand.command("show PROJECTION KEY") + " tells of one, "
                    + DeadLettersCommand.command("retry PROJECTION") + " applies them again once their cause is gone.");
        }
    }
}
