package app.veza.reaction.mail;

import app.veza.reaction.mail.Mails.Recipient;

/** What people are written when what they sign in with changes: whoever else did it cannot keep them from knowing. */
final class SecondFactorMails {

    private SecondFactorMails() {}

    static Mail on(Recipient person) {
        return new Mail(person.email(), "Codes are asked for now when you sign in", """
                Hello %s,

                from now on your account on Veza asks for a code of your authenticator app beside the password. Keep the recovery
                codes that you were shown where you find them without that device.

                If it was not you, change your password at once and write to who runs this platform.
                """.formatted(person.username()));
    }

    static Mail off(Recipient person) {
        return new Mail(person.email(), "No codes are asked for any more", """
                Hello %s,

                your account on Veza can be signed in to with the password alone from now on.

                If it was not you, change your password at once and ask for codes again.
                """.formatted(person.username()));
    }

    static Mail codesReplaced(Recipient person) {
        return new Mail(person.email(), "You have new recovery codes", """
                Hello %s,

                new recovery codes were made for your account on Veza; the earlier ones are good no more.

                If it was not you, change your password at once and make new ones.
                """.formatted(person.username()));
    }

    static Mail codeUsed(Recipient person, int left) {
        return new Mail(person.email(), "A recovery code was used", """
                Hello %s,

                somebody, you we hope, used a recovery code of your account on Veza. %d of them are left.

                If it was not you, change your password at once and make new recovery codes.
                """.formatted(person.username(), left));
    }
}
