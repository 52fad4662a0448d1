package app.veza.command.identity.token;

import app.veza.event.identity.PersonRegistered;
import java.util.List;
import java.util.UUID;

/** Who signed in, as they are told themself. */
public record SignedInUser(UUID id, String username, String displayName, List<String> roles) {

    public static SignedInUser of(PersonRegistered person) {
        return new SignedInUser(person.personId(), person.username(), person.displayName(), List.of("user"));
    }
}
