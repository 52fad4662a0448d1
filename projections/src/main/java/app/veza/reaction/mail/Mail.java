package app.veza.reaction.mail;

/** A mail of plain text. */
public record Mail(String recipient, String subject, String text) {

    /** Without what is personal or secret. */
    @Override
    public String toString() {
        return "Mail[%s]".formatted(subject);
    }
}
