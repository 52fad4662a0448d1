package app.veza.gateway;

/** Outcome of an {@link Authenticator}. */
public sealed interface Authentication {

    /** The handshake goes on, for this principal. */
    record Accepted(Principal principal) implements Authentication {}

    /** The handshake ends with this problem: 401 when nobody is known, 403, 404 or 409 when somebody is. */
    record Refused(Problem problem) implements Authentication {}

    static Authentication accepted(Principal principal) {
        return new Accepted(principal);
    }

    static Authentication refused(Problem problem) {
        return new Refused(problem);
    }

    static Authentication unauthenticated(String detail) {
        return new Refused(Problem.of(401, "unauthenticated", "Not authenticated", detail));
    }
}
