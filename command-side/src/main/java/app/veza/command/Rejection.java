package app.veza.command;

/**
 * A command that is not carried out, with the reason as its caller may know it. Nothing failed: it carries no stack trace,
 * and its text is safe to show.
 */
public sealed class Rejection extends RuntimeException
        permits InvalidInput, MalformedInput, Overloaded, TooManyRequests {

    private static final long serialVersionUID = 1L;

    /** Kinds of reasons, each an HTTP status. */
    public enum Kind {
        MALFORMED(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        INVALID(422),
        TOO_MANY(429),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String slug;
    private final String title;

    /**
     * @param slug last segment of the problem's type, stable for ever: programs compare it
     * @param title what the type means, the same every time
     * @param detail what happened this time
     */
    public Rejection(Kind kind, String slug, String title, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.slug = slug;
        this.title = title;
    }

    /** @param pointer the name of what is malformed, behind a slash: {@code /limit} */
    public static Rejection malformed(String pointer, String detail) {
        return new MalformedInput(pointer, detail);
    }

    public static Rejection unauthenticated(String detail) {
        return new Rejection(Kind.UNAUTHENTICATED, "unauthenticated", "Not authenticated", detail);
    }

    public static Rejection forbidden(String detail) {
        return new Rejection(Kind.FORBIDDEN, "forbidden", "Not allowed", detail);
    }

    /** Also for what the caller may not know to exist. */
    public static Rejection notFound(String detail) {
        return new Rejection(Kind.NOT_FOUND, "not-found", "Not found", detail);
    }

    public Kind kind() {
        return kind;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return getMessage();
    }
}
