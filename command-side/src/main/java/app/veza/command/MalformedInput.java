package app.veza.command;

import app.veza.command.InvalidInput.Fault;

/** A parameter, header or part of a path that cannot be understood. */
public final class MalformedInput extends Rejection {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    MalformedInput(String pointer, String detail) {
        super(Kind.MALFORMED, "malformed", "Malformed request", detail);
        this.fault = new Fault(pointer, detail);
    }

    public Fault fault() {
        return fault;
    }
}
