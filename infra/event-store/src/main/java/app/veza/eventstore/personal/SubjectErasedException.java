package app.veza.eventstore.personal;

/** An event would tell something about a subject who was erased. Nothing was appended, and nothing about them ever will be. */
public final class SubjectErasedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String subject;

    SubjectErasedException(String subject) {
        super("Subject %s was erased: nothing personal about them can be stored".formatted(subject));
        this.subject = subject;
    }

    public String subject() {
        return subject;
    }
}
