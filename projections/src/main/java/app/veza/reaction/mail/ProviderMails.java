package app.veza.reaction.mail;

import app.veza.reaction.mail.Mails.Recipient;

/** What people are written when another platform's account opens theirs, or no longer does: whoever else did it cannot keep them from knowing. */
final class ProviderMails {

    private ProviderMails() {}

    /** @param provider as the platform's configuration calls it */
    static Mail linked(Recipient person, String provider) {
        return new Mail(person.email(), "You can sign in through " + provider + " now", """
                Hello %s,

                from now on an account at %s opens your account on Veza.

                If it was not you, unlink it in your profile, change your password at once and end your other sessions.
                """.formatted(
                        person.username(), provider));
    }

    /** @param provider as the platform's configuration calls it */
    static Mail unlinked(Recipient person, String provider) {
        return new Mail(person.email(), "You cannot sign in through " + provider + " any more", """
                Hello %s,

                the account at %s that opened your account on Veza does so no longer.

                If it was not you, change your password at once ("forgot password") and end your other sessions.
                """.formatted(
                        person.username(), provider));
    }
}
