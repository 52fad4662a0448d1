package app.veza.command.http;

import app.veza.eventstore.command.CommandOutcome;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers to commands, each with the position from which on reads see what was done. */
public final class Answers {

    public static final String POSITION = "Veza-Position";

    private Answers() {}

    public static <T> ResponseEntity<T> created(CommandOutcome outcome, T body) {
        return with(HttpStatus.CREATED, outcome).body(body);
    }

    public static <T> ResponseEntity<T> ok(CommandOutcome outcome, T body) {
        return with(HttpStatus.OK, outcome).body(body);
    }

    public static ResponseEntity<Void> noContent(CommandOutcome outcome) {
        return with(HttpStatus.NO_CONTENT, outcome).build();
    }

    private static ResponseEntity.BodyBuilder with(HttpStatus status, CommandOutcome outcome) {
        return ResponseEntity.status(status).header(POSITION, Long.toString(outcome.position()));
    }
}
