package app.veza.reaction.mail;

import app.veza.event.notification.WebhookDisabled;
import app.veza.reaction.mail.Mails.Recipient;
import java.util.Optional;

/** What people are written about their webhooks. */
final class WebhookMails {

    private WebhookMails() {}

    /** Empty when they disabled it themselves. */
    static Optional<Mail> disabled(Recipient person, WebhookDisabled disabled) {
        return switch (disabled.cause()) {
            case BY_OWNER -> Optional.empty();
            case GONE -> Optional.of(disabled(person, disabled, "it answered that it is gone (410)"));
            case FAILING ->
                Optional.of(disabled(person, disabled, "for days it took nothing, or far less than there was to tell"));
        };
    }

    private static Mail disabled(Recipient person, WebhookDisabled disabled, String why) {
        return new Mail(person.email(), "Your webhook is told nothing any more", """
                Hello %s,

                your webhook %s on Veza was disabled: %s. What happens meanwhile is not kept for it.

                Once it takes what it is sent, enable it again.
                """.formatted(
                        person.username(), disabled.webhookId(), why));
    }
}
