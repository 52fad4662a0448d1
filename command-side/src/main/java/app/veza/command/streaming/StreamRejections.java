package app.veza.command.streaming;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;

/** Refusals that several decisions about streams give, in the same words each time. */
public final class StreamRejections {

    private StreamRejections() {}

    /** Also for a private stream and one whom its broadcaster did not let in: they may not know that it exists. */
    public static Rejection notFound() {
        return Rejection.notFound("There is no such stream.");
    }

    /** @param detail what only they may do */
    public static Rejection notItsBroadcaster(String detail) {
        return Rejection.forbidden(detail);
    }

    public static Rejection ended() {
        return new Rejection(
                Kind.CONFLICT, "stream-ended", "Stream ended", "The stream has ended for good: open another one.");
    }

    public static Rejection notEnded() {
        return new Rejection(
                Kind.CONFLICT, "stream-not-ended", "Stream not ended", "The stream has not ended yet: stop it first.");
    }

    public static Rejection notLive() {
        return new Rejection(
                Kind.CONFLICT, "stream-not-live", "Stream not live", "Nothing was heard of the stream yet.");
    }
}
