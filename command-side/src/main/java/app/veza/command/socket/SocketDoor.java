package app.veza.command.socket;

import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;

/** A use case's door on sockets. A bean of this type is all that it needs to be found. */
public interface SocketDoor {

    /** Type of the frames that it answers. */
    String frameType();

    /** As what a frame counts, of which so many a minute are taken of a person. */
    enum Cost {
        NOTHING,
        A_READ,
        A_COMMAND
    }

    default Cost cost() {
        return Cost.A_COMMAND;
    }

    /**
     * May block; the connection's next frame waits for it.
     *
     * @param caller whose connection it is
     * @throws RuntimeException what the same command fails with over HTTP
     */
    Reply answer(UUID caller, Frame frame);
}
