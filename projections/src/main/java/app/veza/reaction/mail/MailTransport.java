package app.veza.reaction.mail;

/** Takes mails to the world. */
public interface MailTransport {

    /** How a mail was received that was handed over. */
    enum Outcome {
        SENT,
        /** It never will be taken. */
        REFUSED,
        /** It may be taken later. */
        UNAVAILABLE
    }

    /** @param id the same for the same mail sent again */
    Outcome send(String id, Mail mail);
}
