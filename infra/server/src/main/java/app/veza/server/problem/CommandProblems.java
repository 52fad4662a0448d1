package app.veza.server.problem;

import app.veza.command.Rejection;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.IndexException;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.command.CommandConflictException;
import app.veza.eventstore.command.CommandIdReusedException;
import app.veza.eventstore.command.EventLogUnavailableException;
import app.veza.eventstore.command.OutcomeUnknownException;
import app.veza.eventstore.personal.SubjectErasedException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What a command can fail with, as the answer that it has over HTTP, for doors that are none of HTTP. */
@Component
public final class CommandProblems {

    private final ProblemAdvice advice;

    CommandProblems(ProblemAdvice advice) {
        this.advice = advice;
    }

    /** Empty for what is a fault of the server. The body is a {@link org.springframework.http.ProblemDetail}. */
    public Optional<ResponseEntity<Object>> of(Throwable failure) {
        return switch (failure) {
            case Rejection rejection -> Optional.of(advice.rejected(rejection));
            case CommandConflictException conflict -> Optional.of(advice.conflict(conflict));
            case CommandIdReusedException reused -> Optional.of(advice.idReused(reused));
            case OutcomeUnknownException unknown -> Optional.of(advice.unknown(unknown));
            case EventLogUnavailableException unavailable -> Optional.of(advice.unavailable(unavailable));
            case AppendFailure.Unavailable behind -> Optional.of(advice.indexUnavailable(behind));
            case IndexException damaged -> Optional.of(advice.indexDamaged(damaged));
            case SubjectErasedException erased -> Optional.of(advice.erased(erased));
            case PositionNotReachedException nowhere -> Optional.of(advice.positionNotReached(nowhere));
            default -> Optional.empty();
        };
    }
}
