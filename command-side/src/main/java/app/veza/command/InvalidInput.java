package app.veza.command;

import java.util.List;

/** Input that is well-formed and breaks rules: all of them at once, each with the place that breaks it. */
public final class InvalidInput extends Rejection {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * One broken rule.
     *
     * @param pointer JSON Pointer (RFC 6901) into the body; of what is not in it the name behind a slash
     */
    public record Fault(String pointer, String detail) {}

    public InvalidInput(List<Fault> faults) {
        super(Kind.INVALID, "invalid", "Invalid input", describe(faults));
        this.faults = List.copyOf(faults);
    }

    public InvalidInput(String pointer, String detail) {
        this(List.of(new Fault(pointer, detail)));
    }

    public List<Fault> faults() {
        return faults;
    }

    private static String describe(List<Fault> faults) {
        return faults.size() == 1
                ? faults.getFirst().pointer() + " " + faults.getFirst().detail()
                : faults.size() + " values break rules";
    }
}
