package app.veza.server.problem;

import static app.veza.server.problem.Problems.answer;

import app.veza.command.InvalidInput;
import app.veza.command.MalformedInput;
import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.TooManyRequests;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.IndexException;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.command.CommandConflictException;
import app.veza.eventstore.command.CommandIdReusedException;
import app.veza.eventstore.command.EventLogUnavailableException;
import app.veza.eventstore.command.OutcomeUnknownException;
import app.veza.eventstore.personal.SubjectErasedException;
import io.lettuce.core.RedisException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;

/** The one place where a failure becomes an answer. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    /** How Jackson says that a body is too long, which is one of several things that it bounds. */
    private static final String LENGTH = "Document length";

    private final DataSize bodyLimit;

    ProblemAdvice(@Value("${veza.http.max-body}") DataSize bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    @ExceptionHandler
    ResponseEntity<Object> rejected(Rejection rejection) {
        HttpStatus status = HttpStatus.valueOf(rejection.kind().status());
        ProblemDetail problem = Problems.of(status, rejection.slug(), rejection.title(), rejection.detail());
        return switch (rejection) {
            case InvalidInput input -> answer(Problems.withErrors(problem, input.faults()));
            case MalformedInput input -> answer(Problems.withErrors(problem, List.of(input.fault())));
            case Overloaded overloaded -> answer(problem, overloaded.retryAfter());
            case TooManyRequests often -> answer(problem, often.retryAfter());
            default ->
                rejection.kind() == Rejection.Kind.UNAUTHENTICATED ? Problems.challenge(problem) : answer(problem);
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> conflict(CommandConflictException conflict) {
        return answer(Problems.of(
                HttpStatus.CONFLICT,
                "conflict",
                "Conflicting command",
                "Others changed the same thing at the same moment, again and again: read its state and try again."));
    }

    @ExceptionHandler
    ResponseEntity<Object> idReused(CommandIdReusedException reused) {
        return answer(Problems.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "Idempotency-Key used twice",
                "This Idempotency-Key was sent before with another body: take a new key for a new command."));
    }

    @ExceptionHandler
    ResponseEntity<Object> unknown(OutcomeUnknownException unknown) {
        log.warn("The outcome of a command is unknown", unknown);
        ProblemDetail problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "outcome-unknown",
                "Outcome unknown",
                "The command may have been stored: repeat it with the same Idempotency-Key to learn its outcome.");
        return answer(problem, Duration.ofSeconds(1));
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(EventLogUnavailableException unavailable) {
        ProblemDetail problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "Temporarily unavailable",
                "Nothing was stored: the event log cannot be reached or is full. Try again.");
        return answer(problem, unavailable.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<Object> indexUnavailable(AppendFailure.Unavailable unavailable) {
        ProblemDetail problem = Problems.of(HttpStatus.SERVICE_UNAVAILABLE);
        problem.setDetail("Not for the moment: " + unavailable.getMessage() + ".");
        return answer(problem, unavailable.retryAfter());
    }

    /** Whoever met the damage has the index built anew by it. */
    @ExceptionHandler
    ResponseEntity<Object> indexDamaged(IndexException damaged) {
        log.error("The index could not be read", damaged);
        return answer(Problems.of(HttpStatus.SERVICE_UNAVAILABLE), Duration.ofSeconds(1));
    }

    /** The access token outlived its person by some minutes. */
    @ExceptionHandler
    ResponseEntity<Object> erased(SubjectErasedException erased) {
        return rejected(Rejection.unauthenticated("This account was erased."));
    }

    @ExceptionHandler
    ResponseEntity<Object> positionNotReached(PositionNotReachedException nowhere) {
        ProblemDetail problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "position-not-reached",
                "Position not reached",
                ("Nothing was stored: position %d does not exist yet in this log, which ends at %d here. Try again; if that"
                                + " does not help, it is a position of another log: read anew without it.")
                        .formatted(nowhere.wanted(), nowhere.head()));
        return answer(problem, nowhere.retryAfter());
    }

    /** A read finds no database that answers, or none that answers in time. */
    @ExceptionHandler
    ResponseEntity<Object> databaseAway(DataAccessException failure) {
        return Outages.isOutage(failure) ? away(failure) : unexpected(failure);
    }

    @ExceptionHandler
    ResponseEntity<Object> redisAway(RedisException failure) {
        return Outages.isOutage(failure) ? away(failure) : unexpected(failure);
    }

    private static ResponseEntity<Object> away(Exception failure) {
        log.warn("A request needs what is away", failure);
        return answer(Problems.of(HttpStatus.SERVICE_UNAVAILABLE), Duration.ofSeconds(1));
    }

    /** Found only when somebody looks at the header or parameter, which is in the endpoint. */
    @ExceptionHandler
    ResponseEntity<Object> illegalCharacters(RequestRejectedException refused) {
        return answer(malformed("A header has characters that are not allowed there."));
    }

    @ExceptionHandler
    ResponseEntity<Object> illegalEncoding(InvalidParameterException refused) {
        return answer(malformed("The query is not well-formed: it takes percent-encoded UTF-8."));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure) {
        log.error("A request failed unexpectedly", failure);
        return answer(Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
                "This is a fault of the server; it has been logged."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (failure.getCause() instanceof StreamConstraintsException beyond) {
            return answer(
                    beyond.getMessage().startsWith(LENGTH)
                            ? tooLarge(bodyLimit)
                            : malformed(
                                    "A body is nested no more than 32 levels, and has no number of a thousand digits."));
        }
        if (cameTooSlowly(failure)) {
            return answer(Problems.of(HttpStatus.REQUEST_TIMEOUT));
        }
        return answer(
                switch (failure.getCause()) {
                    case InputCoercionException tooGreat ->
                        Problems.withErrors(
                                malformed("A number is out of range."),
                                List.of(new Problems.Fault(pointer(tooGreat), "is out of range")));
                    case null -> malformed("This needs a body: a JSON object.");
                    case DatabindException mismatch
                    when mismatch.getPath().isEmpty() -> malformed("The body must be one JSON object.");
                    case DatabindException mismatch ->
                        Problems.withErrors(
                                malformed("A value has the wrong type."),
                                List.of(new Problems.Fault(pointer(mismatch), "is not of the expected type")));
                    default -> malformed("The body is not well-formed JSON, in UTF-8 and no name given twice.");
                });
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(failure.getPropertyName());
        return malformed(name, "is not of the expected form");
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return malformed(failure.getParameterName(), "is missing");
    }

    private static ResponseEntity<Object> malformed(String parameter, String what) {
        return answer(Problems.withErrors(
                malformed("'%s' %s.".formatted(parameter, what)), List.of(new Problems.Fault("/" + parameter, what))));
    }

    /** Everything else that Spring MVC knows: unknown path, wrong method, unsupported media type, an ErrorResponse. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleExceptionInternal(failure, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem && hasNoType(problem)) {
            ProblemDetail named = Problems.of(status);
            problem.setType(named.getType());
            problem.setTitle(named.getTitle());
        }
        return answer;
    }

    /** The type is said here: what the client accepts, which may be the very fault, does not matter to a problem. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }

    static ProblemDetail tooLarge(DataSize limit) {
        return Problems.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "Body too large",
                "A body has no more than %d bytes.".formatted(limit.toBytes()));
    }

    private static boolean cameTooSlowly(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNoType(ProblemDetail problem) {
        return problem.getType() == null
                || "about:blank".equals(problem.getType().toString());
    }

    private static ProblemDetail malformed(String detail) {
        ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST);
        problem.setDetail(detail);
        return problem;
    }

    private static String pointer(InputCoercionException failure) {
        return failure.processor() instanceof JsonParser parser
                ? parser.streamReadContext().pathAsPointer().toString()
                : "";
    }

    private static String pointer(DatabindException failure) {
        var pointer = new StringBuilder();
        failure.getPath()
                .forEach(step -> pointer.append('/')
                        .append(
                                step.getPropertyName() != null
                                        ? step.getPropertyName()
                                        : Integer.toString(step.getIndex())));
        return pointer.toString();
    }
}
