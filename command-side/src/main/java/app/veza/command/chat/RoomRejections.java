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

    public static Rejection messageNotFound() {
        return Rejection.notFound("There is no such message in this room.");
    }

    public static Rejection memberNotFound() {
        return Rejection.notFound("They are no member of this room.");
    }

    public static Rejection personNotFound() {
        return Rejection.notFound("There is no such person.");
    }

    public static Rejection notAMember() {
        return new Rejection(
                Kind.FORBIDDEN, "not-a-member", "Not a member", "Only members of the room may do this: join it first.");
    }

    public static Rejection closed() {
        return new Rejection(
                Kind.CONFLICT, "room-closed", "Room closed", "The room was closed: it can be read and left, no more.");
    }

    public static Rejection direct(String detail) {
        return new Rejection(Kind.CONFLICT, "direct-room", "Not in a direct room", detail);
    }

    public static Rejection banned() {
        return new Rejection(Kind.FORBIDDEN, "banned", "Banned", "They are banned from this room.");
    }

    /** The same whoever blocked whom. */
    public static Rejection blocked() {
        return new Rejection(
                Kind.FORBIDDEN, "blocked", "Blocked", "One of you two has blocked the other: nothing can be said.");
    }

    public static Rejection deleted() {
        return new Rejection(Kind.CONFLICT, "message-deleted", "Message deleted", "The message was deleted.");
    }
}
