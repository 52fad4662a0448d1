package app.veza.server.admin;

import app.veza.command.Rejection;
import app.veza.command.http.Paging;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/admin/jobs}: how far jobs on projections are, whichever node runs them. */
@RestController
@ConditionalOnRole(Role.PROJECTIONS)
final class JobsEndpoint {

    private static final Logger log = LoggerFactory.getLogger(JobsEndpoint.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Below the time after which proxies take a silent connection for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int MOST = 1000;

    private final ProjectionEngine engine;
    private final EventStreams streams;
    private final StillEngineer stillEngineer;
    private final JsonMapper json;
    private final NodeConfig node;

    JobsEndpoint(
            ProjectionEngine engine,
            EventStreams streams,
            StillEngineer stillEngineer,
            JsonMapper json,
            NodeConfig node) {
        this.engine = engine;
        this.streams = streams;
        this.stillEngineer = stillEngineer;
        this.json = json;
        this.node = node;
    }

    /** @param nextCursor null on the last page */
    record Jobs(List<JobView> items, @Nullable String nextCursor) {}

    /** Newest first. */
    @GetMapping("/api/admin/jobs")
    ResponseEntity<Jobs> jobs(
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "50") int limit) {
        Paging.requireLimit(limit, MOST);
        UUID before = Paging.idCursor(cursor);
        List<JobView> found = JobAnswers.asked(() -> engine.jobs().latest(before, limit + 1)).stream()
                .map(JobView::of)
                .toList();
        boolean more = found.size() > limit;
        List<JobView> page = more ? found.subList(0, limit) : found;
        return JobAnswers.fresh(new Jobs(page, more ? page.getLast().id().toString() : null));
    }

    @GetMapping("/api/admin/jobs/{id}")
    ResponseEntity<JobView> job(@PathVariable String id) {
        return JobAnswers.fresh(look(id(id)));
    }

    /** The job as it is, whenever that changes, until it has ended. */
    @GetMapping(path = "/api/admin/jobs/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "Server-sent events until the job has ended, each a JobView",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void stream(@PathVariable String id, Authentication caller, HttpServletResponse response) throws Exception {
        UUID job = id(id);
        JobView first = look(job);
        try (AutoCloseable place = streams.open()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            log.debug("A stream of job {} begins ({})", job, place);
            write(first, job, caller, response.getOutputStream());
        } catch (IOException gone) {
            log.debug("A stream of job {} ended with its client", job, gone);
        }
    }

    private void write(JobView first, UUID id, Authentication caller, OutputStream out) throws IOException {
        JobView shown = first;
        send(out, "data: " + json.writeValueAsString(first));
        long wroteAt = System.nanoTime();
        while (!shown.state().ended() && streams.isRunning() && stillEngineer.is(caller)) {
            LockSupport.parkNanos(LOOK.toNanos());
            JobView now = look(id);
            if (!now.equals(shown)) {
                send(out, "data: " + json.writeValueAsString(now));
                shown = now;
                wroteAt = System.nanoTime();
            } else if (System.nanoTime() - wroteAt > SILENCE.toNanos()) {
                send(out, ": nothing new");
                wroteAt = System.nanoTime();
            }
        }
    }

    private static void send(OutputStream out, String block) throws IOException {
        out.write((block + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends it and leaves nothing of what it filled; shows it as it is, which may still be at work for a moment. */
    @ResponseStatus(HttpStatus.ACCEPTED)
    @DeleteMapping("/api/admin/jobs/{id}")
    ResponseEntity<JobView> cancel(@PathVariable String id) {
        UUID job = id(id);
        return JobAnswers.accepted(node, () -> engine.jobs().cancel(job));
    }

    private JobView look(UUID id) {
        return JobView.of(JobAnswers.asked(() -> engine.jobs().job(id)));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Rejection.malformed("/id", "'%s' is no id of a job.".formatted(text));
        }
    }
}
