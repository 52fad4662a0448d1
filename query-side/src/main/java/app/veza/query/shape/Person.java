package app.veza.query.shape;

import app.veza.event.Erased;
import java.util.UUID;

/** A person as others see them; one who was erased keeps the id and has {@value #ERASED} for names, which nobody can take. */
public record Person(UUID id, String username, String displayName) {

    /** No username may have brackets. */
    public static final String ERASED = "[erased]";

    public Person {
        username = Erased.or(username, ERASED);
        displayName = Erased.or(displayName, ERASED);
    }
}
