package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code veza events}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Browses the log of events, or follows it: one line an event.")
final class EventsCommand implements Callable<Integer> {

    private static final String EVENTS = "/api/admin/events";
    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Events of this type, chat.MessageSent, or of a context, chat.*; again for others besides.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "KEY:VALUE",
            description = "Events with this tag, room:0198...; again for another that they have to bear too.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "First position (1200), instant (2026-01-31T12:00:00Z) or so long ago (-2h).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "PLACE", description = "Last position, or an instant that no event reaches.")
    private @Nullable String to;

    @Option(names = "--backwards", description = "Newest first.")
    private boolean backwards;

    @Option(names = "--last", paramLabel = "N", description = "Only the last N events of these.")
    private @Nullable Integer last;

    @Option(
            names = "--follow",
            description = "Stays and prints what comes, until Ctrl-C; without --from and --last nothing older.")
    private boolean follow;

    @Option(names = "--tree", paramLabel = "POSITION", description = "One event, with what led to what around it.")
    private @Nullable Long tree;

    @Option(names = "--json", description = "For programs: one JSON object a line, with everything that is stored.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        PrintWriter out = spec.commandLine().getOut();
        AdminApi api = new AdminApi(data.directory());
        EventLines lines = new EventLines(out, json, EventLines.onTerminal());
        if (tree != null) {
            lines.printTree(api.get(EVENTS + "/" + tree, new AdminApi.Query()).body());
            return 0;
        }
        AdminApi.Answer read = history(api, lines, out);
        if (follow && !out.checkError()) {
            var follower = new EventFollower(
                    api, filter(), read, lines, out, spec.commandLine().getErr());
            follower.endOnSignal();
            follower.follow();
        }
        return 0;
    }

    private void requireSense() {
        if (follow && (backwards || to != null)) {
            throw misused("--follow has no end: leave --backwards and --to out");
        }
        if (last != null && last < 1) {
            throw misused("--last takes a number from 1");
        }
        if (tree != null && (follow || backwards || last != null || from != null || to != null)) {
            throw misused("--tree shows one event: leave the options that choose several out");
        }
    }

    private ParameterException misused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private AdminApi.Query filter() {
        return new AdminApi.Query().with("type", types).with("tag", tags);
    }

    /** Prints what is there already; what is returned says up to where the log was looked through. */
    private AdminApi.Answer history(AdminApi api, EventLines lines, PrintWriter out) {
        if (last != null) {
            return lastOnes(api, lines, last);
        }
        if (follow && from == null) {
            return api.get(EVENTS, new AdminApi.Query().with("limit", 1));
        }
        String cursor = null;
        AdminApi.Answer page;
        do {
            page = page(api, backwards, PAGE, cursor);
            page.body().path("items").forEach(lines::print);
            cursor = next(page);
        } while (cursor != null && !out.checkError());
        return page;
    }

    /** Gathered from the end, and printed in the order of the log unless it is to be the other way round. */
    private AdminApi.Answer lastOnes(AdminApi api, EventLines lines, int wanted) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = null;
        AdminApi.Answer newest = null;
        do {
            AdminApi.Answer page = page(api, true, Math.min(PAGE, wanted - events.size()), cursor);
            page.body().path("items").forEach(events::add);
            newest = newest == null ? page : newest;
            cursor = next(page);
        } while (cursor != null && events.size() < wanted);
        (backwards ? events : events.reversed()).forEach(lines::print);
        return newest;
    }

    private AdminApi.Answer page(AdminApi api, boolean fromTheEnd, int limit, @Nullable String cursor) {
        return api.get(
                EVENTS,
                filter().with("from", from)
                        .with("to", to)
                        .with("direction", fromTheEnd ? "backwards" : "forwards")
                        .with("limit", limit)
                        .with("cursor", cursor));
    }

    private static @Nullable String next(AdminApi.Answer page) {
        return page.body().path("nextCursor").asStringOpt().orElse(null);
    }
}
