package app.veza.command.http;

import app.veza.eventstore.command.CommandOutcome;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers to commands, each with the position from which on reads see what was done. */
public final class Answers {

    public static final String POSITION = "Veza-Position";

    private Answers() {}

    public static <T> ResponseEntity<T> created(CommandOutcome outcome, T body) {
        return created(outcome.position(), body);
    }

    public static <T> ResponseEntity<T> created(long position, T body) {
        return with(HttpStatus.CREATED, position).body(body);
    }

    public static <T> ResponseEntity<T> ok(CommandOutcome outcome, T body) {
        return with(HttpStatus.OK, outcome.position()).body(body);
    }

    /** For what holds secrets: never to be stored on the way. */
    public static <T> ResponseEntity<T> secret(CommandOutcome outcome, T body) {
        return with(HttpStatus.OK, outcome.position())
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    /** Likewise, for what was made. */
    public static <T> ResponseEntity<T> createdSecret(CommandOutcome outcome, T body) {
        return with(HttpStatus.CREATED, outcome.position())
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    /** For what follows soon. */
    public static ResponseEntity<Void> accepted(CommandOutcome outcome) {
        return with(HttpStatus.ACCEPTED, outcome.position()).build();
    }

    public static ResponseEntity<Void> noContent(CommandOutcome outcome) {
        return with(HttpStatus.NO_CONTENT, outcome.position()).build();
    }

    private static ResponseEntity.BodyBuilder with(HttpStatus status, long position) {
        return ResponseEntity.status(status).header(POSITION, Long.toString(position));
    }
}
