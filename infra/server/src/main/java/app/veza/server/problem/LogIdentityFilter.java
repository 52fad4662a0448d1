package app.veza.server.problem;

import app.veza.eventstore.EventLog;
import app.veza.query.http.Reads;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A position is one of a log: answers say of which, and a client that says whose positions it sends, in headers, cursors or
 * parameters or as the id of an event of a stream, is never answered by another log. Behind security: who may not ask learns nothing.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class LogIdentityFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> ONCE = Set.of(Reads.LOG, Reads.POSITION);

    private final EventLog log;
    private final JsonMapper json;

    LogIdentityFilter(EventLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith("/api/") && !path.startsWith("/auth/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Before anything is decided or read: if the log is replaced meanwhile, a new position is told to be of the
        // old log, and the client's next request clears that up. The other way round it never would
        String inUse = log.logId();
        response.setHeader(Reads.LOG, inUse);
        if (!SAFE.contains(request.getMethod())) {
            // What appends nothing has a position, too; what does names its own in place of this
            response.setHeader(Reads.POSITION, Long.toString(log.head()));
        }
        String named = request.getHeader(Reads.LOG);
        String streamed = ofEventId(request.getHeader("Last-Event-ID"));
        if ((named == null || named.equals(inUse)) && (streamed == null || streamed.equals(inUse))) {
            chain.doFilter(request, new Answer(response));
        } else {
            refuse(response, inUse);
        }
    }

    /** An id is {@code <log>:<position>}, or a position of whichever log. */
    private static @Nullable String ofEventId(@Nullable String id) {
        int end = id == null ? -1 : id.indexOf(':');
        return end < 0 ? null : id.substring(0, end);
    }

    private void refuse(HttpServletResponse response, String inUse) throws IOException {
        ProblemDetail problem = Problems.of(
                HttpStatus.PRECONDITION_FAILED,
                "log-replaced",
                "Log replaced",
                ("The history was restored and is now log %s: positions of the log that " + Reads.LOG
                                + " or Last-Event-ID names mean other events in it, or none. Nothing was done."
                                + " Read anew, without old positions and cursors, and keep the log id beside the new ones.")
                        .formatted(inUse));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    /** A read names the log that its read model was filled from, a command where it stands: in place of this node's, not beside it. */
    private static final class Answer extends HttpServletResponseWrapper {

        Answer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (ONCE.contains(name)) {
                super.setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }
    }
}
