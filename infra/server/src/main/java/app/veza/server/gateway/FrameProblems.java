package app.veza.server.gateway;

import app.veza.gateway.Problem;
import app.veza.gateway.TooManySubscriptionsException;
import app.veza.server.problem.CommandProblems;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Failures as problems in {@code error} frames, in the words that they have over HTTP; {@code Retry-After} becomes a member. */
final class FrameProblems implements Function<Throwable, Optional<Problem>> {

    private final CommandProblems commands;

    FrameProblems(CommandProblems commands) {
        this.commands = commands;
    }

    @Override
    public Optional<Problem> apply(Throwable failure) {
        if (failure instanceof TooManySubscriptionsException tooMany) {
            // No 429: that one is over by itself after a while, and this one only once the client lets go of something
            return Optional.of(Problem.of(
                    409,
                    "too-many-subscriptions",
                    "Too many subscriptions",
                    tooMany.getMessage() + ": unsubscribe from one, or open another connection."));
        }
        return commands.of(failure).flatMap(FrameProblems::inFrame);
    }

    /** @param wait after which one more is taken */
    static Problem tooMany(String detail, Duration wait) {
        return Problem.of(429, "too-many-requests", "Too many requests", detail).retryAfter(wait);
    }

    private static Optional<Problem> inFrame(ResponseEntity<Object> answer) {
        if (!(answer.getBody() instanceof ProblemDetail problem) || problem.getType() == null) {
            return Optional.empty();
        }
        Map<String, Object> more = new HashMap<>();
        if (problem.getProperties() != null) {
            more.putAll(problem.getProperties());
        }
        String retryAfter = answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            more.put("retryAfter", Long.parseLong(retryAfter));
        }
        return Optional.of(new Problem(
                problem.getType().toString(),
                String.valueOf(problem.getTitle()),
                problem.getStatus(),
                problem.getDetail(),
                List.of(),
                more));
    }
}
