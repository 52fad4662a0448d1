package app.veza.command.http;

import app.veza.command.Rejection;
import java.util.UUID;

/** A person in a path: an id, or {@code me} for the caller. */
public final class PersonInPath {

    private static final String ME = "me";

    private PersonInPath() {}

    /** @throws Rejection malformed, when it is neither */
    public static UUID resolve(String text, Caller caller) {
        return text.equals(ME)
                ? caller.personId()
                : StrictUuid.parse(text)
                        .orElseThrow(() -> Rejection.malformed("/userId", "A person in a path is an id, or \"me\"."));
    }
}
