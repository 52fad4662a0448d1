package app.veza.command.chat;

import app.veza.command.Rejection;
import app.veza.command.Rejection.Kind;

/** Refusals that several decisions about rooms give, in the same words each time. */
public final class RoomRejections {

    private RoomRejections() {}

    /** Also for a private room and one who is not in it: they may not know that it exists. */
    public static Rejection roomNotFound() {
        return Rejection.notFound("There is no such room.");
    }

    public static Rejection notAMember() {
        return new Rejection(
                Kind.FORBIDDEN, "not-a-member", "Not a member", "Only members of the room may do this: join it first.");
    }
}
