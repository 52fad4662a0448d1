package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.eventstore.EventLog;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/admin/projections}: where each is, and what engineers let be done with them. */
@RestController
@ConditionalOnRole(Role.PROJECTIONS)
final class ProjectionsEndpoint {

    private static final int ROWS = 20;

    private final ProjectionEngine engine;
    private final EventLog log;
    private final LogPlaces places;
    private final NodeConfig node;

    ProjectionsEndpoint(ProjectionEngine engine, EventLog log, LogPlaces places, NodeConfig node) {
        this.engine = engine;
        this.log = log;
        this.places = places;
        this.node = node;
    }

    /** @param nextCursor always null: there are no more than this version of the platform has */
    record Listing(List<ProjectionView> items, @Nullable String nextCursor) {}

    /** @param history its last jobs, newest first */
    record Single(ProjectionView projection, List<JobView> history) {}

    /**
     * @param withDeadLetters leads readers over also when events that they see applied could not be applied anew: these are dead letters
     *     then; without it the job fails and readers go on to see what they saw
     */
    record Rebuild(@Nullable Boolean withDeadLetters) {}

    /**
     * @param preview compares what readers see with what they would see of this node's code
     * @param rows most differing rows that are listed, 20 without it; all are counted
     */
    record Verify(@Nullable Boolean preview, @Nullable Integer rows) {}

    /**
     * @param to position (1200), instant (2026-01-31T12:00:00Z), whose own events no longer belong to it, or so long ago (-2h)
     * @param into name of the schema, or of the Redis keys, that it fills
     * @param dropAfter time after which they go by themselves (90s, 15m, 2h, 7d); without it they stay until they are dropped
     */
    record Replay(
            @Required @Schema(oneOf = {String.class, Long.class}) @Nullable
            Object to,

            @Required @Nullable String into,
            @Nullable String dropAfter) {}

    /** @param nextCursor always null: they are few, for each was asked for by a person */
    record Replays(List<JobView> items, @Nullable String nextCursor) {}

    @GetMapping("/api/admin/projections")
    ResponseEntity<Listing> projections() {
        List<JobView> jobs = underWay();
        return JobAnswers.fresh(new Listing(
                engine.positions().values().stream()
                        .map(status -> ProjectionView.of(status, jobs))
                        .toList(),
                null));
    }

    @GetMapping("/api/admin/projections/{name}")
    ResponseEntity<Single> projection(@PathVariable String name) {
        ProjectionStatus status = require(name);
        List<ProjectionJob> jobs = engine.jobs().latestOf(name);
        return JobAnswers.fresh(new Single(
                ProjectionView.of(status, underWay()),
                jobs.stream().map(JobView::of).toList()));
    }

    private List<JobView> underWay() {
        return engine.jobs().active().stream().map(JobView::of).toList();
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/admin/projections/{name}/rebuild")
    ResponseEntity<JobView> rebuild(
            @PathVariable String name, @RequestBody(required = false) @Nullable Rebuild wanted) {
        require(name);
        boolean despite = wanted != null && Boolean.TRUE.equals(wanted.withDeadLetters());
        return JobAnswers.accepted(node, () -> engine.jobs().rebuild(name, despite));
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/admin/projections/{name}/verify")
    ResponseEntity<JobView> verify(@PathVariable String name, @RequestBody(required = false) @Nullable Verify wanted) {
        require(name);
        int rows = wanted == null || wanted.rows() == null ? ROWS : wanted.rows();
        boolean preview = wanted != null && Boolean.TRUE.equals(wanted.preview());
        return JobAnswers.accepted(
                node,
                () -> preview
                        ? engine.jobs().preview(name, rows)
                        : engine.jobs().verify(name, rows));
    }

    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/api/admin/projections/{name}/replay")
    ResponseEntity<JobView> replay(@PathVariable String name, @RequestBody Replay wanted) {
        require(name);
        var input = new InputCheck();
        boolean isPlace =
                wanted.to() instanceof String || wanted.to() instanceof Integer || wanted.to() instanceof Long;
        if (wanted.to() != null && !isPlace) {
            throw Rejection.malformed("/to", "A place is a number or a text.");
        }
        input.check(
                isPlace,
                "/to",
                "must be a position (1200), an instant (\"2026-01-31T12:00:00Z\") or so long ago (\"-90s\", \"-15m\", \"-2h\", \"-7d\")");
        String into = input.required("/into", wanted.into());
        input.verify();
        long to = upTo(String.valueOf(wanted.to()));
        return JobAnswers.accepted(
                node,
                () -> engine.jobs()
                        .replay(
                                name,
                                to,
                                into,
                                wanted.dropAfter() == null ? null : LogPlaces.time("dropAfter", wanted.dropAfter())));
    }

    /** An instant still to come is now. */
    private long upTo(String to) {
        long position = places.upTo(to);
        if (position == 0 && !"0".equals(to)) {
            throw new Rejection(
                    Rejection.Kind.INVALID,
                    "before-the-log",
                    "Before the log",
                    log.head() == 0
                            ? "The log is empty."
                            : "There was no event yet at %s: the log begins at %s."
                                    .formatted(to, log.read(0, 1).getFirst().timestamp()));
        }
        return position == Long.MAX_VALUE ? log.head() : position;
    }

    @GetMapping("/api/admin/replays")
    ResponseEntity<Replays> replays() {
        return JobAnswers.fresh(
                new Replays(engine.jobs().replays().stream().map(JobView::of).toList(), null));
    }

    @DeleteMapping("/api/admin/replays/{into}")
    ResponseEntity<JobView> drop(@PathVariable String into) {
        return JobAnswers.fresh(JobView.of(JobAnswers.asked(() -> engine.jobs().drop(into))));
    }

    private ProjectionStatus require(String name) {
        ProjectionStatus status = engine.positions().get(name);
        if (status == null) {
            List<String> similar = SimilarNames.of(name, engine.positions().keySet());
            throw Rejection.notFound("There is no projection '%s'. %s"
                    .formatted(
                            name,
                            similar.isEmpty()
                                    ? "There are "
                                            + String.join(
                                                    ", ", engine.positions().keySet()) + "."
                                    : "Did you mean " + String.join(", ", similar) + "?"));
        }
        return status;
    }
}
