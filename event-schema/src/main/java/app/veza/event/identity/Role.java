package app.veza.event.identity;

/** What a person may do on the platform, beside what they may do in their rooms. */
public enum Role {
    USER,
    MODERATOR,
    ANALYST,
    ENGINEER,
    ADMIN
}
