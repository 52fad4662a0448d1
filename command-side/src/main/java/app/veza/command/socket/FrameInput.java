package app.veza.command.socket;

import app.veza.command.http.InputCheck;
import app.veza.gateway.frame.Frame;
import java.util.UUID;

/** Members of a frame, checked as those of a body are: everything that is wrong is told together. */
public final class FrameInput {

    private final Frame frame;
    private final InputCheck check = new InputCheck();

    public FrameInput(Frame frame) {
        this.frame = frame;
    }

    /** An id that must be there. */
    public UUID id(String member) {
        return check.id("/" + member, frame.optionalString(member).orElse(null));
    }

    /** A value that must be there, taken as it is. */
    public String required(String member) {
        return check.required("/" + member, frame.optionalString(member).orElse(null));
    }

    /** @throws app.veza.command.InvalidInput when anything was wrong */
    public void verify() {
        check.verify();
    }
}
